"""The honest log: overlapping windows of lines become one stream, and what is missing is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.api.models.introspection import LogLine


@dataclass(frozen=True, slots=True)
class Gap:
    """Lines that no poll saw: about `lost` of them (None: cannot be told) between `start` and `end`, epoch seconds."""

    server: str
    start: float
    end: float
    lost: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the tail. `serial` rises with arrival and names the row for ever."""

    serial: int
    server: str
    line: LogLine


@dataclass(frozen=True, slots=True)
class GapEntry:
    """A gap, as a row of the tail."""

    serial: int
    gap: Gap


@dataclass(frozen=True, slots=True)
class LogTail:
    """All servers in time order, oldest first; at most `limit` rows, `forgotten` older ones are gone."""

    rows: tuple[Entry | GapEntry, ...] = ()
    limit: int = 50_000
    forgotten: int = 0
