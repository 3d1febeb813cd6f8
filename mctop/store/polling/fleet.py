"""The fleet: every configured cache, polled side by side, a few requests at a time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from mctop.store.base.topic import Topic
from mctop.store.counters.cache_condition import CacheNow
from mctop.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from contextlib import AbstractAsyncContextManager
    from types import TracebackType

    from mctop.store.base.clock import Clock
    from mctop.store.changes.execution import Actions

    Connect = Callable[[Store, AbstractAsyncContextManager[None]], Awaitable["CachePolling"]]

PROMPT = 8
"""Requests at a time that have been under way for less than PATIENCE; their answers are read at once."""
LATE = 64
"""Requests at a time that hang; they cost next to nothing, and there is one a cache at most."""
PATIENCE = 0.5
"""Seconds after which a request counts as hanging."""


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
        self._slot: asyncio.Semaphore | None = None
        self._watch: asyncio.Task[None] | None = None

    async def __aenter__(self) -> None:
        """Wait for a slot."""
        if self._exempt():
            return
        queue = self._turns.late if self._late else self._turns.prompt
        await queue.acquire()
        self._slot = queue
        self._watch = asyncio.create_task(self._step_aside())

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the slot back."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        if self._slot is not None:
            self._slot.release()
            self._slot = None

    async def _step_aside(self) -> None:
        self._late = False
        await self._turns.clock.sleep(PATIENCE)
        self._late = True
        if self._slot is self._turns.prompt:
            await self._turns.late.acquire()
            self._turns.prompt.release()
            self._slot = self._turns.late


HEAD_START = 0.5
"""Seconds for which the opened cache alone has the machine: it is what is on the screen."""
APART = 0.03
"""Seconds between the first requests of two caches that are not opened."""


class CachePolling(Protocol):
    """Polls one cache into its store."""

    @property
    def actions(self) -> Actions | None:
        """What changes the cache, None before it is connected."""

    async def run(self) -> None:
        """Feed the store until cancelled."""

    def refresh(self) -> None:
        """Poll everything that is followed, now."""


class CannotWatch(Exception):
    """A cache cannot be polled; the message says what to put right, and never holds a secret."""


class Watched:
    """One configured cache, and what is known of it; `name` is its identity, `label` what it is called if anything.

    `connect` finds the password and makes what polls; its CannotWatch is state, until `refresh` tries again.
    """

    def __init__(
        self, name: str, connect: Connect, *, label: str = "", read_only: bool = False, store: Store | None = None
    ) -> None:
        self.name = name
        self.label = label
        self.read_only = read_only
        self.store = store or Store()
        self.now: Topic[CacheNow] = Topic(CacheNow(name, label or name, self.store.stats.health.value))
        """The values of its line among all caches."""
        self._connect = connect
        self._problem: Topic[str | None] = Topic(None)
        self._again = asyncio.Event()
        self._connection: CachePolling | None = None
        for topic in (self.store.stats.health, self.store.stats.value, self.store.marks, self.store.cache.value,
                      self._problem):  # fmt: skip
            topic.follow(self._note)

    @property
    def actions(self) -> Actions | None:
        """What changes the cache, None before it is connected."""
        return None if self._connection is None else self._connection.actions

    async def run(self, turns: Turns) -> None:
        """Watch until cancelled. Raise AuthenticationFailed as the connection does."""
        turn = turns.turn(lambda: self.store.opened.value)
        while self._connection is None:
            self._again.clear()
            try:
                self._connection = await self._connect(self.store, turn)
            except CannotWatch as reason:
                self._problem.set(str(reason))
                await self._again.wait()
        self._problem.set(None)
        await self._connection.run()

    def refresh(self) -> None:
        """Poll now, or try again to begin."""
        self._again.set()
        if self._connection is not None:
            self._connection.refresh()

    def _note(self, _: object) -> None:
        store, info = self.store, self.store.cache.value.value
        label = self.label or (info and (info.label or info.name)) or self.name
        self.now.set(
            CacheNow(
                self.name, label, store.stats.health.value, store.stats.value.value, self._problem.value,
                store.marks.value,
            )
        )  # fmt: skip


class Fleet:
    """Every configured cache, in the order of the configuration, and which of them is opened."""

    def __init__(self, caches: tuple[Watched, ...], opened: str, clock: Clock) -> None:
        self.caches = caches
        self.opened: Topic[str] = Topic(opened)
        self._clock = clock
        for cache in caches:
            cache.store.opened.set(cache.name == opened)

    @property
    def open_cache(self) -> Watched:
        """The one that is opened."""
        return self.cache(self.opened.value)

    def cache(self, name: str) -> Watched:
        """The cache of that name; raises KeyError."""
        return {cache.name: cache for cache in self.caches}[name]

    def open(self, name: str) -> Watched:
        """Watch this cache fully, and the one that was opened lightly. The window goes along."""
        before, after = self.open_cache, self.cache(name)
        if after is not before:
            after.store.window.set(before.store.window.value)
            before.store.opened.set(False)
            after.store.opened.set(True)
            self.opened.set(name)
        return after

    async def run(self) -> None:
        """Watch all until cancelled. Raise AuthenticationFailed where the only cache lets nothing through."""
        turns, first = Turns(self._clock), self.open_cache
        if len(self.caches) == 1:
            await first.run(turns)
            return
        async with asyncio.TaskGroup() as group:
            group.create_task(first.run(turns))
            await self._clock.sleep(HEAD_START)
            for cache in self.caches:
                if cache is not first:
                    group.create_task(cache.run(turns))
                    await self._clock.sleep(APART)

    def refresh(self) -> None:
        """Poll the opened cache now."""
        self.open_cache.refresh()

    def refresh_all(self) -> None:
        """Poll every cache now."""
        for cache in self.caches:
            cache.refresh()
