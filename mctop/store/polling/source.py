"""The operations of the API that the store polls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection

    from mctop.api.models.alerts import Alert, DeliveryConfig
    from mctop.api.models.cache import CacheInfo, Credential
    from mctop.api.models.introspection import KeyStats, PopularItems, Prefix, RecentLogs
    from mctop.api.models.series import SeriesAnswer
    from mctop.api.models.stats import Stats
    from mctop.api.models.value import Rows


class Source(Protocol):
    """The operations that pollers use; `mctop.api.client.Client` has them. Each may raise any ApiError."""

    async def info(self) -> CacheInfo:
        """Describe the cache."""

    async def stats(self) -> Stats:
        """Read the counters."""

    async def processed_stats(self, names: Collection[str], start: float, end: float) -> SeriesAnswer:
        """Read series for the cache; times are epoch seconds."""

    async def processed_stats_per_server(self, names: Collection[str], start: float, end: float) -> SeriesAnswer:
        """Read series for each server."""

    async def latency(self, start: float, end: float) -> SeriesAnswer:
        """Read the series of the probe's duration for each server."""

    async def alerts(self) -> Rows[Alert]:
        """List the alerts."""

    async def delivery_configs(self) -> Rows[DeliveryConfig]:
        """List the delivery configs."""

    async def credentials(self) -> Rows[Credential]:
        """List the credentials, with passwords where the API shows them."""

    async def recent_logs(self) -> RecentLogs:
        """Read the last log lines of every server."""

    async def popular_items(self) -> PopularItems:
        """Read what was popular in the last time slice."""

    async def key_stats(self, key: str) -> Rows[KeyStats]:
        """Read the stats of one key."""

    async def compound_stats(self, start: float, end: float) -> SeriesAnswer:
        """Read the series about every key together."""

    async def watched_prefixes(self) -> Rows[Prefix]:
        """List the watched prefixes."""

    async def prefix_stats(self, prefix_id: int, start: float, end: float) -> SeriesAnswer:
        """Read the series about the keys of a watched prefix."""

    async def prefix_popular_items(self, prefix_id: int) -> PopularItems:
        """Read what was popular among the keys of a watched prefix."""
