"""Whether a process grew: its looks of the first hours against those of the last."""

from __future__ import annotations

import json
from dataclasses import dataclass
from statistics import linear_regression
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SETTLED = 0.5
"""The part of a life after which nothing may grow: what is remembered for an hour, or up to a bound, is full."""
LEVEL = 0.02
"""The part by which memory may rise from there to the end."""
IN_FLIGHT = 2
"""Descriptors, threads or tasks that a look may catch at work."""


@dataclass(frozen=True, slots=True)
class Look:
    """The process at one moment, `hours` after its begin: memory in KiB, Python's blocks, what else it has."""

    hours: float
    resident: int
    blocks: int
    descriptors: int
    threads: int
    tasks: int


def read_looks(lines: Iterable[str]) -> tuple[Look, ...]:
    """Looks that were written as JSON, one a line."""
    return tuple(Look(**json.loads(line)) for line in lines)


def settled(looks: tuple[Look, ...]) -> tuple[Look, ...]:
    """The looks after which nothing may grow."""
    return tuple(look for look in looks if look.hours >= looks[-1].hours * SETTLED)


def slope(looks: tuple[Look, ...]) -> float:
    """KiB of resident memory that the settled looks rise by in an hour."""
    late = settled(looks)
    return linear_regression([look.hours for look in late], [look.resident for look in late]).slope


def growth(looks: tuple[Look, ...]) -> tuple[str, ...]:
    """What grew, in words; nothing where all is level. There must be four looks at least."""
    late = settled(looks)
    early = looks[: -len(late)]
    span = late[-1].hours - late[0].hours
    complaints = []
    if slope(looks) * span > late[0].resident * LEVEL:
        complaints.append(f"memory rises by {slope(looks) / 1024:.2f} MiB an hour")
    blocks = linear_regression([look.hours for look in late], [look.blocks for look in late]).slope
    if blocks * span > late[0].blocks * LEVEL:
        complaints.append(f"objects rise by {blocks:,.0f} blocks an hour")
    for name in ("descriptors", "threads", "tasks"):
        before, after = (max(getattr(look, name) for look in some) for some in (early, late))
        if after > before + IN_FLIGHT:
            complaints.append(f"{name} rose from {before} to {after}")
    return tuple(complaints)
