"""The counters of one server at one moment, as the API names them, and what was done between two of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mctop.api.models.formulas import COMMANDS, GAUGES, PAIRS, STATS, Gauge, Names, counters_of
from mctop.api.models.process import has_restarted
from mctop.api.models.stats import Counters
from mctop.service.memcached.protocol.replies import MOST, whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping


def counters(raw: Mapping[str, int]) -> Counters:
    """The 31 counters from `stats` of one server, its pid and its uptime; what it does not tell is None.

    `cmd_delete`, and where it is not told (yrmcds) `cmd_get`, is the hits and misses; `expired` is `get_expired`, which
    memcached has since 1.4.26.
    """
    derived: dict[str, int] = {}
    for name in ("delete", "get"):
        hits, misses = f"{name}_hits", f"{name}_misses"
        if f"cmd_{name}" not in raw and hits in raw and misses in raw:
            derived[f"cmd_{name}"] = raw[hits] + raw[misses]
    if "get_expired" in raw:
        derived["expired"] = raw["get_expired"]
    return Counters.model_validate({**raw, **derived})


@dataclass(frozen=True, slots=True)
class ServerSample:
    """The whole numbers of `stats` by name, raw; `pid` and `uptime` (seconds) tell a restart, None where not told.

    `at` is when they arrived, epoch seconds on our clock.
    """

    counters: Mapping[str, int]
    pid: int | None
    uptime: int | None
    at: float

    def filled(self, before: ServerSample | None) -> ServerSample:
        """The same, with what it does not tell as it was in the sample right before it, of the same process.

        What was done until the next sample that tells it is then told with that: one line that makes no sense costs no
        work. A second one in a row does: what a server tells no longer is not kept for ever. Hits without their misses
        count as not told.
        """
        if before is None or has_restarted(before, self, self.at - before.at):
            return self
        lone = {name for name in self.counters if PARTNERS.get(name, name) not in self.counters}
        told = {name: count for name, count in self.counters.items() if name not in lone}
        return replace(self, counters={**before.counters, **told})

    def without_connections(self, own: int) -> ServerSample:
        """The same without so many open connections, which are ours."""
        name = "curr_connections"
        told = self.counters.get(name)
        return self if told is None else replace(self, counters={**self.counters, name: max(0, told - own)})


def sample(stats: Mapping[str, str], at: float) -> ServerSample:
    """Read `stats`; what is no whole number, or nonsense, is left out. Raises ValueError for what is no memcached's.

    A server may tell as little as it likes (yrmcds neither its uptime nor its sets): what is not told is not known.
    """
    numbers = ((name, whole_number(value)) for name, value in stats.items())
    counters = {name: number for name, number in numbers if number is not None and is_count(name, number)}
    if counters.get(COLLECTIONS) == 0:
        counters = {name: number for name, number in counters.items() if name not in COLLECTED}
    if not TELLING & stats.keys():
        raise ValueError("its stats have nothing of memcached's")
    return ServerSample(counters, counters.get("pid"), counters.get("uptime"), at)


COLLECTIONS = "gc_count"
"""How often a yrmcds collected garbage, every 10 s; no other server tells that."""
COLLECTED = ("curr_items", "bytes")
"""What a yrmcds counts while it does, and tells as 0 before the first time."""
TELLING = frozenset({"pid", "uptime", "curr_connections", "curr_items", "cmd_get", "get_hits", "limit_maxbytes"})
"""What the oldest versions tell: a server whose stats have none of it is no memcached."""


def is_count(name: str, number: int) -> bool:
    """Whether a counter can be so great: one from 2**63 on was counted down below 0, and a gauge has real limits."""
    return number < 2**63 and (number <= MOST or name not in BOUNDED)


LONGEST = 20.0
"""Seconds that may lie between two samples, four polls.

Beyond that nobody saw when the work was done: in its last bucket it would stand as a spike, and spread it would stand
as a level that never was. It is a gap.
"""

PARTNERS = {**dict(PAIRS), **{misses: hits for hits, misses in PAIRS}}
"""The misses of hits, and the hits of misses: one without the other is of no use."""

RAW = {"expired": "get_expired"}
"""Counters that memcached calls something else."""


def _counted() -> Names:
    names: dict[str, None] = {}
    for stat in STATS.values():
        if not isinstance(stat, Gauge):
            names |= dict.fromkeys(counters_of(stat))
    return tuple(sorted(names))


COUNTED = _counted()
"""The counters that the stats are made of, by the API's names."""

SHOWN = tuple(sorted(GAUGES))
"""The gauges."""

BOUNDED = frozenset({*SHOWN, "pid", "uptime", "time"})
"""What is never greater than MOST; all else may add up to more in the life of a server."""


@dataclass(frozen=True, slots=True)
class Delta:
    """Counts and gauges are in the order of COUNTED and SHOWN, None where the server does not tell them.

    `at` is the middle of the time it was done in, epoch seconds, and `seconds` the time's length. `cmd_set` is without
    the cas, which memcached counts in both, so that the shares of the commands add up to one.
    """

    at: float
    seconds: float
    counts: tuple[int | None, ...]
    gauges: tuple[int | None, ...]


def delta(old: ServerSample, new: ServerSample, longest: float = LONGEST) -> Delta | None:
    """What was done from one sample to the next; None if that cannot be told.

    A server that started between them did everything it counts, in the time since. A counter that went down was reset,
    and what it counts was done since: at least that, since what it lost with the reset was not seen.
    """
    elapsed = new.at - old.at
    started = has_restarted(old, new, elapsed)
    seconds = min(max(float(new.uptime), 1.0), elapsed) if started and new.uptime is not None else elapsed
    if not 0 < seconds <= longest:
        return None
    before = None if started else old.counters
    grown = {name: _grown(before, new.counters, RAW.get(name, name)) for name in COUNTED}
    return Delta(
        new.at - seconds / 2,
        seconds,
        tuple(_without_cas(_in_pairs(grown)).values()),
        tuple(new.counters.get(name) for name in SHOWN),
    )


def _grown(old: Mapping[str, int] | None, new: Mapping[str, int], name: str) -> int | None:
    """What a counter rose by, since the start where `old` is None; None where that was not told, or is nonsense."""
    if name not in new or (old is not None and name not in old):
        return None
    before, now = 0 if old is None else old[name], new[name]
    grown = now - before if now >= before else now
    return grown if grown <= MOST else None


def _in_pairs(grown: dict[str, int | None]) -> dict[str, int | None]:
    """Hits without their misses are not known either: they would make a hit rate of 100 %."""
    for hits, misses in PAIRS:
        if grown[hits] is None or grown[misses] is None:
            grown |= {hits: None, misses: None}
    return grown


def _without_cas(grown: dict[str, int | None]) -> dict[str, int | None]:
    if grown["cmd_set"] is None:
        return grown
    cas = sum(grown[name] or 0 for name in COMMANDS["cas"])
    return {**grown, "cmd_set": max(grown["cmd_set"] - cas, 0)}
