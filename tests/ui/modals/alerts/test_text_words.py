"""Alerts in words."""

from __future__ import annotations

from mctop.api.models.alerts import Alert, DeliveryConfig
from mctop.store.alerts.backtest import BackTest, Stretch
from mctop.store.base.window import DAY
from mctop.store.store import Store
from mctop.ui.modals.alerts.text import (
    backtested,
    changes,
    condition,
    described,
    number,
    recipient,
    target,
    unknown,
    verdicts,
)
from tests.ui.modals.alerts.book import CONFIGS, EMAIL, FULL, LOW, SLACK, fill

NEVER, ONCE = BackTest(covered=DAY), BackTest((Stretch(0, 2_100),), 20_700, 65_700)
OFTEN = BackTest((Stretch(0, 1_320), Stretch(4_000, 4_600), Stretch(9_000, 9_540)), DAY - 7_200, 7_200)


def test_a_condition_says_on_which_side_it_fires() -> None:
    assert condition("hit_rate", 80) == "hit rate below 80 %"
    assert condition("memory_usage", 99.5) == "memory above 99.5 %"
    assert condition("\x1b[31m", 5) == "^[[31m 5 %"


def test_numbers_are_exact() -> None:
    assert [number(value) for value in (80.0, 55.5, 33.333333333333336)] == ["80", "55.5", "33.333333333333336"]


def test_a_target_is_told_and_a_webhook_is_not() -> None:
    assert target(EMAIL) == "ops@example.com"
    assert target(SLACK) == "#ops webhook ••••••••"
    assert target(DeliveryConfig(id=1, delivery_type="slack", slack_channel="#ops")) == "#ops webhook not told"


def test_a_recipient_is_told_by_its_config() -> None:
    told = [recipient(one, CONFIGS) for one in (None, 0, 1, 2, 9)]
    assert told == ["nobody", "nobody", "e-mail ops@example.com", "Slack #ops", "config 9"]
    assert recipient(1, None) == "config 1"


def test_the_back_test_is_one_sentence() -> None:
    assert verdicts(OFTEN)[0] == "would have fired 3 times in the last 24h, 41m in all, longest 22m"
    assert verdicts(OFTEN)[1] == "would have fired 3 times in the last 24h, 41m in all"
    assert verdicts(ONCE) == ("would have fired once in the last 24h, for 35m",)
    assert verdicts(NEVER) == ("would not have fired in the last 24h",)
    assert verdicts(BackTest(uncovered=DAY)) == ("nothing to test it on: no data for the last 24h",)


def test_what_is_not_known_is_said() -> None:
    assert [unknown(one) for one in (OFTEN, NEVER, BackTest(uncovered=DAY))] == ["no data for 2h", "", ""]
    assert len(backtested(OFTEN)) == 2
    assert [run.text for run in backtested(OFTEN)[0]][1] == verdicts(OFTEN)[1]
    assert backtested(None) == ()


def test_changes_are_told_before_and_after() -> None:
    after = Alert.model_validate({**LOW.model_dump(), "trigger_threshold": 75, "enabled": False, "description": ""})
    told = ["".join(run.text for run in line) for line in changes(LOW, after, CONFIGS)]
    assert told == [
        "fires        hit rate below 80 % → hit rate below 75 %",
        "is           enabled → disabled",
        "description  page the web team → none",
    ]
    assert changes(LOW, LOW, CONFIGS) == ()


def test_an_alert_is_described() -> None:
    store = Store()
    fill(store)
    told = ["".join(run.text for run in line) for line in described(FULL, store)]
    assert told == ["fires        memory above 60 %", "tells        Slack #ops", "is           enabled"]
