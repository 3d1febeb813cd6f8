"""Counters of `GET stats`, and of v1's history."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from mctop.api.models.stats import COUNTERS, Counters, HistoryRow, ServerCounters, Stats, add_up
from mctop.api.parsing.json_text import Malformed
from mctop.api.parsing.rows import MOST_ROWS, as_list, as_object, parse_row, parse_rows, with_time

if TYPE_CHECKING:
    from mctop.api.models.value import Rows

MOST_HISTORY = 25_000
"""Rows of v1's history that are read: 16 MiB, the largest answer, hold no more real ones."""
NAMES = frozenset(Counters.model_fields)


def _counters(raw: object) -> Counters | None:
    counters = parse_row(Counters, raw) if isinstance(raw, dict) else None
    if counters is None or not (counters.time or any(getattr(counters, name) is not None for name in COUNTERS)):
        return None
    return counters


def parse_stats(raw: object) -> Stats:
    """Read either shape of `GET stats`, flat if it names a counter. Raise Malformed where no counters make sense."""
    answer = as_object(raw)
    if NAMES.intersection(answer):
        total = _counters(answer)
        if total is None:
            raise Malformed("the counters make no sense")
        return Stats(total=total)
    read = {server: _counters(value) for server, value in islice(answer.items(), MOST_ROWS)}
    servers = tuple(ServerCounters(server=server, counters=each) for server, each in read.items() if each is not None)
    if not servers:
        raise Malformed("the answer holds no counters")
    total = add_up(tuple(each.counters for each in servers))
    return Stats(total=total, servers=servers, dropped=len(answer) - len(servers))


def parse_history(raw: object) -> Rows[HistoryRow]:
    """Read the newest rows that make sense. Raise Malformed if the answer is no list."""
    rows = as_list(raw)
    read = parse_rows(HistoryRow, [with_time(row) for row in rows[-MOST_HISTORY:]], MOST_HISTORY)
    servers = set(islice(dict.fromkeys(row.server for row in read.items), MOST_ROWS))
    items = tuple(row for row in read.items if row.server in servers)
    return read.model_copy(update={"items": items, "dropped": len(rows) - len(items)})
