"""Excerpts of the log, read from a cursor on, joined to its tail: what is missing between them is counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mctop.store.log.tail import SERVERS, Gap, NewRows, ServerTrace, with_rows

if TYPE_CHECKING:
    from mctop.api.models.introspection import LogExcerpt, ServerLogExcerpt
    from mctop.api.models.log_filter import LogFilter
    from mctop.store.log.tail import LogTail


def join(tail: LogTail, excerpt: LogExcerpt, asked: tuple[LogFilter, ...], now: float) -> LogTail:
    """Add an excerpt that was read at epoch seconds `now` through the filters `asked`.

    Where lines are missing, a gap comes before the next ones. Where the filters are other ones than before, a gap says
    how many lines those before left out.
    """
    traces = {trace.server: trace for trace in tail.traces}
    new = NewRows(serial=tail.forgotten + len(tail.rows))
    for log in excerpt.servers:
        trace = traces.pop(log.server, None) or ServerTrace(log.server, (), float("-inf"), read=now, since=now)
        traces[log.server] = _joined(new, trace, log, tail.asked if tail.asked != asked else None, now)
    short = {log.server for log in excerpt.servers if log.lost}
    gaps = tuple(gap for gap in new.gaps if gap.server in short and not gap.left_out)
    joined = replace(tail, asked=asked, gaps=gaps, turnover=None, traces=tuple(traces.values())[-SERVERS:])
    return with_rows(joined, new.rows) if new.rows else joined


def _joined(
    new: NewRows, trace: ServerTrace, log: ServerLogExcerpt, before: tuple[LogFilter, ...] | None, now: float
) -> ServerTrace:
    """Take in one server's lines; `before` are the filters of before where they are over."""
    time, unseen, left_out, since = trace.time, trace.unseen, trace.left_out, trace.since
    first = log.lines[0][0] if log.lines else now
    if before is not None:
        if left_out:
            time = max(time, first)
            new.add_gap(Gap(log.server, since, now, left_out, exact=True, left_out=before), time)
        left_out, since = 0, now
    unseen = None if unseen is None or log.missed is None else unseen + log.missed + log.lost
    if log.lines and unseen != 0:
        time = max(time, first)
        new.add_gap(Gap(log.server, trace.read, now, unseen, exact=True), time)
        unseen = 0
    time = new.add_lines(log.server, log.lines, time)
    return ServerTrace(log.server, (), time, now, unseen, left_out + log.left_out, since)
