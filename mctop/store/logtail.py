"""The honest log: overlapping windows of lines become one stream, and what is missing is said."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate, count, repeat
from operator import attrgetter
from typing import TYPE_CHECKING

from mctop.store.seam import Trace, continuation, estimated_loss, keys_of

if TYPE_CHECKING:
    from mctop.api.models.introspection import LogLine, RecentLogs, ServerLog

LIMIT = 10_000
"""Rows to keep by default; each takes about 1.4 kB."""
SERVERS = 1_000
"""Servers to remember; those not heard of for longest are forgotten."""

_time = attrgetter("time")


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
    """All servers in time order, oldest first; at most `limit` rows, `forgotten` older ones are gone.

    `gaps` are those that the newest answer left. `times` (epoch seconds, one a row) and `traces` (one a server) are
    what the next merge goes by.
    """

    rows: tuple[Entry | GapEntry, ...] = ()
    limit: int = LIMIT
    forgotten: int = 0
    gaps: tuple[Gap, ...] = ()
    times: tuple[float, ...] = ()
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
    kept = replace(tail, gaps=tuple(new.gaps), traces=tuple(traces.values())[-SERVERS:])
    return _extended(kept, new) if new.rows else kept


class _New:
    """The rows of one answer, numbered from `serial` on, and the times to order them by."""

    def __init__(self, serial: int) -> None:
        self.serial = serial
        self.rows: list[Entry | GapEntry] = []
        self.times: list[float] = []
        self.gaps: list[Gap] = []

    def add_gap(self, gap: Gap, time: float) -> None:
        """Take in a gap."""
        self.rows.append(GapEntry(self.serial + len(self.rows), gap))
        self.times.append(time)
        self.gaps.append(gap)

    def add_lines(self, server: str, lines: tuple[LogLine, ...], time: float) -> float:
        """Take in lines, none of which is ordered before the one before it or before `time`; return the last time."""
        times = list(accumulate(map(_time, lines), max, initial=time))
        self.rows += map(Entry, count(self.serial + len(self.rows)), repeat(server), lines)
        self.times += times[1:]
        return times[-1]


def _arrived(new: _New, trace: Trace | None, log: ServerLog) -> Trace:
    """Take in what one server's window adds, and return the trace it leaves."""
    lines = log.lines if log.lines[0].time <= log.lines[-1].time else log.lines[::-1]
    keys = keys_of(lines)
    if trace is None:
        return Trace(log.server, keys, new.add_lines(log.server, lines, float("-inf")))
    at = continuation(trace.keys, keys)
    if at is None:
        gap = Gap(log.server, trace.keys[-1][0], keys[0][0], estimated_loss(trace.keys, keys))
        new.add_gap(gap, max(trace.time, gap.end))
    elif at == len(lines) and keys[-1] != trace.keys[-1]:
        return trace
    return Trace(log.server, keys, new.add_lines(log.server, lines[at or 0 :], trace.time))


def _extended(tail: LogTail, new: _New) -> LogTail:
    """The tail with more rows, which may belong before rows that came earlier from other servers."""
    cut = bisect_right(tail.times, min(new.times))
    times, rows = [*tail.times[cut:], *new.times], [*tail.rows[cut:], *new.rows]
    order = sorted(range(len(times)), key=times.__getitem__)
    excess = max(0, cut + len(order) - tail.limit)
    return replace(
        tail,
        rows=(*tail.rows[:cut], *map(rows.__getitem__, order))[excess:],
        times=(*tail.times[:cut], *map(times.__getitem__, order))[excess:],
        forgotten=tail.forgotten + excess,
    )
