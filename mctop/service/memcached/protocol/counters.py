"""The counters of one server at one moment, as the API names them, and what was done between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.api.models.formulas import GAUGES, STATS, Gauge, Names, Rate
from mctop.api.models.stats import Counters

if TYPE_CHECKING:
    from collections.abc import Mapping


def counters(raw: Mapping[str, int]) -> Counters:
    """The 31 counters from `stats` of one server; what it does not have is 0.

    `cmd_delete` is its hits and misses; `expired` is `get_expired`, which memcached has since 1.4.26.
    """
    derived = {
        "cmd_delete": raw.get("delete_hits", 0) + raw.get("delete_misses", 0),
        "expired": raw.get("get_expired", 0),
    }
    return Counters.model_validate({**raw, **derived})


@dataclass(frozen=True, slots=True)
class ServerSample:
    """The whole numbers of `stats` by name, raw; `pid` and `uptime` (seconds) tell a restart.

    `at` is when they arrived, epoch seconds on our clock.
    """

    counters: Mapping[str, int]
    pid: int
    uptime: int
    at: float


def sample(stats: Mapping[str, str], at: float) -> ServerSample:
    """Read `stats`; what is no whole number is left out. Raises ValueError if it names no process."""
    counters = {name: int(value) for name, value in stats.items() if value.isascii() and value.isdigit()}
    if "pid" not in counters or "uptime" not in counters:
        raise ValueError("its stats name no process")
    return ServerSample(counters, counters["pid"], counters["uptime"], at)


LONGEST = 20.0
"""Seconds that may lie between two samples, four polls.

Beyond that nobody saw when the work was done: in its last bucket it would stand as a spike, and spread it would stand
as a level that never was. It is a gap.
"""

MOST = 2**48
"""No true count is greater; what claims to be must not overflow a sum."""

RAW = {"expired": "get_expired"}
"""Counters that memcached calls something else."""


def _counted() -> Names:
    names: dict[str, None] = {}
    for stat in STATS.values():
        if not isinstance(stat, Gauge):
            names |= dict.fromkeys(stat.counters if isinstance(stat, Rate) else (*stat.part, *stat.whole))
    return tuple(sorted(names))


COUNTED = _counted()
"""The counters that the stats are made of, by the API's names."""

SHOWN = tuple(sorted(GAUGES))
"""The gauges."""


@dataclass(frozen=True, slots=True)
class Delta:
    """Counts and gauges are in the order of COUNTED and SHOWN; a count is None where the server does not count it.

    `at` is the middle of the time it was done in, epoch seconds, and `seconds` the time's length. `cmd_set` is without
    the cas, which memcached counts in both, so that the shares of the commands add up to one.
    """

    at: float
    seconds: float
    counts: tuple[int | None, ...]
    gauges: tuple[int, ...]


def delta(old: ServerSample, new: ServerSample, longest: float = LONGEST) -> Delta | None:
    """What was done from one sample to the next; None if that cannot be told.

    A server that started between them did everything it counts, in the time since. A counter that went down was reset,
    and what it counts was done since: at least that, since what it lost with the reset was not seen.
    """
    elapsed = new.at - old.at
    started = restarted(old, new)
    seconds = min(max(float(new.uptime), 1.0), elapsed) if started else elapsed
    if not 0 < seconds <= longest:
        return None
    before: Mapping[str, int] = {} if started else old.counters
    grown = {name: _grown(before, new.counters, RAW.get(name, name)) for name in COUNTED}
    return Delta(
        new.at - seconds / 2,
        seconds,
        tuple(_without_cas(grown).values()),
        tuple(min(new.counters.get(name, 0), MOST) for name in SHOWN),
    )


def restarted(old: ServerSample, new: ServerSample) -> bool:
    """Whether the server started between two samples; in containers every process may have the same pid."""
    return new.pid != old.pid or new.uptime < old.uptime or new.uptime < new.at - old.at - 1


def _grown(old: Mapping[str, int], new: Mapping[str, int], name: str) -> int | None:
    if name not in new:
        return None if name in RAW.values() else 0
    before, now = old.get(name, 0), new[name]
    return min(now - before if now >= before else now, MOST)


def _without_cas(grown: dict[str, int | None]) -> dict[str, int | None]:
    cas = sum(grown[name] or 0 for name in ("cas_hits", "cas_misses", "cas_badval"))
    return {**grown, "cmd_set": max((grown["cmd_set"] or 0) - cas, 0)}
