"""A change says all of itself: its words, whether it can be made, what it affects, and what is secret about it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, cast

import pytest
from pydantic import BaseModel

from mctop.api.models.alerts import NewDeliveryConfig
from mctop.api.models.cache import CacheInfo
from mctop.store.changes import change as reasons
from mctop.store.changes.alert_changes import (
    CreateAlert,
    CreateDeliveryConfig,
    DeleteAlert,
    DeleteDeliveryConfig,
    ToggleAlert,
)
from mctop.store.changes.cache_changes import EnableCache, Flush, ResetStats, RotateSso, SwitchCluster
from mctop.store.changes.change import Change, Facts, Tier
from mctop.store.changes.credential_changes import (
    CreateCredential,
    DeleteCredential,
    PromoteCredential,
    UpdateCredential,
)
from mctop.store.changes.outcome import Outcome, Result
from mctop.store.changes.prefix_changes import UnwatchPrefix, WatchPrefix
from mctop.store.store import Store
from tests.store.fakeapi import (
    ALERT,
    CANARY,
    CHANGES,
    CONFIG,
    LESS,
    OF_V1,
    PREFIX,
    PRIMARY,
    SECOND,
    WEBHOOK,
    Desk,
    clear,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

KINDS = [type(change) for change in CHANGES]


def store(**info: object) -> Store:
    """A connected store of a cache that is described so; nothing is described without a word."""
    desk = Desk()
    desk.store.cache_id.set(desk.actions.cache_id)
    desk.store.username.set("A1")
    if info:
        desk.store.cache.value.set(CacheInfo.model_validate({"id": 4, **info}))
    return desk.store


def forbidden(store: Store) -> set[type[Change]]:
    """What cannot be done, each with a reason."""
    return {kind for kind in KINDS if kind.unavailable(store, read_only=False)}


def test_what_nothing_is_known_against_may_be_tried() -> None:
    assert forbidden(store()) == set()
    assert forbidden(store(label="shop")) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_can_be_done_in_read_only_or_before_it_is_connected(kind: type[Change]) -> None:
    assert kind.unavailable(store(), read_only=True) == reasons.READ_ONLY
    assert kind.unavailable(Store(), read_only=False) == reasons.NOT_CONNECTED


def test_v1_can_flush_and_manage_credentials_alone() -> None:
    legacy = store()
    legacy.api.set("v1")
    assert set(KINDS) - forbidden(legacy) == {type(change) for change in OF_V1}


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
def test_what_the_cache_does_not_allow_is_not_tried(info: dict[str, object], kinds: set[type[Change]]) -> None:
    assert forbidden(store(**info)) == kinds


def test_a_credential_without_the_flush_capability_cannot_flush() -> None:
    described = store(credentials=[dict(PRIMARY) | {"flush_capability": False}])
    assert "flush capability" in (Flush.unavailable(described, read_only=False) or "")
    assert WatchPrefix.unavailable(described, read_only=False) is None
    described.credentials.value.set((PRIMARY,))
    assert Flush.unavailable(described, read_only=False) is None


@pytest.mark.parametrize(
    ("change", "locks"),
    [
        (DeleteCredential(PRIMARY), True),
        (DeleteCredential(SECOND), False),
        (UpdateCredential(PRIMARY, LESS), False),
        (UpdateCredential(PRIMARY, LESS.model_copy(update={"api_capability": False})), True),
        (UpdateCredential(SECOND, LESS.model_copy(update={"api_capability": False})), False),
        (PromoteCredential(PRIMARY), False),
    ],
)
def test_what_would_lock_mctop_out_is_known(change: Change, locks: bool) -> None:
    assert change.locks_out(store()) is locks


def test_alerts_are_not_the_business_of_credentials() -> None:
    assert CreateAlert.unavailable(store(can_manage_credentials=False), read_only=False) is None


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: type(change).__name__)
def test_every_change_has_words_of_its_own_that_fit_a_dialog(change: Change) -> None:
    for words in (change.VERB, change.TITLE, change.NOTE):
        assert words == words.strip() != ""
    assert change.MADE != change.NOT_MADE
    assert ("{}" in change.MADE) == ("{}" in change.NOT_MADE)
    assert "{}" not in change.MADE or change.subject
    assert all(len(line) <= 70 for line in (*change.MEANING, *change.CAUTION))


def test_no_two_kinds_of_change_say_the_same_of_themselves() -> None:
    for words in ("TITLE", "NOTE", "MADE", "NOT_MADE"):
        assert len({getattr(kind, words) for kind in KINDS}) == len(KINDS)


def test_the_most_hurtful_changes_are_typed_and_the_harmless_ones_confirmed() -> None:
    tiers = {tier: {kind for kind in KINDS if kind.TIER is tier} for tier in Tier}
    assert tiers[Tier.TYPE] == {Flush, SwitchCluster, RotateSso, DeleteCredential}
    assert tiers[Tier.CONFIRM] == {ToggleAlert, WatchPrefix, UnwatchPrefix}


@pytest.mark.parametrize(
    ("change", "more"),
    [
        (Flush(), set()),
        (RotateSso(), set()),
        (CreateCredential(), {"credentials"}),
        (DeleteAlert(ALERT), {"alerts", "delivery configs"}),
        (DeleteDeliveryConfig(CONFIG), {"alerts", "delivery configs"}),
        (UnwatchPrefix(PREFIX), {"watched prefixes"}),
    ],
)
def test_it_affects_the_cache_and_its_counters_and_the_list_that_it_is_in(change: Change, more: set[str]) -> None:
    assert {affected.name for affected in change.affected(Store())} == {"cache", "stats"} | more


@pytest.mark.parametrize("change", [EnableCache(), SwitchCluster()])
def test_other_servers_may_tell_everything_anew(change: Change) -> None:
    cache = Store()
    assert change.affected(cache) == cache.slices()


def test_the_secrets_of_a_change_are_those_of_what_it_acts_on() -> None:
    slack = NewDeliveryConfig.model_validate({"slack_url": WEBHOOK})
    assert CreateDeliveryConfig(slack).secrets() == (WEBHOOK,)
    assert DeleteCredential(SECOND).secrets() == (f"{CANARY}-a1",)
    for change in (Flush(), CreateCredential(), CreateDeliveryConfig(NewDeliveryConfig(email="ops@example.test"))):
        assert change.secrets() == ()


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: type(change).__name__)
def test_no_change_holds_a_secret_that_it_does_not_name(change: Change) -> None:
    values = [clear(value) for field in fields(cast("DataclassInstance", change))
              if isinstance(value := getattr(change, field.name), BaseModel)]  # fmt: skip
    held = {text for value in values for text in value.values() if isinstance(text, str) and CANARY in text}
    assert set(change.secrets()) == held


def test_only_a_password_that_the_api_lists_can_be_seen_again() -> None:
    v1, v2 = Store(), Store()
    v1.api.set("v1")
    assert CreateCredential().secret_is_listed(v2)
    assert not CreateCredential().secret_is_listed(v1)
    assert not RotateSso().secret_is_listed(v2)


def test_a_new_cluster_is_told_with_its_servers_once_they_are_read() -> None:
    switched = Outcome(Result.DONE, detail="two")
    assert SwitchCluster().facts_afterwards(switched, store(cluster_name="one")) == ()
    assert SwitchCluster().facts_afterwards(switched, store(cluster_name="two")) == (Facts.CLUSTER,)


def test_a_disabled_cache_needs_to_be_enabled_before_anything_else() -> None:
    assert {kind for kind in KINDS if kind.urgent(store(enabled=False))} == {EnableCache}
    assert not any(kind.urgent(store(enabled=True)) or kind.urgent(Store()) for kind in KINDS)
