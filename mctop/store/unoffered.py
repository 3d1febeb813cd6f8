"""What the store asks of the API and v1 does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from mctop.api.errors import NotOffered

if TYPE_CHECKING:
    from mctop.api.models.alerts import Alert, DeliveryConfig
    from mctop.api.models.introspection import KeyStats, PopularItems, Prefix, RecentLogs
    from mctop.api.models.series import SeriesAnswer
    from mctop.api.models.value import Rows


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
