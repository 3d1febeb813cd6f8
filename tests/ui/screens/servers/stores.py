"""Stores full of servers: three on a bad night, or as many as one likes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.counters.live_rates import LiveStats, ServerNow
from mctop.store.series.series_set import SeriesSet
from tests.store.samples import counted
from tests.ui import samples
from tests.ui.screens.servers import bad_server

if TYPE_CHECKING:
    from mctop.store.store import Store


def bad_night(store: Store) -> None:
    """One of three servers is slow."""
    samples.fill(store)
    store.latency.value.set(bad_server.latency())
    store.per_server.value.set(bad_server.per_server())


def farm(store: Store, servers: int) -> None:
    """A cache of many servers."""
    samples.fill(store)
    names = tuple(f"mc{index:03}.example.com:11211" for index in range(servers))

    def spread(found: SeriesSet) -> SeriesSet:
        own = [one for one in found.series if one.server == samples.SERVERS[0]]
        series = tuple(one.model_copy(update={"server": name}) for name in names for one in own)
        return SeriesSet(series, found.bucket, found.end, found.start)

    counters = counted(time=int(samples.NOON), bytes=samples.MIB, curr_connections=7)
    store.cache.value.set(samples.cache().model_copy(update={"servers": names}))
    store.per_server.value.set(spread(samples.per_server()))
    store.latency.value.set(spread(samples.latency()))
    store.stats.value.set(
        LiveStats(counters, samples.rates(), tuple(ServerNow(name, counters, samples.rates()) for name in names))
    )
