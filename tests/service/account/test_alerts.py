"""The alerts and delivery configs of an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.api.models.alerts import NewAlert, NewDeliveryConfig
from mctop.service.account import Account, open_account
from mctop.service.account.database import Declined

if TYPE_CHECKING:
    from collections.abc import Iterator

EMAIL = NewDeliveryConfig(delivery_type="email", email="ops@example.com")


@pytest.fixture
def account() -> Iterator[Account]:
    account = open_account(7, "USER", "secret")
    yield account
    account.close()


def test_an_alert_comes_back_as_it_was_added(account: Account) -> None:
    config = account.deliveries.add(EMAIL)
    wanted = NewAlert(trigger_type="hit_rate", trigger_threshold=62.5, delivery_config_id=config.id, enabled=True)
    added = account.alerts.add(wanted)
    assert account.alerts.all() == (added,)
    assert NewAlert.model_validate(added.model_dump()) == wanted


def test_an_alert_is_delivered_only_to_a_config_that_exists(account: Account) -> None:
    with pytest.raises(Declined, match="delivery config"):
        account.alerts.add(NewAlert(trigger_type="hit_rate", delivery_config_id=9))
    added = account.alerts.add(NewAlert(trigger_type="hit_rate"))
    with pytest.raises(Declined, match="delivery config"):
        account.alerts.replace(added.model_copy(update={"delivery_config_id": 9}))


def test_a_delivery_config_in_use_is_not_deleted(account: Account) -> None:
    config = account.deliveries.add(EMAIL)
    alert = account.alerts.add(NewAlert(trigger_type="hit_rate", delivery_config_id=config.id))
    with pytest.raises(Declined, match=f"used by alert {alert.id}"):
        account.deliveries.delete(config.id)
    account.alerts.delete(alert.id)
    account.deliveries.delete(config.id)
    assert account.deliveries.all() == ()


def test_the_id_of_a_deleted_alert_is_not_given_again(account: Account) -> None:
    first = account.alerts.add(NewAlert(trigger_type="hit_rate"))
    account.alerts.delete(first.id)
    assert account.alerts.add(NewAlert(trigger_type="hit_rate")).id > first.id
