"""One server, its periodic samples of counters and latency, and its watch."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from mctop.api.models.process import has_restarted
from mctop.service.base.background import Supervisor, failure_words
from mctop.service.memcached.protocol.latency import LatencyProbe
from mctop.service.memcached.protocol.replies import encoded
from mctop.service.memcached.protocol.server import AFTER_SENDING, NO_KEY, MemcachedServer
from mctop.service.memcached.protocol.trouble import ServerTrouble, TroubleKind
from mctop.service.memcached.stream.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mctop.service.memcached.history.history import MemcachedHistory
    from mctop.service.memcached.protocol.address import Access, Address
    from mctop.service.memcached.protocol.capabilities import ServerCapabilities
    from mctop.service.memcached.protocol.counters import ServerSample
    from mctop.service.memcached.protocol.replies import MetaItem

logger = logging.getLogger(__name__)

COUNTERS_EVERY = 5.0
"""Seconds between two samples of the counters."""
LATENCY_EVERY = 20.0
"""Seconds between two probes of the latency."""
FIRST_LINES = 2.0
"""Seconds for which the first line of a watch is waited for: an idle server looks for lines once a second."""


class MonitoredServer:
    """A server among those that make up the cache, each purpose with a connection of its own, and never two."""

    def __init__(self, address: Address, access: Access, history: MemcachedHistory) -> None:
        self.name = address.text
        self.address, self.access = address, access
        self.server = MemcachedServer(address, access)
        self.capabilities: ServerCapabilities | None = None
        self.newest: ServerSample | None = None
        self.watcher = Watcher(address, access, lambda: self.capabilities)
        self._pinger = LatencyProbe(address, access)
        self._history = history
        self._patience = 0.0
        self._aside = 0
        self.sampling = Supervisor(f"sampling the counters of {self.name}")
        self.pinging = Supervisor(f"probing the latency of {self.name}")
        self.watching = Supervisor(f"the watch of {self.name}")
        self.counting = Supervisor(f"counting the keys of {self.name}")

    @property
    def trouble(self) -> ServerTrouble | None:
        """What was wrong with the last try to sample the counters."""
        if (failure := self.sampling.failure) is not None:
            return ServerTrouble(TroubleKind.OUR_FAULT, self.name, str(failure))
        return self.server.trouble

    @property
    def own_connections(self) -> int:
        """How many connections to the server are open, which it counts among those of its clients."""
        return self.server.connections + self._pinger.connections + self.watcher.connections + self._aside

    @contextmanager
    def connected_aside(self) -> Iterator[None]:
        """Count one connection more, as long as a block lasts."""
        self._aside += 1
        try:
            yield
        finally:
            self._aside -= 1

    @property
    def unwatched(self) -> str:
        """Why it is not watched though that was wanted; "" where it is."""
        state = self.watcher.state
        return str(self.watching.failure) if self.watching.failure is not None and not state.on else state.trouble

    async def run(self) -> None:
        """Sample, probe and watch until cancelled; whatever goes wrong is state, and tried again."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.sampling.run(self._sample_if_there, lambda: _until_multiple(COUNTERS_EVERY)))
            group.create_task(self.pinging.run(self._probe_latency, lambda: _until_multiple(LATENCY_EVERY)))
            group.create_task(self.watching.run(self.watcher.run))

    async def sample(self) -> ServerSample:
        """Sample the counters now, and learn what the server can do where it may be another one than before."""
        sample = (await self.server.stats()).without_connections(self.own_connections)
        before = self.newest
        is_known = self.capabilities is not None and before is not None and not _is_another(before, sample)
        self.newest = sample
        self._history.sample(self.name, sample)
        self.watcher.compare(sample.counters)
        if not is_known:
            self.capabilities = None
            with suppress(ServerTrouble), self.watcher.asking():
                self.capabilities = await self.server.probe()
                if self.capabilities.has_me:
                    self.watcher.leave_out(NO_KEY, was_there=False)
        return sample

    async def counters_now(self) -> ServerSample:
        """Sample for someone who asks others, too; raise ServerTrouble, also for what nobody foresaw."""
        try:
            return await self.sample()
        except ServerTrouble:
            raise
        except Exception as error:
            logger.exception("sampling the counters of %s failed", self.name)
            raise ServerTrouble(TroubleKind.OUR_FAULT, self.name, f"mctop failed ({failure_words(error)})") from error

    async def item(self, key: bytes) -> MetaItem | None:
        """The item under a key, by a lookup that is not counted as a client's; raise as `MemcachedServer.me` does."""
        with self.watcher.asking():
            try:
                item = await self.server.me(key)
            except ServerTrouble as trouble:
                if trouble.kind in AFTER_SENDING:
                    self.watcher.doubt()
                raise
            self.watcher.leave_out(encoded(key), was_there=item is not None)
        return item

    async def able(self) -> ServerCapabilities | None:
        """What the server can do: one that was not heard of yet is asked; None where that cannot be known."""
        if self.capabilities is None and self.trouble is None:
            with suppress(ServerTrouble):
                await self.sample()
        return self.capabilities

    async def look(self) -> None:
        """Have it watched for a while; if that only begins, wait FIRST_LINES at most until there is something."""
        now = asyncio.get_running_loop().time()
        if not self.watcher.state.on and now > self._patience:
            self._patience = now + FIRST_LINES
        self.watcher.want()
        if self.trouble is None:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(self._patience):
                    await self.watcher.answerable.wait()

    async def close(self) -> None:
        """Close the connections that are kept, once `run` has ended."""
        self.server.close()
        await self._pinger.close()

    async def _sample_if_there(self) -> None:
        with suppress(ServerTrouble):
            await self.sample()

    async def _probe_latency(self) -> None:
        if self.trouble is None:
            with suppress(ServerTrouble):
                self._history.latency(self.name, time.time(), await self._pinger.latency())


def _is_another(before: ServerSample, after: ServerSample) -> bool:
    """Whether another process may answer now, which may be of another version."""
    return before.pid != after.pid or bool(has_restarted(before, after, after.at - before.at))


def _until_multiple(seconds: float) -> float:
    """Seconds until the next multiple of so many on the clock, as buckets end there."""
    return seconds - time.time() % seconds
