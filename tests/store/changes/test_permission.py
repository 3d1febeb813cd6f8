"""What can be done is known before it is tried, as far as the cache tells."""

import pytest

from mctop.api.models.cache import CacheInfo
from mctop.store.changes import permission
from mctop.store.changes.intents import (
    CreateAlert,
    CreateCredential,
    DeleteCredential,
    EnableCache,
    Flush,
    Intent,
    PromoteCredential,
    ResetStats,
    RotateSso,
    SwitchCluster,
    UpdateCredential,
    WatchPrefix,
)
from mctop.store.changes.permission import locks_out, why_not
from mctop.store.store import Store
from tests.store.fakeapi import INTENTS, LESS, OF_V1, PRIMARY, SECOND, Desk

KINDS = [type(intent) for intent in INTENTS]


def store(**info: object) -> Store:
    """A connected store of a cache that is described so; nothing is described without a word."""
    desk = Desk()
    desk.store.actions.set(desk.actions)
    desk.store.username.set("A1")
    if info:
        desk.store.cache.value.set(CacheInfo.model_validate({"id": 4, **info}))
    return desk.store


def forbidden(store: Store) -> set[type[Intent]]:
    """What cannot be done, each with a reason."""
    return {kind for kind in KINDS if why_not(kind, store, read_only=False)}


def test_what_nothing_is_known_against_may_be_tried() -> None:
    assert forbidden(store()) == set()
    assert forbidden(store(label="shop")) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_can_be_done_in_read_only_or_before_it_is_connected(kind: type[Intent]) -> None:
    assert why_not(kind, store(), read_only=True) == permission.READ_ONLY
    assert why_not(kind, Store(), read_only=False) == permission.NOT_CONNECTED


def test_v1_can_flush_and_manage_credentials_alone() -> None:
    legacy = store()
    legacy.api.set("v1")
    assert set(KINDS) - forbidden(legacy) == {type(intent) for intent in OF_V1}


@pytest.mark.parametrize(
    ("info", "kinds"),
    [
        ({"enabled": False}, {Flush, ResetStats, SwitchCluster}),
        ({"enabled": True}, {EnableCache}),
        ({"can_switch": False}, {SwitchCluster}),
        (
            {"can_manage_credentials": False},
            {CreateCredential, UpdateCredential, PromoteCredential, DeleteCredential},
        ),
        ({"can_update_capabilities": False}, {UpdateCredential}),
        ({"can_switch": True, "can_manage_credentials": True, "can_update_capabilities": True}, set()),
        (
            {"cache_type": "memcached"},
            {RotateSso, EnableCache, SwitchCluster},
        ),
        (
            {"cache_type": "memcached", "can_manage_credentials": False},
            {RotateSso, EnableCache, SwitchCluster, CreateCredential, UpdateCredential, PromoteCredential,
             DeleteCredential},
        ),
    ],
)  # fmt: skip
def test_what_the_cache_does_not_allow_is_not_tried(info: dict[str, object], kinds: set[type[Intent]]) -> None:
    assert forbidden(store(**info)) == kinds


def test_a_credential_without_the_flush_capability_cannot_flush() -> None:
    described = store(credentials=[dict(PRIMARY) | {"flush_capability": False}])
    assert "flush capability" in (why_not(Flush, described, read_only=False) or "")
    assert why_not(WatchPrefix, described, read_only=False) is None
    described.credentials.value.set((PRIMARY,))
    assert why_not(Flush, described, read_only=False) is None


@pytest.mark.parametrize(
    ("intent", "locks"),
    [
        (DeleteCredential(PRIMARY), True),
        (DeleteCredential(SECOND), False),
        (UpdateCredential(PRIMARY, LESS), False),
        (UpdateCredential(PRIMARY, LESS.model_copy(update={"api_capability": False})), True),
        (UpdateCredential(SECOND, LESS.model_copy(update={"api_capability": False})), False),
        (PromoteCredential(PRIMARY), False),
    ],
)
def test_what_would_lock_mctop_out_is_known(intent: Intent, locks: bool) -> None:
    assert locks_out(intent, store()) is locks


def test_alerts_are_not_the_business_of_credentials() -> None:
    assert why_not(CreateAlert, store(can_manage_credentials=False), read_only=False) is None
