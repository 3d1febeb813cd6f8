"""The rows of the alerts and of the delivery configs."""

from __future__ import annotations

from mctop.api.models.alerts import Alert
from mctop.store.alerts.outlook import AlertOutlook
from mctop.ui.modals.alerts.text import alert_rows, config_rows
from tests.ui.modals.alerts.book import ALERTS, CONFIGS, LOW


def test_a_row_says_when_it_fires_whether_it_would_and_who_hears_of_it() -> None:
    told = [tuple(cell.text for cell in row.cells) for row in alert_rows(ALERTS[::-1], CONFIGS)]
    assert told == [
        ("3", "hit rate below 80 %", "✓ quiet", "93.4 %", "e-mail ops@example.com", "page the web team"),
        ("8", "memory above 60 %", "! would fire", "65.9 %", "Slack #ops", "think about a larger plan"),
        ("12", "hit rate below 55.5 %", "· off", "–", "nobody", "nobody is awake"),
    ]


def test_what_is_not_known_is_not_guessed() -> None:
    unknown = AlertOutlook(LOW, None, fires=None)
    (row,) = alert_rows((unknown,), None)
    assert [cell.text for cell in row.cells[2:5]] == ["? not known", "–", "config 1"]
    assert alert_rows(None, None) == config_rows(None, None) == ()


def test_an_enabled_alert_that_tells_nobody_stands_out() -> None:
    lonely = Alert(id=1, trigger_type="hit_rate", enabled=True)
    rows = alert_rows((AlertOutlook(lonely, 90, fires=False), ALERTS[2]), CONFIGS)
    assert [row.cells[4].tone for row in rows] == ["fair", "muted"]


def test_a_config_is_listed_with_the_alerts_that_use_it_and_without_its_webhook() -> None:
    other = AlertOutlook(LOW.model_copy(update={"id": 40}), 93.4, fires=False)
    told = [tuple(cell.text for cell in row.cells) for row in config_rows(CONFIGS, (ALERTS[0], other))]
    assert told == [
        ("1", "e-mail", "ops@example.com", "alerts 3, 40"),
        ("2", "Slack", "#ops webhook ••••••••", "no alert"),
    ]
    assert [row.cells[3].text for row in config_rows(CONFIGS, None)] == ["–", "–"]
