"""API v1 as a source for the store: series are made of the history of the counters, and what v1 lacks is refused."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NoReturn

from mctop.api.errors import NotOffered
from mctop.api.models.cache import CacheInfo
from mctop.store.v1.counter_series import Counted, series_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from mctop.api.legacy import LegacyClient
    from mctop.api.models.alerts import Alert, DeliveryConfig
    from mctop.api.models.cache import Credential
    from mctop.api.models.introspection import KeyStats, PopularItems, Prefix, RecentLogs
    from mctop.api.models.series import SeriesAnswer
    from mctop.api.models.stats import Stats
    from mctop.api.models.value import Rows
    from mctop.store.v1.counter_series import Sample


class Unoffered:
    """Every one of these raises NotOffered, and nothing is sent."""

    async def latency(self, start: float, end: float) -> SeriesAnswer:
        """Not in v1."""
        _lacks("insight/latency")

    async def alerts(self) -> Rows[Alert]:
        """Not in v1."""
        _lacks("alerts")

    async def delivery_configs(self) -> Rows[DeliveryConfig]:
        """Not in v1."""
        _lacks("alerts/configs")

    async def recent_logs(self) -> RecentLogs:
        """Not in v1."""
        _lacks("introspection/recent_logs")

    async def popular_items(self) -> PopularItems:
        """Not in v1."""
        _lacks("introspection/popular_items")

    async def key_stats(self, key: str) -> Rows[KeyStats]:
        """Not in v1."""
        _lacks("introspection/key_stats")

    async def compound_stats(self, start: float, end: float) -> SeriesAnswer:
        """Not in v1."""
        _lacks("introspection/compound_stats")

    async def watched_prefixes(self) -> Rows[Prefix]:
        """Not in v1."""
        _lacks("introspection/prefixes")

    async def prefix_stats(self, prefix_id: int, start: float, end: float) -> SeriesAnswer:
        """Not in v1."""
        _lacks("introspection/prefixes/stats")

    async def prefix_popular_items(self, prefix_id: int) -> PopularItems:
        """Not in v1."""
        _lacks("introspection/prefixes/popular_items")


def _lacks(path: str) -> NoReturn:
    raise NotOffered("GET", path, "")


KEPT = 600.0
"""Seconds for which an answer of the history serves: it gains a row in half an hour, and samples fill the rest."""
SAMPLED = 7_200.0
"""Seconds of own samples to add to the history, which may be an hour behind."""


class LegacySource(Unoffered):
    """The Source of API v1.

    `now` tells epoch seconds on the server's clock, `monotonic` seconds that never jump.
    """

    def __init__(self, client: LegacyClient, now: Callable[[], float], monotonic: Callable[[], float]) -> None:
        self._client = client
        self._now = now
        self._monotonic = monotonic
        self._asking = asyncio.Lock()
        self._asked = float("-inf")
        self._servers: tuple[str, ...] = ()
        self._counted: dict[str, Counted] = {}
        self._dropped = 0

    async def info(self) -> CacheInfo:
        """Tell what v1 tells of the cache: its id, its servers and its credentials."""
        if not self._servers:
            await self.stats()
        found = await self._client.credentials()
        return CacheInfo(
            id=self._client.cache_id, servers=self._servers, credentials=found.items, dropped=found.dropped
        )

    async def stats(self) -> Stats:
        """Read the counters, which continue the history."""
        stats, now = await self._client.stats(), self._now()
        for one in stats.servers:
            self._counted.setdefault(one.server, Counted()).add(now, one.counters)
        self._servers = tuple(one.server for one in stats.servers)
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
            if self._monotonic() - self._asked >= KEPT:
                await self._read_history()
        told = series_of(self._counted, names, start, min(end, self._now()), each=each)
        return told.model_copy(update={"dropped": self._dropped})

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
        told = [(called(row.server, self._servers), row) for row in rows.items]
        for server, row in told:
            if server is not None:
                samples.setdefault(server, []).append((row.time, row.stats))
        self._counted = await asyncio.to_thread(_counted, samples)  # a month of rows takes longer than a frame may
        self._dropped = rows.dropped + sum(server is None for server, _ in told)


def _counted(samples: Mapping[str, list[Sample]]) -> dict[str, Counted]:
    return {server: Counted(ones) for server, ones in samples.items()}


def called(host: str, servers: Collection[str]) -> str | None:
    """The server of a host that the history names; None where it may be one of several, itself where it is none now."""
    fitting = [server for server in servers if host in (server, server.rpartition(":")[0])]
    return host if not fitting else fitting[0] if len(fitting) == 1 else None
