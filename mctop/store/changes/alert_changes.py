"""The changes to alerts, and to the delivery configs that say where they are delivered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mctop.api.errors import NotFound
from mctop.store.changes.change import Change, Tier
from mctop.store.changes.outcome import DONE, UNKNOWN, Outcome, Result
from mctop.store.changes.read_back import Comparison, has_values, row_changed, row_created, row_deleted, row_moved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.api.client import Client
    from mctop.api.models.alerts import Alert, DeliveryConfig, NewAlert, NewDeliveryConfig
    from mctop.api.models.value import Rows
    from mctop.store.changes.change import AnySlice
    from mctop.store.changes.read_back import Witness
    from mctop.store.store import Store


class AlertChange(Change):
    """A change to the alerts or the delivery configs."""

    __slots__ = ()

    def affected(self, store: Store) -> tuple[AnySlice, ...]:
        """The alerts and the delivery configs too."""
        return (store.cache, store.stats, store.alerts, store.deliveries)


@dataclass(frozen=True, slots=True)
class CreateAlert(AlertChange):
    """Create an alert."""

    alert: NewAlert
    TIER, VERB, TITLE, NOTE = Tier.SHOW, "Create", "Create an alert", "alert created"
    MADE, NOT_MADE = "the alert was created", "the alert was not created"
    MARKED_BY_POLL = True

    @property
    def subject(self) -> str:
        """Its description."""
        return self.alert.description

    async def send(self, client: Client) -> Outcome:
        """Create it; the detail is its id."""
        return Outcome(Result.DONE, detail=f"{(await client.create_alert(self.alert)).id}")

    def witness(self, client: Client) -> Witness:
        """The list of alerts."""
        is_it = partial(has_values, sent=self.alert)
        return Comparison(client.alerts, partial(row_created, is_it, lambda alert: alert.id))


@dataclass(frozen=True, slots=True)
class ListedAlertChange(AlertChange):
    """A change to one alert, which is `alert` as the person saw it."""

    alert: Alert
    MARKED_BY_POLL = True

    @property
    def subject(self) -> str:
        """Its id and description."""
        return f"{self.alert.id} {self.alert.description}".strip()

    def moved(self, store: Store) -> str | None:
        """Compare it with the list, if there is one."""
        outlooks = store.alerts.value.value
        return None if outlooks is None else self.moved_in(outlook.alert for outlook in outlooks)

    def moved_in(self, alerts: Iterable[Alert]) -> str | None:
        """Compare it with a list."""
        return row_moved("alert", alerts, self.is_it, lambda alert: alert == self.alert)

    def is_it(self, alert: Alert) -> bool:
        """Whether this is the one that it acts on."""
        return alert.id == self.alert.id


@dataclass(frozen=True, slots=True)
class UpdateAlert(ListedAlertChange):
    """Replace an alert by another."""

    after: Alert
    TIER, VERB, TITLE, NOTE = Tier.SHOW, "Change", "Change an alert", "alert changed"
    MADE, NOT_MADE = "alert {} was changed", "alert {} was not changed"

    async def send(self, client: Client) -> Outcome:
        """Send the whole alert; the answer must be the same."""
        return DONE if await client.update_alert(self.after) == self.after else UNKNOWN

    def witness(self, client: Client) -> Witness:
        """That alert alone."""
        judge = partial(row_changed, self.is_it, lambda alert: alert == self.after)
        return Comparison(partial(self._read, client), judge, lambda rows: self.moved_in(rows.items))

    async def _read(self, client: Client) -> Rows[Alert]:
        """The alert as a list, empty where the API knows it no more."""
        from mctop.api.models.value import Rows

        try:
            return Rows(items=(await client.alert(self.alert.id),))
        except NotFound:
            return Rows()


@dataclass(frozen=True, slots=True)
class ToggleAlert(UpdateAlert):
    """Enable an alert that is not, or disable one that is; `after` differs in that alone."""

    TIER, VERB, TITLE, NOTE = Tier.CONFIRM, "Toggle", "Enable or disable an alert", "alert toggled"
    MADE, NOT_MADE = "alert {} was switched", "alert {} was not switched"


@dataclass(frozen=True, slots=True)
class DeleteAlert(ListedAlertChange):
    """Delete an alert."""

    TIER, VERB, TITLE, NOTE = Tier.SHOW, "Delete", "Delete an alert", "alert deleted"
    MADE, NOT_MADE = "alert {} is deleted", "alert {} is not deleted"

    async def send(self, client: Client) -> Outcome:
        """Delete it."""
        await client.delete_alert(self.alert.id)
        return DONE

    def witness(self, client: Client) -> Witness:
        """The list of alerts."""
        return Comparison(client.alerts, partial(row_deleted, self.is_it), lambda rows: self.moved_in(rows.items))


@dataclass(frozen=True, slots=True)
class CreateDeliveryConfig(AlertChange):
    """Create a delivery config."""

    config: NewDeliveryConfig
    TIER, VERB, TITLE, NOTE = Tier.SHOW, "Create", "Create a delivery config", "delivery config created"
    MADE, NOT_MADE = "delivery to {} was set up", "delivery to {} was not set up"

    @property
    def subject(self) -> str:
        """Where it delivers to."""
        return self.config.email or self.config.slack_channel

    async def send(self, client: Client) -> Outcome:
        """Create it; the detail is its id."""
        return Outcome(Result.DONE, detail=f"{(await client.create_delivery_config(self.config)).id}")

    def witness(self, client: Client) -> Witness:
        """The list of delivery configs."""
        is_it = partial(has_values, sent=self.config)
        return Comparison(client.delivery_configs, partial(row_created, is_it, lambda config: config.id))


@dataclass(frozen=True, slots=True)
class DeleteDeliveryConfig(AlertChange):
    """Delete a delivery config, which is `config` as the person saw it."""

    config: DeliveryConfig
    TIER, VERB, TITLE, NOTE = Tier.SHOW, "Delete", "Delete a delivery config", "delivery config deleted"
    MADE, NOT_MADE = "delivery config {} is deleted", "delivery config {} is not deleted"

    @property
    def subject(self) -> str:
        """Its id, and where it delivers to."""
        return f"{self.config.id} {self.config.email or self.config.slack_channel}".strip()

    def moved(self, store: Store) -> str | None:
        """Compare it with the list, if there is one."""
        configs = store.deliveries.value.value
        return None if configs is None else self._moved_in(configs)

    async def send(self, client: Client) -> Outcome:
        """Delete it."""
        await client.delete_delivery_config(self.config.id)
        return DONE

    def witness(self, client: Client) -> Witness:
        """The list of delivery configs."""
        judge = partial(row_deleted, self._is_it)
        return Comparison(client.delivery_configs, judge, lambda rows: self._moved_in(rows.items))

    def _moved_in(self, configs: Iterable[DeliveryConfig]) -> str | None:
        return row_moved("delivery config", configs, self._is_it, lambda config: config == self.config)

    def _is_it(self, config: DeliveryConfig) -> bool:
        return config.id == self.config.id
