"""The watch of one server, open while a screen asks for it."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mctop.service.memcached.protocol.commands import WatchKind, watch
from mctop.service.memcached.protocol.connection import MemcachedConnection
from mctop.service.memcached.protocol.server import probe
from mctop.service.memcached.protocol.trouble import ServerTrouble
from mctop.service.memcached.stream.traffic import OwnLookup, Traffic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mctop.api.models.introspection import LogLine
    from mctop.service.memcached.protocol.address import Access, Address
    from mctop.service.memcached.protocol.capabilities import ServerCapabilities
    from mctop.service.memcached.stream.traffic import KeyCounts

LINGER = 75.0
"""Seconds for which a server is still watched after it was last wanted: watches must not come and go."""
NAP = 0.03
"""Seconds in which lines gather in the kernel: they then cost 3 µs instead of 6.

None was lost so at 100,000 requests a second; naps of 0.1 s lost 6 % (measured).
"""
A_LOT = 1 << 17
"""Bytes after which there is no nap, as more are waiting."""
QUIET = 1.0
"""Seconds without a line after which the last gets are counted, and it is looked whether the watch is still wanted."""
FOR_AN_ANSWER = 1.0
"""Seconds for which lines wait until a lookup of our own is answered: a server that is well takes under 0.001."""
DROPPED = "log_worker_dropped"
"""The counter of watch lines that a server's threads could not hand on."""
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
"""Seconds between two tries to watch a server that cannot be."""


@dataclass(frozen=True, slots=True)
class WatchState:
    """Whether a server is watched, which kinds, why not changes (`without`), what is wrong; "" for nothing.

    `lines`, `skipped` (not read in time) and `dropped` (not handed on by the server's threads) count since the start.
    """

    on: bool = False
    kinds: tuple[WatchKind, ...] = ()
    without: str = ""
    trouble: str = ""
    lines: int = 0
    skipped: int = 0
    dropped: int = 0


class Watcher:
    """The one watch of a server: opened when it is wanted, and drained and closed when it has not been for a while."""

    def __init__(
        self,
        address: Address,
        access: Access,
        capabilities: Callable[[], ServerCapabilities | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.traffic = Traffic()
        self.connections = 0
        """How many it has open."""
        self.answerable = asyncio.Event()
        """Set while lines of this stretch of watching are counted, or something is wrong."""
        self._address = address
        self._access = access
        self._capabilities = capabilities
        self._clock = clock
        self._state = WatchState()
        self._until = 0.0
        self._wanted = asyncio.Event()
        self._dropped: int | None = None
        self._questions = 0
        self._answered = asyncio.Event()
        self._answered.set()

    @property
    def log(self) -> tuple[LogLine, ...]:
        """The last lines, oldest first."""
        return self.traffic.log.lines()

    @property
    def state(self) -> WatchState:
        """How the watch stands."""
        return replace(self._state, lines=self.traffic.lines, skipped=self.traffic.skipped)

    def want(self) -> None:
        """Watch from now on for a while."""
        self._until = self._clock() + LINGER
        self._wanted.set()

    def compare(self, counters: Mapping[str, int]) -> None:
        """Compare what is seen with what the server counts, which was just asked for."""
        self._note_dropped(counters.get(DROPPED, 0))
        if self._state.on:
            self.traffic.compare(counters, self._clock())

    def _note_dropped(self, total: int) -> None:
        """Note how many lines the server's threads say they could not hand on, since it started."""
        before, self._dropped = self._dropped, total
        if before is None or not self._state.on:
            return
        lost = total - before if total >= before else total
        self._state = replace(self._state, dropped=self._state.dropped + lost)
        self.traffic.lose(lost, self._clock())

    def pin(self, key: bytes) -> KeyCounts | None:
        """What was counted of a key, from now on all of it; None where nothing ever was watched."""
        counts = self.traffic.pin(key)
        return counts if self._state.on or self.traffic.lines else None

    @contextmanager
    def asking(self) -> Iterator[None]:
        """While the block lasts a key is looked up by ourselves: no line is counted before its answer is there."""
        self._questions += 1
        self._answered.clear()
        try:
            yield
        finally:
            self._questions -= 1
            if not self._questions:
                self._answered.set()

    def doubt(self) -> None:
        """Note that a line may come of a lookup of our own, whose answer is lost."""
        if self._state.on:
            self.traffic.doubt(self._clock())

    def leave_out(self, key: bytes, *, was_there: bool) -> None:
        """Leave out the lookup of a key, as servers encode it, that we made ourselves and know the answer to."""
        if self._state.on:
            self.traffic.leave_out(OwnLookup(key, was_there), self._clock())

    async def run(self) -> None:
        """Watch whenever it is wanted, until cancelled; what goes wrong is state, and tried again later and later."""
        wait = FIRST_WAIT
        while True:
            await self._wanted.wait()
            if not self._is_wanted():
                continue
            capabilities = self._capabilities()
            if capabilities is not None:
                trouble = await self._try() if capabilities.watch else capabilities.without
                wait = min(wait * 2, LONGEST_WAIT) if trouble and not self._state.on else FIRST_WAIT
                self._state = replace(self._state, on=False, trouble=trouble)
                (self.answerable.set if trouble else self.answerable.clear)()
            if self._is_wanted():
                await asyncio.sleep(wait if capabilities else FIRST_WAIT)

    def _is_wanted(self) -> bool:
        if self._clock() < self._until:
            return True
        self._wanted.clear()
        return False

    async def _try(self) -> str:
        """Watch until it is wanted no more; the answer is what went wrong, if something did."""
        try:
            connection = await MemcachedConnection.open(self._address, self._access)
        except ServerTrouble as trouble:
            return self._words(trouble)
        self.connections += 1
        try:
            return await self._watch(connection)
        except ServerTrouble as trouble:
            return self._words(trouble)
        except BaseException:
            self._state = replace(self._state, on=False)
            self.answerable.set()
            raise
        finally:
            await connection.finish()
            self.connections -= 1

    async def _watch(self, connection: MemcachedConnection) -> str:
        able = await probe(connection, of_items=False, text_only=self._access.text_only)
        if not able.watch:
            return able.without
        await connection.ask(watch(able.watch))
        self.traffic.begin(
            self._clock(),
            sees_stores=WatchKind.MUTATIONS in able.watch,
            sees_deletions=WatchKind.DELETIONS in able.watch,
        )
        self.answerable.clear()
        self._state = WatchState(on=True, kinds=able.watch, without=able.without, dropped=self._state.dropped)
        while self._is_wanted():
            chunk = b""
            with suppress(TimeoutError):
                async with asyncio.timeout(QUIET):
                    chunk = await connection.read()
            with suppress(TimeoutError):
                async with asyncio.timeout(FOR_AN_ANSWER):
                    await self._answered.wait()
            had_lines = self.traffic.slices.lines > 0
            self.traffic.feed(chunk, self._clock())
            if had_lines:  # only the next lines tell of a get that it was one
                self.answerable.set()
            if len(chunk) < A_LOT:
                connection.pause()
                await asyncio.sleep(NAP)
                connection.resume()
        return ""

    def _words(self, trouble: ServerTrouble) -> str:
        return str(trouble).removeprefix(f"{trouble.where}: ")
