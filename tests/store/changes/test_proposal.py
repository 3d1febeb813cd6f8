"""A proposal holds only while what it acts on is as it was seen."""

import pytest

from mctop.api.models.cache import CacheInfo
from mctop.store.alerts.outlook import AlertOutlook
from mctop.store.base.health import Failure, FailureKind, Health
from mctop.store.changes.alert_changes import DeleteAlert, DeleteDeliveryConfig
from mctop.store.changes.cache_changes import Flush
from mctop.store.changes.change import Change
from mctop.store.changes.credential_changes import UpdateCredential
from mctop.store.changes.prefix_changes import UnwatchPrefix
from mctop.store.keys.prefixes import WatchedPrefix
from mctop.store.store import Store
from tests.store.fakeapi import ALERT, CHANGES, CONFIG, LESS, PREFIX, PRIMARY, SECOND, Desk


def desk() -> Desk:
    """All that can be acted on, as it was seen."""
    bench = Desk()
    store = bench.store
    store.cache_id.set(bench.actions.cache_id)
    store.cache.value.set(CacheInfo(id=4, label="shop", credentials=(PRIMARY, SECOND)))
    store.credentials.value.set((PRIMARY, SECOND))
    store.alerts.value.set((AlertOutlook(ALERT, 90.0, False),))
    store.deliveries.value.set((CONFIG,))
    store.prefixes.value.set((WatchedPrefix(PREFIX),))
    return bench


def lost(kind: FailureKind) -> Health:
    return Health(every=5, failure=Failure(kind, "GET", "/", "", 0.0))


def test_it_holds_when_the_name_of_the_cache_becomes_known() -> None:
    bench = desk()
    named = bench.store.cache.value.value
    bench.store.cache.value.set(None)
    proposal = bench.actions.propose(CHANGES[0])
    assert proposal.label == ""
    bench.store.cache.value.set(named)
    assert proposal.lapsed(bench.store) is None


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: type(one).__name__)
def test_it_holds_while_nothing_moves_and_not_once_the_connection_or_the_cache_is_another(change: Change) -> None:
    bench = desk()
    store, proposal = bench.store, bench.actions.propose(change)
    assert proposal.lapsed(store) is None
    store.alerts.value.set((AlertOutlook(ALERT, 10.0, True),))
    store.stats.health.set(lost(FailureKind.SERVER_FAULT))
    assert proposal.lapsed(store) is None
    store.stats.health.set(lost(FailureKind.UNREACHABLE))
    assert proposal.lapsed(store) == "the connection was lost"
    store.stats.health.set(Health(every=5))
    store.cache.value.set(CacheInfo(id=4, label="other"))
    assert proposal.lapsed(store) == "the cache is another one now"
    store.cache_id.set(None)
    assert proposal.lapsed(store) == "the connection was lost"


def test_a_credential_that_changes_or_goes_lets_go_of_it_but_not_its_password() -> None:
    bench = desk()
    store, proposal = bench.store, bench.actions.propose(UpdateCredential(SECOND, LESS))
    store.credentials.value.set((PRIMARY, SECOND.model_copy(update={"sasl_password": None})))
    assert proposal.lapsed(store) is None
    store.credentials.value.set((PRIMARY, SECOND.model_copy(update={"primary": True})))
    assert proposal.lapsed(store) == "the credential was changed meanwhile"
    store.credentials.value.set((PRIMARY,))
    assert proposal.lapsed(store) == "the credential is gone"


def test_a_credential_that_is_not_listed_is_looked_for_in_the_cache_and_elsewhere_not_at_all() -> None:
    bench = desk()
    store, proposal = bench.store, bench.actions.propose(UpdateCredential(SECOND, LESS))
    store.credentials.value.set(None)
    store.cache.value.set(CacheInfo(id=4, label="shop", credentials=(PRIMARY,)))
    assert proposal.lapsed(store) == "the credential is gone"
    store.cache.value.set(CacheInfo(id=4, label="shop"))
    assert proposal.lapsed(store) is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (DeleteAlert(ALERT), "the alert is gone"),
        (DeleteDeliveryConfig(CONFIG), "the delivery config is gone"),
        (UnwatchPrefix(PREFIX), "the prefix is not watched any more"),
    ],
)
def test_what_is_gone_lets_go_of_it(change: Change, words: str) -> None:
    bench = desk()
    store, proposal = bench.store, bench.actions.propose(change)
    for kept in (store.alerts, store.deliveries, store.prefixes):
        kept.value.set(())
    assert proposal.lapsed(store) == words


def test_what_is_not_known_lets_go_of_nothing() -> None:
    bench = Desk()
    bench.store.cache_id.set(bench.actions.cache_id)
    for change in CHANGES:
        assert bench.actions.propose(change).lapsed(bench.store) is None


def test_an_alert_or_delivery_config_that_changes_lets_go_of_it() -> None:
    bench = desk()
    store = bench.store
    alert, config = bench.actions.propose(DeleteAlert(ALERT)), bench.actions.propose(DeleteDeliveryConfig(CONFIG))
    store.alerts.value.set((AlertOutlook(ALERT.model_copy(update={"enabled": False}), None, None),))
    store.deliveries.value.set((CONFIG.model_copy(update={"slack_channel": "#else"}),))
    assert alert.lapsed(store) == "the alert was changed meanwhile"
    assert config.lapsed(store) == "the delivery config was changed meanwhile"


def test_a_proposal_of_another_cache_does_not_hold() -> None:
    bench = desk()
    proposal = bench.actions.propose(Flush())
    bench.store.cache_id.set(5)
    assert proposal.lapsed(bench.store) == "the cache is another one now"


def test_nothing_holds_without_a_connection() -> None:
    assert desk().actions.propose(Flush()).lapsed(Store()) == "the connection was lost"
