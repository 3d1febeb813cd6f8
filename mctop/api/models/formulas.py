"""The 36 stats of `insight/processed_stats`, and how each is made of counters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Pair: TypeAlias = tuple[float | None, float | None]

Names: TypeAlias = tuple[str, ...]
"""Counters, to be added up."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Counters a second."""

    counters: Names


@dataclass(frozen=True, slots=True)
class Ratio:
    """Counters as a share of counters, which include them."""

    part: Names
    whole: Names


@dataclass(frozen=True, slots=True)
class HitShare:
    """Hits as a share of lookups, each command's hits and misses in a pair; see `told_lookups`."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Gauge:
    """What a counter that is a gauge shows at the end of a bucket."""

    counter: str


LOOKUPS = ("get", "cas", "decr", "delete", "incr", "touch")
HITS = tuple(f"{command}_hits" for command in LOOKUPS)
MISSES = tuple(f"{command}_misses" for command in LOOKUPS)

PAIRS = tuple(zip(HITS, MISSES, strict=True))
"""The hits and misses of each command that looks something up, those of get first."""

COMMANDS: Mapping[str, Names] = {
    **{command: (f"{command}_hits", f"{command}_misses") for command in LOOKUPS},
    "cas": ("cas_hits", "cas_misses", "cas_badval"),
    "set": ("cmd_set",),
    "flush": ("cmd_flush",),
}
"""The counters that count each command."""

REQUESTS = tuple(name for names in COMMANDS.values() for name in names)

GAUGES = {"bytes": "bytes", "curr_connections": "connections", "curr_items": "items", "limit_maxbytes": "max_bytes"}
"""Counters that are gauges, and what the stats call them."""

Formula: TypeAlias = Rate | Ratio | HitShare | Gauge
"""How a stat is made of counters."""

STATS: Mapping[str, Formula] = {
    **{f"{command}_rate": Rate(names) for command, names in COMMANDS.items()},
    **{f"{command}_fraction": Ratio(names, REQUESTS) for command, names in COMMANDS.items()},
    **{
        f"{command}_hit_rate": Ratio((f"{command}_hits",), (f"{command}_hits", f"{command}_misses"))
        for command in LOOKUPS
    },
    "hit_rate": HitShare(PAIRS),
    "request_rate": Rate(REQUESTS),
    "auth_cmds_rate": Rate(("auth_cmds",)),
    "auth_errors_rate": Rate(("auth_errors",)),
    "bytes_read_rate": Rate(("bytes_read",)),
    "bytes_write_rate": Rate(("bytes_written",)),
    "cas_badval_rate": Rate(("cas_badval",)),
    "connection_rate": Rate(("total_connections",)),
    "eviction_rate": Rate(("evictions",)),
    "get_expired_rate": Rate(("expired",)),
    **{stat: Gauge(counter) for counter, stat in GAUGES.items()},
}


def counters_of(formula: Formula) -> Names:
    """The counters that a stat is made of."""
    match formula:
        case Rate(counters):
            return counters
        case Ratio(part, whole):
            return (*part, *whole)
        case HitShare(pairs):
            return tuple(name for pair in pairs for name in pair)
        case Gauge(counter):
            return (counter,)


def told_lookups(pairs: Iterable[Pair]) -> tuple[float, float] | None:
    """The hits, and the lookups, of all commands of which both hits and misses are told.

    None where those of get are not, which come first: what other commands look up is little beside them.
    """
    hits = lookups = 0.0
    for place, (hit, miss) in enumerate(pairs):
        if hit is not None and miss is not None:
            hits, lookups = hits + hit, lookups + hit + miss
        elif not place:
            return None
    return hits, lookups


def hit_share(pairs: Iterable[Pair]) -> float | None:
    """The hits as a share, 0-1, of the lookups that are told; None without any."""
    told = told_lookups(pairs)
    return told[0] / told[1] if told is not None and told[1] else None
