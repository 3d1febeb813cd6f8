"""The 36 stats of `insight/processed_stats`, and how each is made of counters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

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
class Gauge:
    """What a counter that is a gauge shows at the end of a bucket."""

    counter: str


LOOKUPS = ("cas", "decr", "delete", "get", "incr", "touch")
HITS = tuple(f"{command}_hits" for command in LOOKUPS)
MISSES = tuple(f"{command}_misses" for command in LOOKUPS)

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

STATS: Mapping[str, Rate | Ratio | Gauge] = {
    **{f"{command}_rate": Rate(names) for command, names in COMMANDS.items()},
    **{f"{command}_fraction": Ratio(names, REQUESTS) for command, names in COMMANDS.items()},
    **{
        f"{command}_hit_rate": Ratio((f"{command}_hits",), (f"{command}_hits", f"{command}_misses"))
        for command in LOOKUPS
    },
    "hit_rate": Ratio(HITS, HITS + MISSES),
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
