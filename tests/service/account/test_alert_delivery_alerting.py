"""When an alert fires, and when it is clear again."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from mctop.api.models.alerts import Alert, DeliveryConfig, NewAlert, NewDeliveryConfig
from mctop.service.account import Account, open_account
from mctop.service.account.alert_delivery import Alarm
from mctop.service.base.backend import BucketSpan
from tests.service.fakebackend import NOW, FakeBackend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mctop.service.account.alert_delivery import Message


@dataclass
class Watch:
    """An alarm over a fake cache, and the messages it delivered."""

    account: Account
    backend: FakeBackend = field(default_factory=FakeBackend)
    told: list[tuple[int, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.alarm = Alarm(self.backend, self.account, self.deliver)
        self.config = self.account.deliveries.add(NewDeliveryConfig(delivery_type="email", email="ops@example.com"))

    async def deliver(self, config: DeliveryConfig, message: Message) -> None:
        assert config == self.config
        self.told.append((message.alert_id, message.fires))

    def alert(self, trigger_type: str, threshold: float, *, enabled: bool = True) -> Alert:
        return self.account.alerts.add(
            NewAlert(
                trigger_type=trigger_type,
                trigger_threshold=threshold,
                delivery_config_id=self.config.id,
                enabled=enabled,
            )
        )

    async def minute(self, **values: float | None) -> None:
        self.backend.values.update(values)
        await self.alarm.check()


@pytest.fixture
def watch() -> Iterator[Watch]:
    account = open_account(7, "USER", "secret")
    yield Watch(account)
    account.close()


async def test_an_alert_fires_once_when_it_crosses_and_clears_once_when_it_is_back(watch: Watch) -> None:
    low = watch.alert("hit_rate", 80)
    for hit_rate in (0.9, 0.79, 0.5, 0.79, 0.8, 0.9):
        await watch.minute(hit_rate=hit_rate)
    assert watch.told == [(low.id, True), (low.id, False)]


async def test_memory_usage_fires_above_its_threshold(watch: Watch) -> None:
    full = watch.alert("memory_usage", 90)
    for used in (90.0, 90.1, 110.0, 20.0):
        await watch.minute(bytes=used)
    assert watch.told == [(full.id, True), (full.id, False)]


async def test_a_minute_without_traffic_neither_fires_nor_clears(watch: Watch) -> None:
    low = watch.alert("hit_rate", 80)
    await watch.minute(hit_rate=None)
    assert watch.told == []
    await watch.minute(hit_rate=0.5)
    await watch.minute(hit_rate=None)
    await watch.minute(hit_rate=0.5)
    assert watch.told == [(low.id, True)]


async def test_a_disabled_or_deleted_alert_is_silent(watch: Watch) -> None:
    watch.alert("hit_rate", 80, enabled=False)
    gone = watch.alert("hit_rate", 80)
    watch.account.alerts.delete(gone.id)
    await watch.minute(hit_rate=0.1)
    assert watch.told == []


async def test_only_the_last_complete_minute_counts(watch: Watch) -> None:
    watch.alert("hit_rate", 80)
    await watch.alarm.check()
    end = int(NOW) // 60 * 60
    assert set(watch.backend.spans) == {BucketSpan(end - 60, end, 60)}


async def test_that_an_alert_fires_is_one_printable_line_in_the_log(
    watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    watch.account.alerts.add(
        NewAlert(trigger_type="hit_rate", trigger_threshold=80, description="\x1b[31m\nLow.", enabled=True)
    )
    with caplog.at_level(logging.WARNING):
        await watch.minute(hit_rate=0.5)
    (record,) = caplog.records
    assert record.getMessage() == "alert 1 fires on shop: hit rate is 50.0 % (threshold 80 %)  [31m Low."
