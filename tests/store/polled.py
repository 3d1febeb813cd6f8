"""One poller, and an endpoint that answers as a test says."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

from mctop.store.base.health import Freshness, Health, freshness
from mctop.store.base.topic import Topic
from mctop.store.polling.pace import Steady
from mctop.store.polling.poller import Means, Poller
from tests.store.fakeclock import FakeClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mctop.api.errors import ApiError
    from mctop.store.base.health import FailureKind


class World:
    """A poller on a clock that a test moves; `takes` is how many seconds its endpoint needs."""

    def __init__(self, *, slowest: float = 60, every: float = 5) -> None:
        self.clock = FakeClock()
        self.health: Topic[Health] = Topic(Health(every=every))
        self.starts: list[float] = []
        self.error: ApiError | None = None
        self.takes = 0.0
        self.active = True
        self.recoveries = 0
        self.means = Means(self.clock, Random(1), asyncio.Semaphore(4))
        self.poller = Poller(
            self.health, self._take, Steady(every, self.means.random), self.means,
            active=lambda: self.active, slowest=slowest, on_recovery=self._recovered,
        )  # fmt: skip

    @property
    def since(self) -> list[float]:
        """Seconds between the starts."""
        return [later - earlier for earlier, later in pairwise(self.starts)]

    def freshness(self) -> Freshness:
        return freshness(self.health.value, self.clock.monotonic())

    async def _take(self) -> int:
        self.starts.append(self.clock.monotonic())
        if self.takes:
            await self.clock.sleep(self.takes)
        if self.error is not None:
            raise self.error
        return 3

    def _recovered(self, _: FailureKind) -> None:
        self.recoveries += 1


@asynccontextmanager
async def running(*pollers: Poller) -> AsyncIterator[None]:
    """Run pollers until the block ends."""
    tasks = [asyncio.create_task(poller.run()) for poller in pollers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
