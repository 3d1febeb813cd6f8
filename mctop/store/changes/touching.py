"""Which slices an intent touches, and so must be asked anew once it was carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mctop.store.changes.intents import (
    CreateAlert,
    CreateCredential,
    CreateDeliveryConfig,
    DeleteAlert,
    DeleteCredential,
    DeleteDeliveryConfig,
    EnableCache,
    PromoteCredential,
    SwitchCluster,
    UnwatchPrefix,
    UpdateAlert,
    UpdateCredential,
    WatchPrefix,
)

if TYPE_CHECKING:
    from mctop.store.changes.intents import Intent
    from mctop.store.store import Slice, Store


def touched(intent: Intent, store: Store) -> tuple[Slice[Any], ...]:
    """The slices that may differ after it; the cache and its counters always are among them."""
    always: tuple[Slice[Any], ...] = (store.cache, store.stats)
    match intent:
        case EnableCache() | SwitchCluster():
            return store.slices()
        case CreateCredential() | UpdateCredential() | PromoteCredential() | DeleteCredential():
            return (*always, store.credentials)
        case CreateAlert() | UpdateAlert() | DeleteAlert() | CreateDeliveryConfig() | DeleteDeliveryConfig():
            return (*always, store.alerts, store.deliveries)
        case WatchPrefix() | UnwatchPrefix():
            return (*always, store.prefixes)
    return always
