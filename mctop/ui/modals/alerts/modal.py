"""The modal of the alerts, above the delivery configs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from mctop.store.changes.alert_changes import (
    CreateAlert,
    CreateDeliveryConfig,
    DeleteAlert,
    DeleteDeliveryConfig,
    ToggleAlert,
    UpdateAlert,
)
from mctop.ui.modals.alerts.draft import AlertDraft, DeliveryDraft, draft_of, draft_of_delivery
from mctop.ui.modals.alerts.text import (
    ALERTS,
    DELIVERIES,
    alert_rows,
    cautions,
    config_rows,
    facts_of_create,
    facts_of_create_delivery,
    facts_of_delete,
    facts_of_delete_delivery,
    facts_of_update,
)
from mctop.ui.modals.list_dialog import ListDialog, Listed, titled
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.widgets.panel import SlicePanel
from mctop.ui.words.runs import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from mctop.api.models.alerts import Alert, DeliveryConfig
    from mctop.store.base.clock import Clock
    from mctop.store.changes.change import Change
    from mctop.store.store import Store
    from mctop.ui.modals.alerts.form import Form, TypedChange
    from mctop.ui.modals.alerts.forms import EditAlertForm, NewAlertForm
    from mctop.ui.modals.dialog import ChangingApp
    from mctop.ui.registry.commands import Command
    from mctop.ui.registry.options import UiOptions


NO_ALERTS = "no alerts · n creates one"
NO_DELIVERIES = "alerts are delivered to nobody · N creates a delivery config"


class AlertTables(ListDialog):
    """Lists both; a subclass says what can be done to them."""

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(titled("Alerts", store, options), store, clock)
        self._alerts, self._deliveries = Listed(ALERTS), Listed(DELIVERIES)
        self._upper = SlicePanel("Alerts of this cache", self._alerts, store.alerts, store, id="alerts")
        self._lower = SlicePanel("Delivery configs", self._deliveries, store.deliveries, store, id="deliveries")
        self.tables = (self._upper, self._lower)

    @property
    def is_below(self) -> bool:
        """Whether the delivery configs have the keys."""
        return self.focused is self._deliveries

    @property
    def alert(self) -> Alert | None:
        """The alert under the cursor."""
        row, outlooks = self._alerts.chosen, self.store.alerts.value.value or ()
        alerts = (outlook.alert for outlook in outlooks)
        return next((alert for alert in alerts if row is not None and str(alert.id) == row.key), None)

    @property
    def config(self) -> DeliveryConfig | None:
        """The delivery config under the cursor."""
        row, configs = self._deliveries.chosen, self.store.deliveries.value.value or ()
        return next((config for config in configs if row is not None and str(config.id) == row.key), None)

    def follow_topics(self) -> None:
        """The alerts, the delivery configs, and what may be done to them."""
        self.follow_slice(self.store.alerts, self._list)
        self.follow_slice(self.store.deliveries, self._list)
        self.when_hidden(self.store.cache.value.follow(self._list))
        for topic in (self.store.cache.value, self.store.cache_id, self.store.api):
            self.when_hidden(topic.follow(self._settle))

    def _list(self, changed: object) -> None:
        alerts, configs = self.store.alerts.value.value, self.store.deliveries.value.value
        info = self.store.cache.value.value
        self._alerts.shown = alert_rows(alerts, configs, info)
        self._deliveries.shown = config_rows(configs, alerts, info)
        enabled = [outlook for outlook in alerts or () if outlook.alert.enabled]
        firing = sum(outlook.fires is True for outlook in enabled)
        self._upper.notes = (f"{len(enabled)} of {len(alerts)} on · {firing} would fire now",) if alerts else ()
        self._upper.lacks, self._lower.lacks = "" if alerts else NO_ALERTS, "" if configs else NO_DELIVERIES

    def _settle(self, changed: object) -> None:
        self.settle()


CHANGES: dict[str, type[Change]] = {
    "alerts.new": CreateAlert, "alerts.edit": UpdateAlert, "alerts.toggle": ToggleAlert,
    "alerts.new-delivery": CreateDeliveryConfig,
}  # fmt: skip
"""The kinds of change that commands make; what deleting deletes depends on the table."""
CREATING = frozenset({"alerts.new", "alerts.new-delivery"})
"""Commands that need no row under the cursor."""
OF_AN_ALERT = frozenset({"edit", "switch_alert"})
"""Actions that a delivery config has not: the API can do neither to one."""


class AlertsModal(AlertTables):
    """Changes nothing itself: what is to be changed is typed and asked in dialogs of its own."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.ALERTS)]

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        self._options = options
        self._alert_draft, self._delivery_draft = AlertDraft(), DeliveryDraft()
        self._edited: tuple[Alert, AlertDraft] | None = None
        """What was typed last, for one who does not confirm it and types on."""

    def why_off(self, command: Command) -> str | None:
        """Why it cannot be done."""
        kind = CHANGES.get(command.id)
        if command.id == "alerts.delete":
            kind = DeleteDeliveryConfig if self.is_below else DeleteAlert
        if kind is None:
            return None
        chosen = command.id in CREATING or (self.config if self.is_below else self.alert) is not None
        return self._unavailable(kind) or (None if chosen else "nothing under the cursor")

    def judge(self, now: float) -> None:
        """Say why nothing can be changed, and why nobody is told."""
        store, unavailable = self.store, self._unavailable(CreateAlert)
        refused = ((Run(f"✗ {unavailable}", "fair"),),) if unavailable else ()
        self.about.text = (*refused, *cautions(store.deliveries.value.value, store.cache.value.value))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A delivery config can be neither edited nor switched."""
        if action in OF_AN_ALERT and self.is_below:
            return False
        return super().check_action(action, parameters)

    def action_new(self) -> None:
        """Let an alert be typed."""
        from mctop.ui.modals.alerts.forms import NewAlertForm

        drafts = {draft_of(outlook.alert) for outlook in self.store.alerts.value.value or ()}
        form = NewAlertForm(self.store, AlertDraft() if self._alert_draft in drafts else self._alert_draft)
        self._open(CreateAlert, form, partial(self._alert_typed, form))

    def action_edit(self) -> None:
        """Let the alert under the cursor be changed."""
        from mctop.ui.modals.alerts.forms import EditAlertForm

        if (alert := self.alert) is not None:
            draft = self._edited[1] if self._edited and self._edited[0] == alert else draft_of(alert)
            form = EditAlertForm(self.store, draft, alert)
            self._open(UpdateAlert, form, partial(self._alert_edited, form))

    def action_switch_alert(self) -> None:
        """Ask whether to enable the alert under the cursor, or to disable it."""
        if (alert := self.alert) is not None:
            change = ToggleAlert(alert, alert.model_copy(update={"enabled": not alert.enabled}))
            self._mctop.propose(change, facts_of_update(change, self.store))

    def action_delete(self) -> None:
        """Ask whether to delete what is under the cursor."""
        if self.is_below:
            if (config := self.config) is not None:
                deletion = DeleteDeliveryConfig(config)
                self._mctop.propose(deletion, facts_of_delete_delivery(deletion, self.store))
        elif (alert := self.alert) is not None:
            change = DeleteAlert(alert)
            self._mctop.propose(change, facts_of_delete(change, self.store))

    def action_new_delivery(self) -> None:
        """Let a delivery config be typed."""
        from mctop.ui.modals.alerts.forms import DeliveryForm

        drafts = {draft_of_delivery(config) for config in self.store.deliveries.value.value or ()}
        form = DeliveryForm(self.store, DeliveryDraft() if self._delivery_draft in drafts else self._delivery_draft)
        self._open(CreateDeliveryConfig, form, self._delivery_typed)

    @property
    def _mctop(self) -> ChangingApp:
        return cast("ChangingApp", self.app)

    def _unavailable(self, kind: type[Change]) -> str | None:
        return kind.unavailable(self.store, read_only=self._options.read_only)

    def _open(self, kind: type[Change], form: Form[TypedChange], typed: Callable[[TypedChange], None]) -> None:
        """Let something be typed, unless that would be for nothing; nothing is meant where the form only closes."""
        if (reason := self._unavailable(kind)) is not None:
            self.notify(reason, severity="warning", markup=False)
        else:
            self.app.push_screen(form, lambda change: self._forget_edit() if change is None else typed(change))

    def _forget_edit(self) -> None:
        self._edited = None

    def _alert_typed(self, form: NewAlertForm, change: CreateAlert) -> None:
        self._alert_draft = draft_of(change.alert)
        self._mctop.propose(change, facts_of_create(change, self.store, form.test))

    def _alert_edited(self, form: EditAlertForm, change: UpdateAlert) -> None:
        self._edited = (change.alert, draft_of(change.after))
        self._mctop.propose(change, facts_of_update(change, self.store, form.test))

    def _delivery_typed(self, change: CreateDeliveryConfig) -> None:
        self._delivery_draft = draft_of_delivery(change.config)
        self._mctop.redactor.register(self._delivery_draft.webhook)
        self._mctop.propose(change, facts_of_create_delivery(change, self.store))
