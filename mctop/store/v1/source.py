"""API v1 as a source for the store: series are made of the history of the counters."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from mctop.api.models.cache import CacheInfo
from mctop.store.v1.counter_series import ServerSamples, series_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from mctop.api.legacy import LegacyClient
    from mctop.api.models.cache import Credential
    from mctop.api.models.series import SeriesAnswer
    from mctop.api.models.stats import Stats
    from mctop.api.models.value import Rows
    from mctop.store.v1.counter_series import Sample


FRESH = 600.0
"""Seconds for which an answer of the history serves: it gains a row in half an hour, and samples fill the rest."""
SAMPLED = 7_200.0
"""Seconds of own samples to add to the history, which may be an hour behind."""


class LegacySource:
    """The operations of `mctop.api.client.Client` that API v1 offers too; each may raise any ApiError.

    `now` tells epoch seconds on the server's clock, `monotonic` seconds that never jump.
    """

    def __init__(self, client: LegacyClient, now: Callable[[], float], monotonic: Callable[[], float]) -> None:
        self._client = client
        self._now = now
        self._monotonic = monotonic
        self._asking = asyncio.Lock()
        self._asked = float("-inf")
        self._servers: tuple[str, ...] = ()
        self._counted: dict[str, ServerSamples] = {}
        self._dropped = 0

    async def info(self) -> CacheInfo:
        """Describe the cache as far as v1 does: its id, its servers and its credentials."""
        if not self._servers:
            await self.stats()
        rows = await self._client.credentials()
        return CacheInfo(id=self._client.cache_id, servers=self._servers, credentials=rows.items, dropped=rows.dropped)

    async def stats(self) -> Stats:
        """Read the counters, which continue the history."""
        stats, now = await self._client.stats(), self._now()
        for row in stats.servers:
            self._counted.setdefault(row.server, ServerSamples()).add(now, row.counters)
        self._servers = tuple(row.server for row in stats.servers)
        return stats

    async def processed_stats(self, names: Collection[str], start: float, end: float) -> SeriesAnswer:
        """Make series for the cache; times are epoch seconds."""
        return await self._series(names, start, end, each=False)

    async def processed_stats_per_server(self, names: Collection[str], start: float, end: float) -> SeriesAnswer:
        """Make series for each server."""
        return await self._series(names, start, end, each=True)

    async def credentials(self) -> Rows[Credential]:
        """List the credentials, without passwords."""
        return await self._client.credentials()

    async def _series(self, names: Collection[str], start: float, end: float, *, each: bool) -> SeriesAnswer:
        async with self._asking:
            if self._monotonic() - self._asked >= FRESH:
                await self._read_history()
        answer = series_of(self._counted, names, start, min(end, self._now()), each=each)
        return answer.model_copy(update={"dropped": self._dropped})

    async def _read_history(self) -> None:
        """Read the history, and continue it with the own samples; it names servers without their ports."""
        if not self._servers:
            await self.stats()
        rows = await self._client.history()
        self._asked, oldest = self._monotonic(), self._now() - SAMPLED
        samples = {
            server: [sample for sample in counted.samples if sample[0] >= oldest]
            for server, counted in self._counted.items()
        }
        named = [(called(row.server, self._servers), row) for row in rows.items]
        for server, row in named:
            if server is not None:
                samples.setdefault(server, []).append((row.time, row.stats))
        self._counted = await asyncio.to_thread(_counted, samples)  # a month of rows takes longer than a frame may
        self._dropped = rows.dropped + sum(server is None for server, _ in named)


def _counted(samples: Mapping[str, list[Sample]]) -> dict[str, ServerSamples]:
    return {server: ServerSamples(rows) for server, rows in samples.items()}


def called(host: str, servers: Collection[str]) -> str | None:
    """The server of a host that the history names; None where it may be one of several, itself where it is none now."""
    fitting = [server for server in servers if host in (server, server.rpartition(":")[0])]
    return host if not fitting else fitting[0] if len(fitting) == 1 else None
