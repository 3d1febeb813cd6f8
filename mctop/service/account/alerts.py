"""The alerts of the account, and the delivery configs that say where they are delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.alerts import Alert, DeliveryConfig, NewAlert, NewDeliveryConfig
from mctop.service.account.database import Declined, is_full

if TYPE_CHECKING:
    import sqlite3

MOST_ALERTS, MOST_DELIVERIES = 100, 100
"""Rows of each kind at most, so that no caller of the API can fill the file."""
COLUMNS = "trigger_type, trigger_threshold, delivery_config_id, description, enabled"


class AlertTable:
    """Alerts by id."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def all(self) -> tuple[Alert, ...]:
        """Every alert, oldest first."""
        return tuple(map(_value, self._database.execute("SELECT * FROM alerts ORDER BY id").fetchall()))

    def get(self, alert_id: int) -> Alert:
        """Get one alert; raise Declined."""
        row = self._database.execute("SELECT * FROM alerts WHERE id = ?", (alert_id,)).fetchone()
        if row is None:
            raise Declined("The cache has no alert with this ID.")
        return _value(row)

    def add(self, alert: NewAlert) -> Alert:
        """Add an alert; raise Declined where it is delivered to nothing known, or there are too many."""
        if is_full(self._database, "alerts", MOST_ALERTS):
            raise Declined(f"A cache has at most {MOST_ALERTS} alerts.")
        self._check_delivery(alert)
        added = self._database.execute(f"INSERT INTO alerts ({COLUMNS}) VALUES (?, ?, ?, ?, ?)", _row(alert))
        return self.get(int(added.lastrowid or 0))

    def replace(self, alert: Alert) -> Alert:
        """Replace the alert of the same id; raise Declined."""
        self.get(alert.id)
        self._check_delivery(alert)
        self._database.execute(
            f"UPDATE alerts SET ({COLUMNS}) = (?, ?, ?, ?, ?) WHERE id = ?", (*_row(alert), alert.id)
        )
        return self.get(alert.id)

    def delete(self, alert_id: int) -> None:
        """Delete an alert; raise Declined."""
        self.get(alert_id)
        self._database.execute("DELETE FROM alerts WHERE id = ?", (alert_id,))

    def _check_delivery(self, alert: NewAlert) -> None:
        if alert.delivery_config_id is None:
            return
        config = self._database.execute("SELECT 1 FROM deliveries WHERE id = ?", (alert.delivery_config_id,)).fetchone()
        if config is None:
            raise Declined("The cache has no alert delivery config with this ID.")


def _row(alert: NewAlert) -> tuple[str, float, int | None, str, bool]:
    return (
        alert.trigger_type,
        alert.trigger_threshold,
        alert.delivery_config_id,
        alert.description,
        alert.enabled,
    )


def _value(row: sqlite3.Row) -> Alert:
    return Alert(
        id=row["id"],
        trigger_type=row["trigger_type"],
        trigger_threshold=row["trigger_threshold"],
        delivery_config_id=row["delivery_config_id"],
        description=row["description"],
        enabled=bool(row["enabled"]),
    )


class DeliveryTable:
    """Delivery configs by id."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def all(self) -> tuple[DeliveryConfig, ...]:
        """Every delivery config, oldest first."""
        return tuple(map(_config, self._database.execute("SELECT * FROM deliveries ORDER BY id").fetchall()))

    def get(self, config_id: int) -> DeliveryConfig:
        """Get one delivery config; raise Declined."""
        row = self._database.execute("SELECT * FROM deliveries WHERE id = ?", (config_id,)).fetchone()
        if row is None:
            raise Declined("The cache has no alert delivery config with this ID.")
        return _config(row)

    def add(self, config: NewDeliveryConfig) -> DeliveryConfig:
        """Add a delivery config; raise Declined where there are too many."""
        if is_full(self._database, "deliveries", MOST_DELIVERIES):
            raise Declined(f"A cache has at most {MOST_DELIVERIES} alert delivery configs.")
        slack_url = config.slack_url.get_secret_value() if config.slack_url else ""
        added = self._database.execute(
            "INSERT INTO deliveries (delivery_type, email, slack_url, slack_channel) VALUES (?, ?, ?, ?)",
            (config.delivery_type, config.email, slack_url, config.slack_channel),
        )
        return self.get(int(added.lastrowid or 0))

    def delete(self, config_id: int) -> None:
        """Delete a delivery config; raise Declined while an alert is delivered to it, which would fall silent."""
        self.get(config_id)
        user = self._database.execute("SELECT id FROM alerts WHERE delivery_config_id = ?", (config_id,)).fetchone()
        if user is not None:
            raise Declined(f"The alert delivery config is used by alert {user['id']}.")
        self._database.execute("DELETE FROM deliveries WHERE id = ?", (config_id,))


def _config(row: sqlite3.Row) -> DeliveryConfig:
    return DeliveryConfig.model_validate(dict(row))
