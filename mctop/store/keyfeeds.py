"""How what the API tells about keys enters the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.errors import ApiError
from mctop.store.hotkeys import extended
from mctop.store.keystats import reported

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.store.source import Source
    from mctop.store.store import Store


class KeyFeeds:
    """Asks about keys, puts the answers into their slices, and returns how many rows of them made no sense.

    `now` tells epoch seconds on the server's clock.
    """

    def __init__(self, store: Store, source: Source, now: Callable[[], float]) -> None:
        self._store = store
        self._source = source
        self._now = now

    async def popular(self) -> int:
        """Read what was popular, and remember it; the same answer again is the same slice."""
        items, kept = await self._source.popular_items(), self._store.popular
        if items != kept.value.value:
            kept.seen.set(extended(kept.seen.value, items, self._now()))
            kept.value.set(items)
        return items.dropped

    async def stats(self) -> int:
        """Read the stats of the wanted key; an answer that comes when another one is wanted is forgotten."""
        kept = self._store.key
        key = kept.key.value
        if key is None:
            return 0
        try:
            answer = await self._source.key_stats(key)
        except ApiError:
            if kept.key.value == key:
                raise
            return 0
        if kept.key.value != key:
            return 0
        kept.value.set(reported(kept.value.value, key, answer, self._now()))
        return answer.dropped
