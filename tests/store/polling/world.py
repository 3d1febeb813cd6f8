"""A store whose every endpoint is polled, on a clock that a test moves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

from mctop.store.base.health import Freshness, freshness
from mctop.store.polling.endpoints import PollingContext
from mctop.store.polling.poller import Means
from mctop.store.polling.pollers import Pollers
from mctop.store.series.series_set import Wanted
from mctop.store.store import Store
from tests.store.fakeclock import FakeClock
from tests.store.fakesource import FakeSource

HOUR = 3600


class World:
    """A store, filled from an API that answers as a test says."""

    def __init__(self, source: type[FakeSource] = FakeSource) -> None:
        self.clock = FakeClock()
        self.store = Store()
        self.source = source(self.clock)
        self.skew = 0.0
        means = Means(self.clock, Random(1), asyncio.Semaphore(4))
        self.pollers = Pollers(PollingContext(self.store, means, self.now), self.source).all

    def now(self) -> float:
        """Epoch seconds on the server's clock."""
        return self.clock.wall() + self.skew

    def look(self) -> None:
        """Follow everything, as an Overview does."""
        for one in self.store.slices():
            if one is not self.store.backtest:
                one.value.follow(lambda _: None)
        for series in (self.store.insight, self.store.per_server):
            series.wanted.set(Wanted(frozenset({"bytes"}), 6 * HOUR))
        yesterday = self.now() - 24 * HOUR
        for series in (self.store.insight_before, self.store.per_server_before, self.store.latency_before):
            series.wanted.set(Wanted(frozenset({"bytes"}), 6 * HOUR, yesterday))
        self.store.prefix_items.prefix.set(1)
        self.store.key.key.set("k")

    def fresh(self) -> set[Freshness]:
        """How fresh what is followed is."""
        return {freshness(one.health.value, self.clock.monotonic()) for one in self.store.slices() if one.followed}


@asynccontextmanager
async def running(world: World) -> AsyncIterator[World]:
    tasks = [asyncio.create_task(poller.run()) for poller in world.pollers]
    try:
        await world.clock.settle()
        yield world
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
