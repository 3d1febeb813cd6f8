"""How what the API tells about prefixes enters the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.errors import Refused, Unauthorized
from mctop.store.failing import failure_of
from mctop.store.prefixes import PrefixItems, listed, told
from mctop.store.store import SeriesSlice

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    from mctop.api.models.introspection import Prefix
    from mctop.api.models.series import SeriesAnswer
    from mctop.store.clock import Clock
    from mctop.store.source import Source
    from mctop.store.store import Store

    Fetch = Callable[[Collection[str], float, float], Awaitable[SeriesAnswer]]
    Grow = Callable[[SeriesSlice, Fetch, int], Awaitable[int]]

FINEST = 60
"""Seconds of the finest bucket of prefix stats."""


class PrefixFeeds:
    """Asks about prefixes, puts the answers into their slices, and returns how many rows of them made no sense.

    `grow` fetches what a slice of series lacks.
    """

    def __init__(self, store: Store, source: Source, clock: Clock, grow: Grow) -> None:
        self._store = store
        self._source = source
        self._clock = clock
        self._grow = grow
        self._series: dict[int, SeriesSlice] = {}

    async def compound(self) -> int:
        """Read the series about every key together."""

        async def fetch(_: Collection[str], start: float, end: float) -> SeriesAnswer:
            return await self._source.compound_stats(start, end)

        return await self._grow(self._store.compound, fetch, FINEST)

    async def watched(self) -> int:
        """List the watched prefixes, then read the series of each. One that is refused keeps none from the others."""
        rows, kept = await self._source.watched_prefixes(), self._store.prefixes.value
        kept.set(listed(kept.value or (), rows.items))
        self._series = {prefix.id: self._series.get(prefix.id) or _series() for prefix in rows.items}
        dropped = rows.dropped
        for prefix in rows.items:
            series = self._series[prefix.id]
            series.wanted.set(self._store.prefixes.wanted.value)
            try:
                dropped += await self._grow(series, self._fetching(prefix), FINEST)
            except Unauthorized:
                raise
            except Refused as error:
                refusal = failure_of(error, self._clock.wall())
                kept.set(told(kept.value or (), prefix, series.value.value, refusal))
            else:
                kept.set(told(kept.value or (), prefix, series.value.value))
        return dropped

    async def items(self) -> int:
        """Read what was popular under the wanted prefix."""
        prefix = self._store.prefix_items.prefix.value
        if prefix is None:
            return 0
        items = await self._source.prefix_popular_items(prefix)
        self._store.prefix_items.value.set(PrefixItems(prefix, items))
        return items.dropped

    def _fetching(self, prefix: Prefix) -> Fetch:
        async def fetch(_: Collection[str], start: float, end: float) -> SeriesAnswer:
            return await self._source.prefix_stats(prefix.id, start, end)

        return fetch


def _series() -> SeriesSlice:
    return SeriesSlice("prefix stats", FINEST)
