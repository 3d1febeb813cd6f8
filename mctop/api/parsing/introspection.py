"""Log lines, popular items and key stats."""

from __future__ import annotations

from itertools import islice

from pydantic import ValidationError

from mctop.api.models.introspection import (
    CertainFrom,
    KeyStats,
    LogLine,
    PopularItem,
    PopularItems,
    RecentLogs,
    ServerLog,
)
from mctop.api.models.value import Rows, to_count
from mctop.api.parsing.rows import MOST_ROWS, as_list, as_object, parse_each, parse_rows, with_time

MOST_LINES = 10_000
"""Lines of one server's log that are read: a hundred times what MemCachier keeps."""
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
    certain_from = None
    if answer.get("certain_from") is not None:
        try:
            certain_from = CertainFrom.model_validate(answer["certain_from"])
        except ValidationError:
            dropped += 1
    return PopularItems(time_slice=time_slice, certain_from=certain_from, dropped=dropped, **lists)


def parse_key_stats(raw: object) -> Rows[KeyStats]:
    """Read the rows of one key; a bare object is one row. Raise Malformed if it is neither."""
    rows = [raw] if isinstance(raw, dict) and raw else as_list(raw)
    return parse_rows(KeyStats, [with_time(row) for row in rows])
