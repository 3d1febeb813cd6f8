"""The rows of the alerts and of the delivery configs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.badge import FIRES, QUIET, UNKNOWN, Badge
from mctop.ui.format import NOTHING, percent
from mctop.ui.modals.alerts.words import LONGEST, NOBODY, condition, recipient, target
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from mctop.api.models.alerts import DeliveryConfig
    from mctop.store.alerting import AlertOutlook

ALERTS = (
    Column("id", "id", 5),
    Column("alert", "fires when", 21, 27),
    Column("outlook", "now", 12),
    Column("value", "value", 6, align="right", priority=2),
    Column("delivery", "tells", 14, 36),
    Column("description", "description", 11, 60, priority=1),
)
DELIVERIES = (
    Column("id", "id", 5),
    Column("type", "type", 6),
    Column("target", "delivers to", 26, 60),
    Column("users", "used by", 16, 40),
)
DISABLED = Badge("·", "off", "muted")


def alert_rows(alerts: tuple[AlertOutlook, ...] | None, configs: tuple[DeliveryConfig, ...] | None) -> tuple[Row, ...]:
    """A row an alert, in the order of their ids."""
    return tuple(_alert(one, configs) for one in sorted(alerts or (), key=lambda one: one.alert.id))


def config_rows(configs: tuple[DeliveryConfig, ...] | None, alerts: tuple[AlertOutlook, ...] | None) -> tuple[Row, ...]:
    """A row a delivery config, in the order of their ids."""
    return tuple(_config(one, alerts) for one in sorted(configs or (), key=lambda one: one.id))


def users(config: DeliveryConfig, alerts: tuple[AlertOutlook, ...] | None) -> tuple[AlertOutlook, ...]:
    """The alerts that are delivered to it."""
    return tuple(one for one in alerts or () if one.alert.delivery_config_id == config.id)


def _alert(outlook: AlertOutlook, configs: tuple[DeliveryConfig, ...] | None) -> Row:
    alert = outlook.alert
    badge = UNKNOWN if outlook.fires is None else FIRES if outlook.fires else QUIET
    badge = badge if alert.enabled else DISABLED
    told = recipient(alert.delivery_config_id, configs)
    lost = told == NOBODY and alert.enabled
    return Row(
        str(alert.id),
        (
            Cell(Clean(str(alert.id)), "muted"),
            Cell(condition(alert.trigger_type, alert.trigger_threshold)),
            Cell(Clean(badge.text), badge.tone),
            Cell(Clean(percent(outlook.value)), value=outlook.value),
            Cell(told, "fair" if lost else "muted" if told == NOBODY else ""),
            Cell(clean(alert.description, 2 * LONGEST), "muted"),
        ),
    )


def _config(config: DeliveryConfig, alerts: tuple[AlertOutlook, ...] | None) -> Row:
    kind = "e-mail" if config.delivery_type == "email" else config.delivery_type.replace("slack", "Slack")
    ids = ", ".join(str(one.alert.id) for one in users(config, alerts))
    used = NOTHING if alerts is None else f"alert {ids}" if ids else "no alert"
    return Row(
        str(config.id),
        (
            Cell(Clean(str(config.id)), "muted"),
            Cell(clean(kind, LONGEST)),
            Cell(target(config)),
            Cell(Clean(used.replace("alert ", "alerts ", 1) if "," in ids else used), "" if ids else "muted"),
        ),
    )
