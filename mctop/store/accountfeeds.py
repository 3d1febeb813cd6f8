"""How the lists of the account enter the store: credentials and delivery configs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.store.source import Source
    from mctop.store.store import Store


class AccountFeeds:
    """Asks one endpoint, puts the answer into its slice, and returns how many rows of it made no sense."""

    def __init__(self, store: Store, source: Source) -> None:
        self._store = store
        self._source = source

    async def credentials(self) -> int:
        """List the credentials, with their passwords where the API shows them."""
        rows = await self._source.credentials()
        self._store.credentials.value.set(rows.items)
        return rows.dropped

    async def deliveries(self) -> int:
        """List the delivery configs."""
        rows = await self._source.delivery_configs()
        self._store.deliveries.value.set(rows.items)
        return rows.dropped
