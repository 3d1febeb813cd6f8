"""What is told before something about alerts is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.alerts import NewAlert, NewDeliveryConfig
from mctop.store.alerts.backtest import BackTest
from mctop.store.alerts.outlook import AlertOutlook
from mctop.store.changes.alert_changes import (
    CreateAlert,
    CreateDeliveryConfig,
    DeleteAlert,
    DeleteDeliveryConfig,
    ToggleAlert,
    UpdateAlert,
)
from mctop.store.store import Store
from mctop.ui.modals.alerts.text import (
    facts_of_create,
    facts_of_create_delivery,
    facts_of_delete,
    facts_of_delete_delivery,
    facts_of_update,
)
from tests.ui.modals.alerts import book

if TYPE_CHECKING:
    from mctop.ui.words.runs import Run

    pass


def filled(uses: int = 1) -> Store:
    """A store in which so many alerts use the first delivery config."""
    store = Store()
    book.fill(store)
    users = tuple(AlertOutlook(book.LOW.model_copy(update={"id": 3 + at}), 90, fires=False) for at in range(uses))
    store.alerts.value.set((*users, book.ALERTS[1]))
    return store


def told(lines: tuple[tuple[Run, ...], ...]) -> list[str]:
    """The text of lines."""
    return ["".join(run.text for run in line) for line in lines]


def test_a_change_is_told_with_its_back_test() -> None:
    after = book.LOW.model_copy(update={"trigger_threshold": 75.0})
    assert told(facts_of_update(UpdateAlert(book.LOW, after), filled(), BackTest(covered=86_400))) == [
        "fires        hit rate below 80 % → hit rate below 75 %",
        "back-test    would not have fired in the last 24h",
    ]


def test_a_toggle_says_which_alert_it_is() -> None:
    after = book.LOW.model_copy(update={"enabled": False})
    assert told(facts_of_update(ToggleAlert(book.LOW, after), filled())) == [
        "fires        hit rate below 80 %",
        "is           enabled → disabled",
    ]


def test_what_is_created_or_deleted_is_told_whole() -> None:
    new = NewAlert(trigger_type="memory_usage", trigger_threshold=90, delivery_config_id=2, enabled=True)
    assert told(facts_of_create(CreateAlert(new), filled()))[:2] == [
        "fires        memory above 90 %",
        "tells        Slack #ops",
    ]
    assert told(facts_of_delete(DeleteAlert(book.FULL), filled()))[0] == "fires        memory above 60 %"
    delivery = CreateDeliveryConfig(NewDeliveryConfig(delivery_type="email", email="a@b.io"))
    assert told(facts_of_create_delivery(delivery, filled())) == ["delivers to  a@b.io"]


def test_deleting_a_config_names_the_alerts_that_use_it() -> None:
    delete = DeleteDeliveryConfig(book.EMAIL)
    assert told(facts_of_delete_delivery(delete, filled(0)))[1:] == ["no alert uses it"]
    assert told(facts_of_delete_delivery(delete, filled(1)))[1:] == [
        "! 1 alert uses it: the API may refuse, or they reach nobody",
        "  3  hit rate below 80 %  page the web team",
    ]
    many = told(facts_of_delete_delivery(delete, filled(9)))
    assert many[1] == "! 9 alerts use it: the API may refuse, or they reach nobody"
    assert many[-1] == "  and 4 more"
    store = Store()
    assert facts_of_delete_delivery(delete, store)[1][0].text == "which alerts use it is not known"


def test_what_is_not_delivered_is_told_before_it_is_created_or_enabled() -> None:
    store, warning = book.without_slack(filled()), f"             ! not delivered: {book.WHY}"
    new = NewAlert(trigger_type="memory_usage", trigger_threshold=90, delivery_config_id=2, enabled=True)
    assert told(facts_of_create(CreateAlert(new), store))[2] == warning
    assert told(facts_of_create_delivery(CreateDeliveryConfig(book.SLACK), store)) == [
        "delivers to  #ops webhook ••••••••",
        warning,
    ]
    off = book.FULL.model_copy(update={"enabled": False})
    assert warning in told(facts_of_update(ToggleAlert(off, book.FULL), store))
    assert warning not in told(facts_of_update(ToggleAlert(book.FULL, off), store))
    by_email = NewAlert(trigger_type="hit_rate", delivery_config_id=1, enabled=True)
    assert warning not in told(facts_of_create(CreateAlert(by_email), store))
