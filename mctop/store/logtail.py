"""The honest log: overlapping windows of lines become one stream, and what is missing is said."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from operator import attrgetter
from sys import intern
from typing import TYPE_CHECKING, NamedTuple, Protocol

from mctop.store.seam import Key, Trace, continuation, estimated_loss, keys_of, turnover

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.api.models.introspection import RecentLogs, ServerLog

LIMIT = 50_000
"""Rows to keep by default; each takes about 300 bytes."""
SERVERS = 1_000
"""Servers to remember; those not heard of for longest are forgotten."""

at = attrgetter("at")


class Placed(Protocol):
    """A row that has a place in time order, and a number that tells it from others of its moment."""

    @property
    def serial(self) -> int:
        """The number."""

    @property
    def at(self) -> float:
        """Epoch seconds."""


class Gap(NamedTuple):
    """Lines that no poll saw: about `lost` of them (None: cannot be told) between `start` and `end`, epoch seconds."""

    server: str
    start: float
    end: float
    lost: int | None


class Entry(NamedTuple):
    """One line of the tail: `serial` rises with arrival and names the row for ever, `at` is what it is ordered by.

    `time` and `at` are epoch seconds, `size` bytes; the texts are raw and untrusted.
    """

    serial: int
    at: float
    server: str
    time: float
    key: str
    command: str
    status: str
    size: int


class GapEntry(NamedTuple):
    """A gap, as a row of the tail."""

    serial: int
    at: float
    gap: Gap


LogRow = Entry | GapEntry


@dataclass(frozen=True, slots=True)
class LogTail:
    """All servers in time order, oldest first; at most `limit` rows, `forgotten` older ones are gone.

    `gaps` are those that the newest answer left, and `turnover` is how much of the window that changed most was new to
    it: 1 is all of it, more is a gap, None where nothing came before. `traces`, one a server, are what the next merge
    goes by.
    """

    rows: tuple[LogRow, ...] = ()
    limit: int = LIMIT
    forgotten: int = 0
    gaps: tuple[Gap, ...] = ()
    turnover: float | None = None
    traces: tuple[Trace, ...] = ()


def merge(tail: LogTail, logs: RecentLogs) -> LogTail:
    """Add what is new in one answer of `recent_logs`; the order of each server's lines is kept whatever their times.

    Where a server's window does not continue what was seen of it, a gap comes before its lines.
    """
    traces = {trace.server: trace for trace in tail.traces}
    new = _New(serial=tail.forgotten + len(tail.rows))
    for log in logs.servers:
        if log.lines:
            traces[log.server] = _arrived(new, traces.pop(log.server, None), log)
    kept = replace(tail, gaps=tuple(new.gaps), turnover=new.turnover, traces=tuple(traces.values())[-SERVERS:])
    return _extended(kept, new.rows) if new.rows else kept


def index_of(rows: Sequence[Placed], row: Placed) -> int:
    """Where a row stands among rows in order, or where it would stand if it is not among them."""
    first = index = bisect_left(rows, row.at, key=at)
    while index < len(rows) and rows[index].at == row.at:
        if rows[index].serial == row.serial:
            return index
        index += 1
    return first


class _New:
    """The rows of one answer, numbered from `serial` on."""

    def __init__(self, serial: int) -> None:
        self.serial = serial
        self.rows: list[LogRow] = []
        self.gaps: list[Gap] = []
        self.turnover: float | None = None

    def add_gap(self, gap: Gap, time: float) -> None:
        """Take in a gap."""
        self.rows.append(GapEntry(self.serial + len(self.rows), time, gap))
        self.gaps.append(gap)

    def add_lines(self, server: str, lines: Sequence[Key], time: float) -> float:
        """Take in lines, none of which is ordered before the one before it or before `time`; return the last time."""
        add, server = self.rows.append, intern(server)
        for serial, (own, key, command, status, size) in enumerate(lines, self.serial + len(self.rows)):
            time = max(time, own)
            add(Entry(serial, time, server, own, intern(key), intern(command), intern(status), size))
        return time

    def turned(self, share: float) -> None:
        """Take in how much of a window was new."""
        self.turnover = max(self.turnover or 0.0, share)


def _arrived(new: _New, trace: Trace | None, log: ServerLog) -> Trace:
    """Take in what one server's window adds, and return the trace it leaves."""
    lines = log.lines if log.lines[0].time <= log.lines[-1].time else log.lines[::-1]
    keys = keys_of(lines)
    if trace is None:
        return Trace(log.server, keys, new.add_lines(log.server, keys, float("-inf")))
    where = continuation(trace.keys, keys)
    lost = None
    if where is None:
        lost = estimated_loss(trace.keys, keys)
        gap = Gap(log.server, trace.keys[-1][0], keys[0][0], lost)
        new.add_gap(gap, max(trace.time, gap.end))
    elif where == len(keys) and keys[-1] != trace.keys[-1]:
        return trace
    new.turned(turnover(trace.keys, keys, where, lost))
    return Trace(log.server, keys, new.add_lines(log.server, keys[where or 0 :], trace.time))


def _extended(tail: LogTail, new: list[LogRow]) -> LogTail:
    """The tail with more rows, which may belong before rows that came earlier from other servers."""
    cut = bisect_right(tail.rows, min(map(at, new)), key=at)
    late = sorted((*tail.rows[cut:], *new), key=at)
    excess = max(0, cut + len(late) - tail.limit)
    return replace(
        tail, rows=(*tail.rows[excess:cut], *late[max(0, excess - cut) :]), forgotten=tail.forgotten + excess
    )
