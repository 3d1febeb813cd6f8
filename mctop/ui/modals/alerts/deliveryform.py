"""The form of a delivery config: e-mail to an address, or Slack to a channel through a webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.intents import CreateDeliveryConfig
from mctop.ui.modals.alerts.draft import EMAIL, LONGEST_TARGET, LONGEST_WEBHOOK, SLACK, DeliveryDraft
from mctop.ui.modals.alerts.field import Choice, Field, TextLine
from mctop.ui.modals.alerts.form import Form
from mctop.ui.text import Clean

if TYPE_CHECKING:
    from mctop.store.intents import Intent

NAMES = ((EMAIL, Clean("e-mail")), (SLACK, Clean("Slack")))


class DeliveryForm(Form):
    """Creates a delivery config; the fields say `draft` at first. The webhook is a secret: it is typed masked."""

    def __init__(self, draft: DeliveryDraft) -> None:
        self._type = Choice()
        self._type.set_reactive(Choice.options, NAMES)
        self._type.set_reactive(Choice.value, draft.delivery_type)
        self._email = TextLine(draft.email, "name@example.com", most=LONGEST_TARGET)
        self._webhook = TextLine(draft.webhook, "https://hooks.slack.com/…", most=LONGEST_WEBHOOK, secret=True)
        self._channel = TextLine(draft.channel, "#ops", most=LONGEST_TARGET)
        fields = (
            Field("delivers by", self._type),
            Field("address", self._email),
            Field("webhook", self._webhook),
            Field("channel", self._channel),
        )
        super().__init__("New delivery config", fields)

    @property
    def draft(self) -> DeliveryDraft:
        """What the fields say."""
        return DeliveryDraft(str(self._type.value), self._email.value, self._webhook.value, self._channel.value)

    def faults(self) -> tuple[str, ...]:
        """What is wrong; the type cannot be."""
        return ("", *self.draft.faults())

    def intent(self) -> Intent:
        """Create it."""
        return CreateDeliveryConfig(self.draft.config())

    def show(self) -> None:
        """Show the fields of the type."""
        super().show()
        by_email = self._type.value == EMAIL
        for field, shown in zip(self.fields[1:], (by_email, not by_email, not by_email), strict=True):
            field.display = shown
