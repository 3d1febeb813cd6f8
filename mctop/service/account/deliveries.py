"""The delivery configs of the account: e-mail addresses and Slack webhooks for alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.alerts import DeliveryConfig, NewDeliveryConfig
from mctop.service.account.database import Declined, is_full

if TYPE_CHECKING:
    import sqlite3

MOST = 100


class DeliveryTable:
    """Delivery configs by id."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def all(self) -> tuple[DeliveryConfig, ...]:
        """Every delivery config, oldest first."""
        return tuple(map(_value, self._database.execute("SELECT * FROM deliveries ORDER BY id").fetchall()))

    def get(self, config_id: int) -> DeliveryConfig:
        """Get one delivery config; raise Declined."""
        row = self._database.execute("SELECT * FROM deliveries WHERE id = ?", (config_id,)).fetchone()
        if row is None:
            raise Declined("The cache has no alert delivery config with this ID.")
        return _value(row)

    def add(self, config: NewDeliveryConfig) -> DeliveryConfig:
        """Add a delivery config; raise Declined where there are too many."""
        if is_full(self._database, "deliveries", MOST):
            raise Declined(f"A cache has at most {MOST} alert delivery configs.")
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


def _value(row: sqlite3.Row) -> DeliveryConfig:
    return DeliveryConfig.model_validate(dict(row))
