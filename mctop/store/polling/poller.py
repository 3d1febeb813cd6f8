"""Keeps one endpoint's slice fresh, while someone looks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mctop.api.errors import ApiError
from mctop.store.base.clock import first_of
from mctop.store.base.health import DENIED, FINAL, SERVER_GONE, Health, failure_of
from mctop.store.polling.pace import SOONEST, next_look, next_try

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractAsyncContextManager
    from random import Random

    from mctop.store.base.clock import Clock
    from mctop.store.base.health import FailureKind
    from mctop.store.base.topic import Topic
    from mctop.store.polling.pace import Pace


SLOWEST = 60.0
"""Seconds between two tries of an endpoint that keeps failing, at most."""


@dataclass(frozen=True, slots=True)
class Means:
    """The means that pollers share; `slots` bounds the requests in flight."""

    clock: Clock
    random: Random
    slots: AbstractAsyncContextManager[None]


class Poller:
    """Calls `take`, which asks the API and fills a slice, at a pace and while `active`; keeps the slice's health.

    `take` returns how many rows of the answer made no sense. An ApiError is state; anything else propagates.
    """

    def __init__(
        self,
        health: Topic[Health],
        take: Callable[[], Awaitable[int]],
        pace: Pace,
        means: Means,
        *,
        active: Callable[[], bool] = lambda: True,
        slowest: float = SLOWEST,
        on_recovery: Callable[[FailureKind], object] = lambda failed: None,
    ) -> None:
        self._health = health
        self._take = take
        self._pace = pace
        self._means = means
        self._active = active
        self._slowest = slowest
        self._on_recovery = on_recovery
        self._due = self._last_start = self._not_before = float("-inf")
        self._in_flight = self._again = self._again_if_denied = False
        self._woken = asyncio.Event()

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            await self.succeed()

    async def succeed(self) -> None:
        """Poll until it succeeds once."""
        while True:
            await self._until_due()
            if await self._try():
                return

    def keeps(self, health: Topic[Health]) -> bool:
        """Whether this is the health that it keeps."""
        return health is self._health

    def wake(self) -> None:
        """Look again at whether the slice is wanted; a poll that is due happens now."""
        self._woken.set()

    def ask_anew(self, within: float = 0, *, denied: bool = False) -> None:
        """Poll within so many seconds, because something has changed; after the request under way, if there is one.

        Never before the server said to come back; after it denied access, only where that may have changed (`denied`).
        """
        self._again = self._in_flight
        self._again_if_denied = self._in_flight and (denied or self._again_if_denied)
        self._hurry(within, denied=denied)

    def refresh(self) -> None:
        """Poll now, because a person asks for it: even if access was denied, or the server said to come back later."""
        self._not_before = float("-inf")
        health = self._health.value
        if health.stopped:
            self._health.set(replace(health, stopped=False))
        self._hurry(denied=True)

    def resume(self, slept: float, within: float) -> None:
        """Count `slept` seconds that the monotonic clock missed into the age of the sample, and poll soon."""
        health = self._health.value
        if health.last_good is not None and health.due is not None:
            self._health.set(replace(health, last_good=health.last_good - slept, due=health.due - slept))
        self.ask_anew(within, denied=True)

    def server_is_back(self, within: float, failed: FailureKind) -> None:
        """Poll within so many seconds if the last try failed because the server was gone, or denied access likewise.

        `failed` is what another endpoint has recovered from.
        """
        failure = self._health.value.failure
        if failure is not None and failure.kind in SERVER_GONE | (DENIED & {failed}):
            self._hurry(within, denied=True)

    def _hurry(self, within: float = 0, *, denied: bool = False) -> None:
        """Bring the next try forward, unless access was denied or the server said when to come back.

        A request that is under way serves as well.
        """
        health = self._health.value
        if self._in_flight or (not denied and health.failure is not None and health.failure.kind in DENIED):
            return
        soon = min(self._due, self._means.clock.monotonic() + self._means.random.uniform(0, within))
        self._due = max(soon, self._last_start + SOONEST, self._not_before)
        if health.next_try is not None:
            self._health.set(replace(health, next_try=self._due))
        self.wake()

    async def _until_due(self) -> None:
        clock = self._means.clock
        while True:
            self._woken.clear()
            wanted = self._active() and not self._health.value.stopped
            wait = self._due - clock.monotonic() if wanted else None
            if wait is not None and wait <= 0:
                return
            await self._sleep(wait)

    async def _sleep(self, seconds: float | None) -> None:
        """Sleep so long, or for ever, or until woken."""
        sleepers = () if seconds is None else (self._means.clock.sleep(seconds),)
        await first_of(self._woken.wait(), *sleepers)

    async def _try(self) -> bool:
        """Poll once, and tell whether it succeeded."""
        clock = self._means.clock
        self._health.set(replace(self._health.value, next_try=None))
        self._in_flight = True
        async with self._means.slots:
            started = self._last_start = clock.monotonic()
            try:
                dropped = await self._take()
            except ApiError as error:
                self._failed(error, started)
                return False
            else:
                self._succeeded(started, dropped)
                return True
            finally:
                self._in_flight = False
                if self._again:
                    self.ask_anew(denied=self._again_if_denied)

    def _succeeded(self, started: float, dropped: int) -> None:
        now = self._means.clock.monotonic()
        failure = self._health.value.failure
        self._due = max(self._pace.after(started, now), started + SOONEST)
        due = self._due + (now - started)
        self._health.set(Health(every=self._pace.every, last_good=now, due=due, next_try=self._due, dropped=dropped))
        if failure is not None:
            self._on_recovery(failure.kind)

    def _failed(self, error: ApiError, started: float) -> None:
        clock, health = self._means.clock, self._health.value
        now = clock.monotonic()
        failure, failures = failure_of(error, clock.wall()), health.failures + 1
        stopped = failure.kind in FINAL
        if failure.kind in DENIED:
            self._due = next_look(now, self._means.random)
        else:
            self._due = next_try(started, now, failures, self._slowest, self._means.random)
        if error.retry_after is not None:
            self._due = self._not_before = max(now + error.retry_after, now + SOONEST)
        self._health.set(
            replace(
                health, failure=failure, failures=failures, stopped=stopped, next_try=None if stopped else self._due
            )
        )
