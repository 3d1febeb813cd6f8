"""Counters, flat for the cache or keyed by server."""

from mctop.api.models.stats import Counters, ServerCounters, Stats
from mctop.api.models.value import LARGEST
from mctop.api.parsing.jsontext import Malformed
from mctop.api.parsing.rows import as_object, parse_row

NAMES = frozenset(Counters.model_fields)


def _counters(raw: object) -> Counters | None:
    if not isinstance(raw, dict) or not NAMES.intersection(raw):
        return None
    return parse_row(Counters, raw)


def add_up(all_counters: tuple[Counters, ...]) -> Counters:
    """Sum the counters of servers; `time` is the newest."""
    totals = {name: min(LARGEST, sum(getattr(each, name) for each in all_counters)) for name in NAMES}
    return Counters.model_construct(**{**totals, "time": max(each.time for each in all_counters)})


def parse_stats(raw: object) -> Stats:
    """Read either shape of `GET stats`, flat if it names a counter. Raise Malformed where no counters make sense."""
    answer = as_object(raw)
    if NAMES.intersection(answer):
        total = _counters(answer)
        if total is None:
            raise Malformed("the counters make no sense")
        return Stats(total=total)
    read = {server: _counters(value) for server, value in answer.items()}
    servers = tuple(ServerCounters(server=server, counters=each) for server, each in read.items() if each is not None)
    if not servers:
        raise Malformed("the answer holds no counters")
    total = add_up(tuple(each.counters for each in servers))
    return Stats(total=total, servers=servers, dropped=len(read) - len(servers))
