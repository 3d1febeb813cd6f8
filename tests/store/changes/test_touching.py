"""What is asked anew after a change."""

import pytest

from mctop.store.changes.intents import (
    CreateCredential,
    DeleteAlert,
    DeleteDeliveryConfig,
    Flush,
    Intent,
    RotateSso,
    SwitchCluster,
    UnwatchPrefix,
)
from mctop.store.changes.touching import touched
from mctop.store.store import Store
from tests.store.fakeapi import ALERT, CONFIG, PREFIX


@pytest.mark.parametrize(
    ("intent", "more"),
    [
        (Flush(), set()),
        (RotateSso(), set()),
        (CreateCredential(), {"credentials"}),
        (DeleteAlert(ALERT), {"alerts", "delivery configs"}),
        (DeleteDeliveryConfig(CONFIG), {"alerts", "delivery configs"}),
        (UnwatchPrefix(PREFIX), {"watched prefixes"}),
    ],
)
def test_the_cache_and_its_counters_and_the_list_that_it_is_in(intent: Intent, more: set[str]) -> None:
    assert {one.name for one in touched(intent, Store())} == {"cache", "stats"} | more


def test_other_servers_may_tell_everything_anew() -> None:
    store = Store()
    assert touched(SwitchCluster(), store) == store.slices()
