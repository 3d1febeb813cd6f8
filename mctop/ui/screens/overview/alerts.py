"""The enabled alerts, and which of them would fire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.badge import FIRES, QUIET, UNKNOWN
from mctop.ui.format import percent
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from mctop.store.alerting import AlertOutlook

ALERT_COLUMNS = (
    Column("alert", "alert", 19, 40),
    Column("now", "now", 6, align="right", priority=1),
    Column("outlook", "outlook", 12),
    Column("description", "description", 12, 40, priority=2),
)
WORDS = {"hit_rate": "hit rate below", "memory_usage": "memory above"}


def enabled(alerts: tuple[AlertOutlook, ...] | None) -> tuple[AlertOutlook, ...] | None:
    """The alerts that are enabled; None while they are not known."""
    return None if alerts is None else tuple(one for one in alerts if one.alert.enabled)


def alert_rows(alerts: tuple[AlertOutlook, ...]) -> tuple[Row, ...]:
    """One row an alert; those that would fire first."""
    return tuple(_row(one) for one in sorted(alerts, key=lambda one: (one.fires is not True, one.alert.id)))


def note(alerts: tuple[AlertOutlook, ...]) -> str:
    """How many are enabled."""
    return f"{len(alerts)} enabled" if alerts else ""


def _row(outlook: AlertOutlook) -> Row:
    alert = outlook.alert
    verdict = UNKNOWN if outlook.fires is None else FIRES if outlook.fires else QUIET
    words = WORDS.get(alert.trigger_type, alert.trigger_type)
    return Row(
        f"{alert.id}",
        (
            Cell(clean(f"{words} {alert.trigger_threshold:g} %", 60)),
            Cell(Clean(percent(outlook.value)), value=outlook.value),
            Cell(Clean(verdict.text), verdict.tone),
            Cell(clean(alert.description, 80), "muted"),
        ),
    )
