"""One run of watching a cache: find it, poll it, notice that the machine slept."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import cache, partial
from random import Random
from typing import TYPE_CHECKING

from mctop.api.call import IN_FLIGHT
from mctop.api.client import Client
from mctop.api.errors import Forbidden, NotFound, Unauthorized
from mctop.store.base.clock import SystemClock, first_of
from mctop.store.base.health import AuthenticationFailed, Health, not_let_in
from mctop.store.base.window import SAMPLE
from mctop.store.polling.endpoints import SLOWEST_STATS, PollingContext
from mctop.store.polling.pace import Steady
from mctop.store.polling.poller import Means, Poller
from mctop.store.polling.pollers import TOGETHER, Pollers
from mctop.store.series.ratio_scale import RatioScale

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from mctop.api.legacy import LegacyClient
    from mctop.api.transport import Transport
    from mctop.store.base.clock import Clock
    from mctop.store.changes.execution import Actions
    from mctop.store.polling.endpoints import Source
    from mctop.store.store import Store


__all__ = ["AuthenticationFailed", "Session"]

JUMP = 5.0
"""Seconds by which the wall clock runs away from the monotonic one when the machine has slept."""
WATCH = 1.0
"""Seconds between two looks at the clocks."""
COUNTERS_ALONE = 0.5
"""Seconds for which the counters alone are asked for, at most: they make the first picture, and the work for the rest
would delay it. As long as the head start of a fleet's opened cache."""
SKEW_GRAIN = 2.0
"""Seconds by which one answer's Date may differ from another's without the server's clock having moved."""


class Session:
    """Fills a store through a transport, which stays open, until cancelled; what is not opened, with counters alone.

    Without `cache_id` the API is asked which cache the credential belongs to. `every` is the seconds between two polls
    of the counters, which wait for their `turn` if there is one. A `ratio_scale` that is set is not detected.
    `alone` says that there is no other cache to look at when this one lets nothing through. `api` is the version of
    the API to speak, `audit` the file in which changes are recorded, `redact` what strikes secrets out of it.
    """

    def __init__(
        self,
        store: Store,
        transport: Transport,
        cache_id: int | None,
        *,
        api: str = "v2",
        clock: Clock | None = None,
        random: Random | None = None,
        every: float = SAMPLE,
        ratio_scale: RatioScale = RatioScale.UNKNOWN,
        turn: AbstractAsyncContextManager[None] | None = None,
        alone: bool = True,
        audit: Path | None = None,
        redact: Callable[[str], str] = str,
    ) -> None:
        self._store = store
        self._transport = transport
        self._cache_id = cache_id
        self._legacy = api == "v1"
        self._audit = audit
        self._redact = redact
        store.api.set(api)
        store.username.set(transport.username)
        store.audit.set("" if audit is None else f"{audit}")
        self._clock = clock or SystemClock()
        self._means = Means(self._clock, random or Random(), asyncio.Semaphore(IN_FLIGHT))
        self._turns = self._means if turn is None else replace(self._means, slots=turn)
        self._alone = alone
        self._every = every
        self._ratio_scale = RatioScale.FRACTION if self._legacy else ratio_scale
        self._pollers: tuple[Poller, ...] = ()
        self._actions: Callable[[], Actions] | None = None

    @property
    def actions(self) -> Actions | None:
        """What changes the cache, None before it is connected; made, and imported, when it is first asked for."""
        return None if self._actions is None else self._actions()

    async def run(self) -> None:
        """Poll until cancelled. Raise AuthenticationFailed if the API lets nothing through from the first."""
        refused: AuthenticationFailed | None = None
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._watch_clocks())
                cache_id = await self._find_cache()
                client = self._client(cache_id)
                self._store.ratio_scale.set(self._ratio_scale)
                context = PollingContext(self._store, self._means, self._now, self._alone)
                pollers = Pollers(context, self._source(client), self._turns)
                self._pollers = pollers.all
                self._actions = cache(partial(self._actions_by, type(client), cache_id, pollers))
                self._store.cache_id.set(cache_id)
                self._store.connecting.set(None)
                group.create_task(pollers.stats.run())
                await self._opened()
                await self._counters_tried()
                for poller in pollers.all:
                    if poller is not pollers.stats:
                        group.create_task(poller.run())
        except* AuthenticationFailed as failures:
            refused = next(error for error in failures.exceptions if isinstance(error, AuthenticationFailed))
        if refused is not None:
            raise refused

    def refresh(self) -> None:
        """Poll everything that is followed now, because a person asks for it."""
        for poller in self._pollers:
            poller.refresh()

    def _client(self, cache_id: int) -> Client | LegacyClient:
        """What speaks the version of the API that is asked for."""
        if not self._legacy:
            return Client(self._transport, cache_id)
        from mctop.api.legacy import LegacyClient

        return LegacyClient(self._transport, cache_id)

    def _source(self, client: Client | LegacyClient) -> Source:
        """The operations that pollers ask; v1's series are made of its counters, and their ratios are fractions."""
        if isinstance(client, Client):
            return client
        from mctop.store.v1.source import LegacySource

        return LegacySource(client, self._now, self._clock.monotonic)

    def _actions_by(self, speaking: type[Client | LegacyClient], cache_id: int, pollers: Pollers) -> Actions:
        """What changes the cache by the clients of one version of the API."""
        from mctop.store.changes.audit import Audit, Recording
        from mctop.store.changes.execution import Actions

        transport, clock = self._transport, self._clock
        audit = None if self._audit is None else Audit(self._audit)
        recording = Recording(audit, transport.host, transport.username, clock.wall, self._redact)
        client = partial(speaking, cache_id=cache_id)
        return Actions(self._store, client, transport, self._now, pollers.ask_anew, recording, clock.sleep)

    async def _opened(self) -> None:
        """Wait until someone works with the cache."""
        opened = asyncio.Event()
        leave = self._store.opened.follow(lambda is_so: opened.set() if is_so else None)
        await opened.wait()
        leave()

    async def _counters_tried(self) -> None:
        """Wait until the counters were asked for, but not long: a server that hangs has other answers to wait for."""
        tried = asyncio.Event()
        health = self._store.stats.health
        leave = health.follow(lambda now: tried.set() if now.last_good is not None or now.failure else None)
        try:
            await first_of(tried.wait(), self._clock.sleep(COUNTERS_ALONE))
        finally:
            leave()

    async def _find_cache(self) -> int:
        """The cache id, asked for until the API tells it; meanwhile the stats' health shows how that goes."""
        health = self._store.stats.health
        health.set(Health(every=self._every))
        if self._cache_id is not None:
            return self._cache_id
        from mctop.api.legacy import login

        cache_id = 0

        async def ask() -> int:
            nonlocal cache_id
            try:
                cache_id = await login(self._transport)
            except (Unauthorized, Forbidden, NotFound) as error:
                if not self._alone:
                    raise
                raise not_let_in(error) from None
            return 0

        self._store.connecting.set("asking for the cache id")
        poller = Poller(health, ask, Steady(self._every, self._means.random), self._turns, slowest=SLOWEST_STATS)
        self._pollers = (poller,)
        await poller.succeed()
        health.set(Health(every=self._every))
        return cache_id

    def _now(self) -> float:
        """Epoch seconds on the server's clock, as far as it is known."""
        return self._clock.wall() + (self._store.skew.value or 0.0)

    async def _watch_clocks(self) -> None:
        """Poll everything soon when this machine has slept, or when a clock was set."""
        ahead = self._clock.wall() - self._clock.monotonic()
        while True:
            await self._clock.sleep(WATCH)
            before, ahead = ahead, self._clock.wall() - self._clock.monotonic()
            slept = ahead - before
            if abs(slept) > JUMP or self._note_skew() > JUMP:
                for poller in self._pollers:
                    poller.resume(max(0.0, slept), TOGETHER)

    def _note_skew(self) -> float:
        """Tell the store how far the server's clock is ahead, and return by how many seconds that is news."""
        skew, before = self._transport.skew, self._store.skew.value
        news = 0.0 if skew is None else abs(skew - (before or 0.0))
        if skew is not None and (before is None or news > SKEW_GRAIN):
            self._store.skew.set(skew)
        return news
