"""What is told before something about alerts is sent."""

from __future__ import annotations

from mctop.api.models.alerts import NewAlert, NewDeliveryConfig
from mctop.store.alerts.backtest import BackTest
from mctop.store.alerts.outlook import AlertOutlook
from mctop.store.changes.intents import (
    CreateAlert,
    CreateDeliveryConfig,
    DeleteAlert,
    DeleteDeliveryConfig,
    Flush,
    Intent,
    ToggleAlert,
    UpdateAlert,
)
from mctop.store.store import Store
from mctop.ui.modals.alerts.text import facts
from tests.ui.modals.alerts import book


def told(intent: Intent, found: BackTest | None = None, *, uses: int = 1) -> list[str]:
    """The lines about an intent, where so many alerts use the first delivery config."""
    store = Store()
    book.fill(store)
    users = tuple(AlertOutlook(book.LOW.model_copy(update={"id": 3 + at}), 90, fires=False) for at in range(uses))
    store.alerts.value.set((*users, book.ALERTS[1]))
    return ["".join(run.text for run in line) for line in facts(intent, store, found)]


def test_a_change_is_told_with_its_back_test() -> None:
    after = book.LOW.model_copy(update={"trigger_threshold": 75.0})
    assert told(UpdateAlert(book.LOW, after), BackTest(covered=86_400)) == [
        "fires        hit rate below 80 % → hit rate below 75 %",
        "back-test    would not have fired in the last 24h",
    ]


def test_a_toggle_says_which_alert_it_is() -> None:
    after = book.LOW.model_copy(update={"enabled": False})
    assert told(ToggleAlert(book.LOW, after)) == ["fires        hit rate below 80 %", "is           enabled → disabled"]


def test_what_is_created_or_deleted_is_told_whole() -> None:
    new = NewAlert(trigger_type="memory_usage", trigger_threshold=90, delivery_config_id=2, enabled=True)
    assert told(CreateAlert(new))[:2] == ["fires        memory above 90 %", "tells        Slack #ops"]
    assert told(DeleteAlert(book.FULL))[0] == "fires        memory above 60 %"
    assert told(CreateDeliveryConfig(NewDeliveryConfig(delivery_type="email", email="a@b.io"))) == [
        "delivers to  a@b.io"
    ]
    assert told(Flush()) == []


def test_deleting_a_config_names_the_alerts_that_use_it() -> None:
    delete = DeleteDeliveryConfig(book.EMAIL)
    assert told(delete, uses=0)[1:] == ["no alert uses it"]
    assert told(delete, uses=1)[1:] == [
        "! 1 alert uses it: the API may refuse, or they reach nobody",
        "  3  hit rate below 80 %  page the web team",
    ]
    many = told(delete, uses=9)
    assert many[1] == "! 9 alerts use it: the API may refuse, or they reach nobody"
    assert many[-1] == "  and 4 more"
    store = Store()
    assert facts(delete, store)[1][0].text == "which alerts use it is not known"
