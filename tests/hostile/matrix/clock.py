"""A clock that leaps while nothing is under way, and runs while something is."""

from __future__ import annotations

import asyncio
import heapq
import time
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SETTLING = 40
"""Turns of the loop after each step: more than any chain of callbacks between a sleeper and its request is long."""
GLANCE = 0.002
"""Real seconds between two looks while a request is under way."""
LONGEST_STEP = 0.05
"""Real seconds that a look counts for at most: a loop that was held must not make every other slice look late."""


class LeapingClock:
    """Simulated seconds beside real sockets.

    The wall clock begins at the machine's, and keeps its distance to the monotonic one.
    """

    def __init__(self) -> None:
        self._now = 1_000.0
        self._ahead = time.time() - self._now
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = count()

    def monotonic(self) -> float:
        """Simulated seconds."""
        return self._now

    def wall(self) -> float:
        """Simulated epoch seconds."""
        return self._now + self._ahead

    async def sleep(self, seconds: float) -> None:
        """Wait for simulated seconds."""
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + seconds, next(self._numbers), woken))
        await woken

    async def run(self, rate: Callable[[], float | None]) -> None:
        """Let time pass until cancelled: `rate` simulated seconds in a real one; without one, all until the next."""
        while True:
            for _ in range(SETTLING):
                await asyncio.sleep(0)
            speed = rate()
            if speed is not None or not self._sleepers:
                before = time.monotonic()
                await asyncio.sleep(GLANCE)
                self._pass(self._now + min(LONGEST_STEP, time.monotonic() - before) * (speed or 0.0))
            else:
                self._pass(self._sleepers[0][0])

    def _pass(self, until: float) -> None:
        self._now = max(self._now, until)
        while self._sleepers and self._sleepers[0][0] <= self._now:
            woken = heapq.heappop(self._sleepers)[2]
            if not woken.done():
                woken.set_result(None)
