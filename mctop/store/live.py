"""Samples of `GET stats` become live stats, one after the other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mctop.store.rates import LiveStats, Rates, ServerNow, rates_between, went_down

if TYPE_CHECKING:
    from mctop.api.models.stats import Counters, Stats

HISTORY = 900.0
"""Seconds of rates to keep."""


def stamped(stats: Stats, wall: float) -> Stats:
    """Put this machine's time, epoch seconds, where the server told none."""
    return stats.model_copy(
        update={
            "total": _stamped(stats.total, wall),
            "servers": tuple(
                one.model_copy(update={"counters": _stamped(one.counters, wall)}) for one in stats.servers
            ),
        }
    )


def advance(held: LiveStats | None, stats: Stats, elapsed: float | None, *, sets_hold_cas: bool = False) -> LiveStats:
    """Take in the next sample, `elapsed` seconds after the one held.

    The first sample, and one after a reset, gives no rates. A sample of the same server second is the one held.
    """
    if held is None:
        return LiveStats(stats.total, servers=tuple(ServerNow(one.server, one.counters, None) for one in stats.servers))
    if stats.total.time == held.counters.time:
        return held
    between = partial(rates_between, elapsed=elapsed, sets_hold_cas=sets_hold_cas)
    before = {now.server: now.counters for now in held.servers}
    servers = tuple(
        ServerNow(one.server, one.counters, between(before[one.server], one.counters) if one.server in before else None)
        for one in stats.servers
    )
    comparable = before.keys() == {one.server for one in stats.servers} and not was_reset(held, stats)
    rates = between(held.counters, stats.total) if comparable else None
    return LiveStats(stats.total, rates, servers, _appended(held.history, rates))


def was_reset(held: LiveStats, stats: Stats) -> bool:
    """Whether a counter of the cache, or of a server that both samples know, fell."""
    before = {now.server: now.counters for now in held.servers}
    known = [(before[one.server], one.counters) for one in stats.servers if one.server in before]
    return any(went_down(*pair) for pair in known or [(held.counters, stats.total)])


def was_flushed(held: LiveStats, stats: Stats) -> bool:
    """Whether the cache was flushed between the two samples."""
    return stats.total.cmd_flush > held.counters.cmd_flush and not was_reset(held, stats)


def _stamped(counters: Counters, wall: float) -> Counters:
    return counters if counters.time > 0 else counters.model_copy(update={"time": int(wall)})


def _appended(history: tuple[Rates, ...], rates: Rates | None) -> tuple[Rates, ...]:
    if rates is None:
        return history
    # The upper bound drops what a server's clock that was set back has made the future.
    return (*(old for old in history if rates.time - HISTORY < old.time < rates.time), rates)
