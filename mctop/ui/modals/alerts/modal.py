"""The alerts above the delivery configs, and which of them is under the cursor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from mctop.store.changes.intents import (
    CreateAlert,
    CreateDeliveryConfig,
    DeleteAlert,
    DeleteDeliveryConfig,
    Intent,
    ToggleAlert,
    UpdateAlert,
)
from mctop.store.changes.permission import why_not
from mctop.ui.app.change_flow import propose
from mctop.ui.modals.alerts.draft import AlertDraft, DeliveryDraft, draft_of, draft_of_delivery
from mctop.ui.modals.alerts.text import ALERTS, DELIVERIES, alert_rows, config_rows, facts
from mctop.ui.modals.list_dialog import ListDialog, Listed, titled
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.renderables.runs import Run
from mctop.ui.widgets.panel import SlicePanel

if TYPE_CHECKING:
    from textual.binding import BindingType

    from mctop.api.models.alerts import Alert, DeliveryConfig
    from mctop.store.alerts.backtest import BackTest
    from mctop.store.base.clock import Clock
    from mctop.store.store import Store
    from mctop.ui.app.app import Mctop
    from mctop.ui.modals.alerts.form import Form
    from mctop.ui.registry.commands import Command
    from mctop.ui.registry.options import UiOptions


NO_ALERTS = "no alerts · n creates one"
NO_DELIVERIES = "alerts are delivered to nobody · N creates a delivery config"


class Tables(ListDialog):
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
        row, known = self._alerts.chosen, self.store.alerts.value.value or ()
        return next((one.alert for one in known if row is not None and str(one.alert.id) == row.key), None)

    @property
    def config(self) -> DeliveryConfig | None:
        """The delivery config under the cursor."""
        row, known = self._deliveries.chosen, self.store.deliveries.value.value or ()
        return next((one for one in known if row is not None and str(one.id) == row.key), None)

    def follow_topics(self) -> None:
        """The alerts, the delivery configs, and what may be done to them."""
        self.follow_slice(self.store.alerts, self._list)
        self.follow_slice(self.store.deliveries, self._list)
        for topic in (self.store.cache.value, self.store.actions, self.store.api):
            self.when_hidden(topic.follow(self._settle))

    def _list(self, changed: object) -> None:
        alerts, configs = self.store.alerts.value.value, self.store.deliveries.value.value
        self._alerts.shown, self._deliveries.shown = alert_rows(alerts, configs), config_rows(configs, alerts)
        enabled = [one for one in alerts or () if one.alert.enabled]
        firing = sum(one.fires is True for one in enabled)
        self._upper.notes = (f"{len(enabled)} of {len(alerts)} on · {firing} would fire now",) if alerts else ()
        self._upper.lacks, self._lower.lacks = "" if alerts else NO_ALERTS, "" if configs else NO_DELIVERIES

    def _settle(self, changed: object) -> None:
        self.settle()


INTENTS: dict[str, type[Intent]] = {
    "alerts.new": CreateAlert, "alerts.edit": UpdateAlert, "alerts.toggle": ToggleAlert,
    "alerts.new-delivery": CreateDeliveryConfig,
}  # fmt: skip
"""What the commands that change something are for; what deleting is for depends on the table."""
NEW = (CreateAlert, CreateDeliveryConfig)
OF_AN_ALERT = frozenset({"edit", "switch_alert"})


class Alerts(Tables):
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
        intent = INTENTS.get(command.id)
        if command.id == "alerts.delete":
            intent = DeleteDeliveryConfig if self.is_below else DeleteAlert
        if intent is None:
            return None
        chosen = intent in NEW or (self.config if self.is_below else self.alert) is not None
        return self._why_not(intent) or (None if chosen else "nothing under the cursor")

    def judge(self, now: float) -> None:
        """Say why nothing can be changed."""
        reason = self._why_not(CreateAlert)
        self.about.text = ((Run(f"✗ {reason}", "fair"),),) if reason else ()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A delivery config can be neither edited nor switched: the API cannot."""
        if action in OF_AN_ALERT and self.is_below:
            return False
        return super().check_action(action, parameters)

    def action_new(self) -> None:
        """Let an alert be typed."""
        from mctop.ui.modals.alerts.forms import AlertForm

        known = {draft_of(one.alert) for one in self.store.alerts.value.value or ()}
        draft = AlertDraft() if self._alert_draft in known else self._alert_draft
        self._open(CreateAlert, AlertForm(self.store, draft))

    def action_edit(self) -> None:
        """Let the alert under the cursor be changed."""
        from mctop.ui.modals.alerts.forms import AlertForm

        if (alert := self.alert) is not None:
            draft = self._edited[1] if self._edited and self._edited[0] == alert else draft_of(alert)
            self._open(UpdateAlert, AlertForm(self.store, draft, alert))

    def action_switch_alert(self) -> None:
        """Ask whether to enable the alert under the cursor, or to disable it."""
        if (alert := self.alert) is not None:
            self._propose(ToggleAlert(alert, alert.model_copy(update={"enabled": not alert.enabled})))

    def action_delete(self) -> None:
        """Ask whether to delete what is under the cursor."""
        if self.is_below:
            if (config := self.config) is not None:
                self._propose(DeleteDeliveryConfig(config))
        elif (alert := self.alert) is not None:
            self._propose(DeleteAlert(alert))

    def action_new_delivery(self) -> None:
        """Let a delivery config be typed."""
        from mctop.ui.modals.alerts.forms import DeliveryForm

        known = {draft_of_delivery(one) for one in self.store.deliveries.value.value or ()}
        draft = DeliveryDraft() if self._delivery_draft in known else self._delivery_draft
        self._open(CreateDeliveryConfig, DeliveryForm(draft))

    def _why_not(self, kind: type[Intent]) -> str | None:
        return why_not(kind, self.store, read_only=self._options.read_only)

    def _open(self, kind: type[Intent], form: Form) -> None:
        """Let something be typed, unless that would be for nothing."""
        if (reason := self._why_not(kind)) is not None:
            self.notify(reason, severity="warning", markup=False)
        else:
            self.app.push_screen(form, partial(self._typed, form))

    def _typed(self, form: Form, intent: Intent | None) -> None:
        match intent:
            case None:
                self._edited = None
                return
            case UpdateAlert(before=before, after=after):
                self._edited = (before, draft_of(after))
            case CreateAlert(alert=alert):
                self._alert_draft = draft_of(alert)
            case CreateDeliveryConfig(config=config):
                self._delivery_draft = draft_of_delivery(config)
                cast("Mctop", self.app).redactor.register(self._delivery_draft.webhook)
        self._propose(intent, form.found)

    def _propose(self, intent: Intent, found: BackTest | None = None) -> None:
        propose(cast("Mctop", self.app), intent, facts(intent, self.store, found))
