"""Turns at the requests of many caches: few at a time, and those that hang do not hold up those that answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from mctop.store.clock import Clock

PROMPT = 8
"""Requests at a time that have been under way for a moment only."""
LATE = 64
"""Requests at a time that let one wait; they cost next to nothing, and there is one a cache at most."""
PATIENCE = 0.5
"""Seconds after which a request lets one wait."""


class Turns:
    """The slots that all caches share."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.prompt = asyncio.Semaphore(PROMPT)
        self.late = asyncio.Semaphore(LATE)

    def turn(self, exempt: Callable[[], bool]) -> Turn:
        """One cache's way to a slot; while `exempt` it needs none."""
        return Turn(self, exempt)


class Turn:
    """Holds a slot for one cache's request, one at a time.

    A request that lets one wait gives its prompt slot back as soon as it gets a late one, and the cache's next request
    queues among the late ones, until one is answered in time again.
    """

    def __init__(self, turns: Turns, exempt: Callable[[], bool]) -> None:
        self._turns = turns
        self._exempt = exempt
        self._late = False
        self._held: asyncio.Semaphore | None = None
        self._watch: asyncio.Task[None] | None = None

    async def __aenter__(self) -> None:
        """Wait for a slot."""
        if self._exempt():
            return
        queue = self._turns.late if self._late else self._turns.prompt
        await queue.acquire()
        self._held = queue
        self._watch = asyncio.create_task(self._step_aside())

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the slot back."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        if self._held is not None:
            self._held.release()
            self._held = None

    async def _step_aside(self) -> None:
        self._late = False
        await self._turns.clock.sleep(PATIENCE)
        self._late = True
        if self._held is self._turns.prompt:
            await self._turns.late.acquire()
            self._turns.prompt.release()
            self._held = self._turns.late
