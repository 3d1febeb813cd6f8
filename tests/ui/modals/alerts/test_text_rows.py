"""The rows of the alerts and of the delivery configs."""

from __future__ import annotations

from mctop.api.models.alerts import Alert
from mctop.api.models.cache import CacheInfo, Grade
from mctop.api.models.exactness import Exactness
from mctop.store.alerts.outlook import AlertOutlook
from mctop.store.store import Store
from mctop.ui.modals.alerts.text import alert_rows, cautions, config_rows
from tests.ui.modals.alerts.book import ALERTS, CONFIGS, LOW, WHY, fill, without_slack


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


def test_what_is_not_delivered_is_marked_in_both_lists_and_explained_once() -> None:
    store = Store()
    fill(store)
    info = without_slack(store).cache.value.value
    marked = [(row.cells[4].text, row.cells[4].tone) for row in alert_rows(ALERTS, CONFIGS, info)]
    assert marked == [("e-mail ops@example.com", ""), ("✗ Slack #ops", "fair"), ("nobody", "muted")]
    assert [row.cells[2].text for row in config_rows(CONFIGS, ALERTS, info)] == [
        "ops@example.com",
        "✗ #ops webhook ••••••••",
    ]
    lines = ["".join(run.text for run in line) for line in cautions((*CONFIGS, CONFIGS[1]), info)]
    assert lines == [f"✗ Slack is not delivered: {WHY}"]
    assert cautions(CONFIGS, None) == cautions((), info) == ()


def test_alerts_that_are_not_judged_are_said_to_be() -> None:
    grade = Grade(of="alerts", grade=Exactness.APPROXIMATE, note="not judged: mctop failed")
    (line,) = cautions(None, CacheInfo(id=1, grades=(grade,)))
    assert line[0].text == "✗ alerts are not judged: mctop failed"
