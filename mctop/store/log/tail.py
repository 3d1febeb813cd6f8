"""The tail of the log: overlapping windows of lines joined to one stream, with gaps where lines are missing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from operator import attrgetter
from sys import intern
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mctop.api.models.introspection import LogFields, LogLine, RecentLogs, ServerLog
    from mctop.api.models.log_filter import LogFilter


LIMIT = 50_000
"""Rows to keep by default: at about 300 bytes each, 15 MB."""
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
    """Lines that no poll saw: `lost` of them between `start` and `end`, epoch seconds.

    It is about so many unless that is `exact`; None where it cannot be told. With `left_out` they were not asked for:
    they did not pass those filters.
    """

    server: str
    start: float
    end: float
    lost: int | None
    exact: bool = False
    left_out: tuple[LogFilter, ...] = ()


class Entry(NamedTuple):
    """One line of the tail: `serial` rises with arrival and names the row for ever, `at` is what it is ordered by.

    `time` and `at` are epoch seconds, `size` bytes (None: not told); the texts are raw and untrusted.
    """

    serial: int
    at: float
    server: str
    time: float
    key: str
    command: str
    status: str
    size: int | None


class GapEntry(NamedTuple):
    """A gap, as a row of the tail."""

    serial: int
    at: float
    gap: Gap


LogRow = Entry | GapEntry


@dataclass(frozen=True, slots=True)
class LogTail:
    """All servers in time order, oldest first; at most `limit` rows, `forgotten` older ones are gone.

    `asked` are the filters that the newest lines were asked for with: others are not there.
    `gaps` are those that the newest answer left, and `turnover` is how much of the window that changed most was new to
    it: 1 is all of it, more is a gap, None where nothing came before. `traces`, one a server, are what the next merge
    goes by.
    """

    rows: tuple[LogRow, ...] = ()
    limit: int = LIMIT
    forgotten: int = 0
    gaps: tuple[Gap, ...] = ()
    turnover: float | None = None
    traces: tuple[ServerTrace, ...] = ()
    asked: tuple[LogFilter, ...] = ()


def merge(tail: LogTail, logs: RecentLogs) -> LogTail:
    """Add what is new in one answer of `recent_logs`; the order of each server's lines is kept whatever their times.

    Where a server's window does not continue the one before, a gap comes before its lines.
    """
    traces = {trace.server: trace for trace in tail.traces}
    new = NewRows(serial=tail.forgotten + len(tail.rows))
    for log in logs.servers:
        if log.lines:
            traces[log.server] = _arrived(new, traces.pop(log.server, None), log)
    merged = replace(tail, gaps=tuple(new.gaps), turnover=new.turnover, traces=tuple(traces.values())[-SERVERS:])
    return with_rows(merged, new.rows) if new.rows else merged


def index_of(rows: Sequence[Placed], row: Placed) -> int:
    """The place of a row among rows in order, or the one it would have if it is not among them."""
    first = index = bisect_left(rows, row.at, key=at)
    while index < len(rows) and rows[index].at == row.at:
        if rows[index].serial == row.serial:
            return index
        index += 1
    return first


class NewRows:
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

    def add_lines(self, server: str, lines: Sequence[LogFields], time: float) -> float:
        """Take in lines, none of which is ordered before the one before it or before `time`; return the last time."""
        add, server = self.rows.append, intern(server)
        for serial, (own, key, command, status, size) in enumerate(lines, self.serial + len(self.rows)):
            time = max(time, own)
            add(Entry(serial, time, server, own, intern(key), intern(command), intern(status), size))
        return time

    def turned(self, share: float) -> None:
        """Take in how much of a window was new."""
        self.turnover = max(self.turnover or 0.0, share)


def _arrived(new: NewRows, trace: ServerTrace | None, log: ServerLog) -> ServerTrace:
    """Take in what one server's window adds, and return the trace it leaves."""
    lines = log.lines if log.lines[0].time <= log.lines[-1].time else log.lines[::-1]
    keys = keys_of(lines)
    if trace is None:
        return ServerTrace(log.server, keys, new.add_lines(log.server, keys, float("-inf")))
    where = continuation(trace.keys, keys)
    lost = None
    if where is None:
        lost = estimated_loss(trace.keys, keys)
        gap = Gap(log.server, trace.keys[-1][0], keys[0][0], lost)
        new.add_gap(gap, max(trace.time, gap.end))
    elif where == len(keys) and keys[-1] != trace.keys[-1]:
        return trace
    new.turned(turnover(trace.keys, keys, where, lost))
    return ServerTrace(log.server, keys, new.add_lines(log.server, keys[where or 0 :], trace.time))


def with_rows(tail: LogTail, new: list[LogRow]) -> LogTail:
    """The tail with more rows, which may belong before rows that came earlier from other servers."""
    cut = bisect_right(tail.rows, min(map(at, new)), key=at)
    late = sorted((*tail.rows[cut:], *new), key=at)
    excess = max(0, cut + len(late) - tail.limit)
    return replace(
        tail, rows=(*tail.rows[excess:cut], *late[max(0, excess - cut) :]), forgotten=tail.forgotten + excess
    )


_key = attrgetter("time", "key", "command", "status", "size")


@dataclass(frozen=True, slots=True)
class ServerTrace:
    """The newest window of a server, and the time that its next line is ordered after.

    Where the log has a cursor there is no window, but when it was `read`, how many lines are `unseen` since the newest
    one (None: cannot be told), and how many were `left_out` by the filters that are asked with `since` then.
    """

    server: str
    keys: tuple[LogFields, ...]
    time: float
    read: float = 0.0
    unseen: int | None = 0
    left_out: int = 0
    since: float = 0.0


def keys_of(lines: Iterable[LogLine]) -> tuple[LogFields, ...]:
    """The keys of lines; tuples compare many times faster than models."""
    return tuple(map(_key, lines))


def continuation(earlier: tuple[LogFields, ...], window: tuple[LogFields, ...]) -> int | None:
    """The index in `window` at which what follows the window `earlier` begins; None if they do not overlap.

    Of several ways to overlap, the longest. Only a window that reaches further back may hold more than `earlier`.
    """
    last = earlier[-1]
    longest = len(window) if window[0][0] < earlier[0][0] else min(len(window), len(earlier))
    for end in range(longest, 0, -1):
        if window[end - 1] == last:
            size = min(end, len(earlier))
            if earlier[-size:] == window[end - size : end]:
                return end
    outdated = window[-1][0] < last[0] and window[-1] in earlier
    return len(window) if outdated else None


def estimated_loss(earlier: tuple[LogFields, ...], window: tuple[LogFields, ...]) -> int | None:
    """About how many lines lie between two windows, by the pace on both sides; None where it cannot be told."""
    missing = window[0][0] - earlier[-1][0]
    seconds = earlier[-1][0] - earlier[0][0] + window[-1][0] - window[0][0]
    if missing < 0 or seconds <= 0:
        return None
    pace = (len(earlier) + len(window) - 2) / seconds
    return max(0, round(pace * missing) - 1)


def turnover(earlier: tuple[LogFields, ...], window: tuple[LogFields, ...], at: int | None, lost: int | None) -> float:
    """The part that is new of a window which continues `earlier` at `at`: 0 if nothing has slid out, 1 if all has.

    More than 1 where lines were `lost` between the two.
    """
    if at is not None and window[0] == earlier[0]:
        return 0.0
    return (len(window) - (at or 0) + (lost or 0)) / len(window)
