"""What may be done to the cache as far as is known here, and what it would cost mctop itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.changes.binding import known_credentials
from mctop.store.changes.intents import (
    CreateCredential,
    DeleteCredential,
    EnableCache,
    Flush,
    PromoteCredential,
    ResetStats,
    RotateSso,
    SwitchCluster,
    UpdateCredential,
)

if TYPE_CHECKING:
    from mctop.api.models.cache import CacheInfo
    from mctop.store.changes.intents import Intent
    from mctop.store.store import Store


READ_ONLY = "read-only: mctop changes nothing"
NOT_CONNECTED = "not connected yet: nothing can be changed"
DISABLED = "the cache is disabled: enable it first"
OF_CREDENTIALS: tuple[type[Intent], ...] = (CreateCredential, UpdateCredential, PromoteCredential, DeleteCredential)
OF_V1: tuple[type[Intent], ...] = (Flush, *OF_CREDENTIALS)
"""All that API v1 can change."""
OF_A_PROVIDER: tuple[type[Intent], ...] = (RotateSso, EnableCache, SwitchCluster)
"""What has no meaning for servers that nobody provides."""
OF_A_RUNNING_CACHE: tuple[type[Intent], ...] = (Flush, ResetStats, SwitchCluster)


def why_not(kind: type[Intent], store: Store, *, read_only: bool) -> str | None:
    """Say why nothing of this kind can be done now, in clean words of ours; None where it may be tried."""
    if read_only:
        return READ_ONLY
    if store.actions.value is None:
        return NOT_CONNECTED
    if store.api.value == "v1" and not issubclass(kind, OF_V1):
        return "API v1 cannot do this: API v2 can"
    info = store.cache.value.value
    return None if info is None else _forbidden(kind, info) or _incapable(kind, store)


def locks_out(intent: Intent, store: Store) -> bool:
    """Whether it takes the API capability from, or deletes, the credential that mctop uses."""
    match intent:
        case UpdateCredential():
            return intent.subject == store.username.value and not intent.after.api_capability
        case DeleteCredential():
            return intent.subject == store.username.value
    return False


def _forbidden(kind: type[Intent], info: CacheInfo) -> str | None:
    """What the cache says that it does not allow; what it leaves unsaid may be tried."""
    unmanaged = info.can_manage_credentials is False and issubclass(kind, OF_CREDENTIALS)
    if info.is_memcached and (unmanaged or issubclass(kind, OF_A_PROVIDER)):
        return "there is no such thing for memcached servers"
    if info.enabled is False and issubclass(kind, OF_A_RUNNING_CACHE):
        return DISABLED
    if info.enabled is True and issubclass(kind, EnableCache):
        return "the cache is enabled"
    if info.can_switch is False and issubclass(kind, SwitchCluster):
        return "this cache cannot switch its cluster"
    if unmanaged:
        return "development caches cannot manage credentials"
    if info.can_update_capabilities is False and issubclass(kind, UpdateCredential):
        return "this cache cannot change what its credentials may do"
    return None


def _incapable(kind: type[Intent], store: Store) -> str | None:
    """What the credential that mctop uses may not do."""
    own = next((one for one in known_credentials(store) or () if one.sasl_username == store.username.value), None)
    if issubclass(kind, Flush) and own is not None and not own.flush_capability:
        return "the credential that mctop uses lacks the flush capability"
    return None
