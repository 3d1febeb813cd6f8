"""Log lines, popular items and key stats."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from mctop.api.models.introspection import (
    KeyStats,
    LogExcerpt,
    LogLine,
    PopularItem,
    PopularItems,
    RecentLogs,
    ServerLog,
    ServerLogExcerpt,
)
from mctop.api.models.value import Rows, to_count
from mctop.api.parsing.json_text import Malformed
from mctop.api.parsing.rows import MOST_ROWS, as_list, as_object, parse_each, parse_rows, with_time

if TYPE_CHECKING:
    from mctop.api.models.introspection import LogFields

MOST_LINES = 10_000
"""Lines that are read of one server's log, a hundred times what MemCachier keeps, or of all after a cursor."""
LATEST = 2.0**33
"""Epoch seconds after which no line was logged, in the year 2242."""
LISTS = ("most_hit_keys", "most_missed_keys", "most_mutated_keys", "popular_prefixes")


def parse_recent_logs(raw: object) -> RecentLogs:
    """Read the log lines of each server, oldest first. Raise Malformed if the answer is no object."""
    answer, servers = as_object(raw), []
    dropped = max(0, len(answer) - MOST_ROWS)
    for server, value in islice(answer.items(), MOST_ROWS):
        rows = value if isinstance(value, list) else []
        dropped += value is not None and not isinstance(value, list)
        read = parse_each(LogLine, map(with_time, rows), MOST_LINES)
        dropped += read.dropped
        servers.append(ServerLog.model_construct(server=server, lines=_oldest_first(read.items)))
    return RecentLogs.model_construct(servers=tuple(servers), dropped=dropped)


def _oldest_first(lines: tuple[LogLine, ...]) -> tuple[LogLine, ...]:
    # Turned round, never sorted: times are whole seconds, and the order within one is the server's.
    return lines[::-1] if lines and lines[0].time > lines[-1].time else lines


LONGEST_CURSOR = 65_536
"""Characters of a cursor: those of 1,000 servers have fewer."""


def parse_log_excerpt(raw: object) -> LogExcerpt:
    """Read the log after a cursor. Raise Malformed if the answer has no cursor to go on from."""
    answer = as_object(raw)
    cursor, rows = answer.get("cursor"), as_list(answer.get("servers"))
    if not isinstance(cursor, str) or not 0 < len(cursor) <= LONGEST_CURSOR:
        raise Malformed("the log has no cursor")
    servers, dropped, room = [], max(0, len(rows) - MOST_ROWS), MOST_LINES
    for row in rows[:MOST_ROWS]:
        if not isinstance(row, dict) or not isinstance(row.get("server"), str):
            dropped += 1
            continue
        told = as_list(row.get("lines"))
        lines = tuple(fields for fields in map(_log_fields, told[:room]) if fields is not None)
        dropped += len(told) - len(lines)
        room -= len(lines)
        missed = row.get("missed")
        servers.append(
            ServerLogExcerpt.model_construct(
                server=row["server"],
                lines=lines,
                missed=None if missed is None else _lines(missed),
                lost=_lines(row.get("lost")),
                left_out=_lines(row.get("left_out")),
            )
        )
    return LogExcerpt.model_construct(cursor=cursor, servers=tuple(servers), dropped=dropped)


def _log_fields(row: object) -> LogFields | None:
    """The fields of a line, None if it makes no sense; checked by hand, for there are thousands a second."""
    if not isinstance(row, list) or len(row) != 5:
        return None
    time, key, command, status, size = row
    texts = type(key) is str and type(command) is str and type(status) is str
    numbers = type(time) in (float, int) and 0 <= time < LATEST and (size is None or (type(size) is int and size >= 0))
    return (float(time), key, command, status, size) if texts and numbers else None


def _lines(raw: object) -> int:
    """How many lines an answer counts. Raise Malformed if that is no number: what it says of a gap must be exact."""
    try:
        return max(0, to_count(raw))
    except ValueError:
        raise Malformed("the log does not say how many lines are missing") from None


def parse_popular_items(raw: object) -> PopularItems:
    """Read the four lists, each in the API's order. Raise Malformed if the answer is no object."""
    answer = as_object(raw)
    lists, dropped = {}, 0
    for name in LISTS:
        value = answer.get(name)
        dropped += value is not None and not isinstance(value, list)
        read = parse_each(PopularItem, value if isinstance(value, list) else ())
        dropped += read.dropped
        lists[name] = read.items
    try:
        time_slice = to_count(answer.get("time_slice"))
    except ValueError:
        time_slice, dropped = 0, dropped + 1
    return PopularItems(time_slice=time_slice, dropped=dropped, **lists)


def parse_key_stats(raw: object) -> Rows[KeyStats]:
    """Read the rows of one key; a bare object is one row. Raise Malformed if it is neither."""
    rows = [raw] if isinstance(raw, dict) and raw else as_list(raw)
    return parse_rows(KeyStats, [with_time(row) for row in rows])
