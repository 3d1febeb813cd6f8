"""The modal of the alerts and the delivery configs: keys to create, edit, toggle and delete them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from mctop.store.intents import (
    CreateAlert,
    CreateDeliveryConfig,
    DeleteAlert,
    DeleteDeliveryConfig,
    Intent,
    ToggleAlert,
    UpdateAlert,
)
from mctop.store.permission import why_not
from mctop.ui.commands import Where, bindings
from mctop.ui.modals.alerts.draft import AlertDraft, DeliveryDraft, draft_of, draft_of_delivery
from mctop.ui.modals.alerts.facts import facts
from mctop.ui.modals.alerts.tables import Tables
from mctop.ui.proposing import propose
from mctop.ui.renderables.runs import Run

if TYPE_CHECKING:
    from textual.binding import BindingType

    from mctop.api.models.alerts import Alert
    from mctop.store.backtest import BackTest
    from mctop.store.clock import Clock
    from mctop.store.store import Store
    from mctop.ui.commands import Command
    from mctop.ui.modals.alerts.form import Form
    from mctop.ui.options import UiOptions
    from mctop.ui.wayfinder import Wayfinder

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
        from mctop.ui.modals.alerts.alertform import AlertForm

        known = {draft_of(one.alert) for one in self.store.alerts.value.value or ()}
        draft = AlertDraft() if self._alert_draft in known else self._alert_draft
        self._open(CreateAlert, AlertForm(self.store, draft))

    def action_edit(self) -> None:
        """Let the alert under the cursor be changed."""
        from mctop.ui.modals.alerts.alertform import AlertForm

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
        from mctop.ui.modals.alerts.deliveryform import DeliveryForm

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
                cast("Wayfinder", self.app).redactor.register(self._delivery_draft.webhook)
        self._propose(intent, form.found)

    def _propose(self, intent: Intent, found: BackTest | None = None) -> None:
        propose(cast("Wayfinder", self.app), intent, facts(intent, self.store, found))
