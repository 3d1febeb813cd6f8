"""A clock that stands still until a test advances it."""

import asyncio
import heapq
from itertools import count

SETTLING = 60
"""Turns of the loop after each step: more than any chain of callbacks here is long, for nothing waits for IO."""


class FakeClock:
    """Virtual time; sleepers wake in order, each at its own moment, and what they cause happens before the next."""

    def __init__(self, wall: float = 1_700_000_000.0) -> None:
        self._now = 1_000.0
        self._ahead = wall - self._now
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = count()

    def monotonic(self) -> float:
        """Virtual seconds."""
        return self._now

    def wall(self) -> float:
        """Virtual epoch seconds."""
        return self._now + self._ahead

    async def sleep(self, seconds: float) -> None:
        """Wait until a test has advanced the clock so far."""
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + seconds, next(self._numbers), woken))
        await woken

    async def advance(self, seconds: float) -> None:
        """Let so much time pass, and everything happen that happens in it."""
        await self.settle()
        end = self._now + seconds
        while self._sleepers and self._sleepers[0][0] <= end:
            self._now, _, woken = heapq.heappop(self._sleepers)
            if not woken.done():
                woken.set_result(None)
                await self.settle()
        self._now = end
        await self.settle()

    def jump(self, seconds: float) -> None:
        """Move the wall clock alone, as a machine that slept does."""
        self._ahead += seconds

    async def settle(self) -> None:
        """Let everything run that can run now."""
        for _ in range(SETTLING):
            await asyncio.sleep(0)
