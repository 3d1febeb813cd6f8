"""Marks: named moments on the time axis."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_MARKS = 500
"""Marks to remember, the newest."""


class MarkKind(StrEnum):
    """The origin of a mark."""

    PERSON = "mark"
    FLUSH = "flush"
    RESTART = "restart"
    RESET = "counters reset"
    AFRESH = "counters began again"
    """A restart or a reset, where the API does not tell which."""
    SERVERS = "servers changed"
    ALERTS = "alerts edited"
    GAP = "gap in the log"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Mark:
    """A named moment; `time` is epoch seconds."""

    time: float
    kind: MarkKind
    note: str = ""


def marked(marks: tuple[Mark, ...], *new: Mark) -> tuple[Mark, ...]:
    """Add marks; the oldest of too many are forgotten."""
    return (*marks, *new)[-MOST_MARKS:]
