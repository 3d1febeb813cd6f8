"""An alert and a delivery config as they are typed: what is wrong with them, and what they would become."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from mctop.store.alerts.backtest import HIT_RATE, MEMORY_USAGE
from mctop.ui.modals.alerts.text import number
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from mctop.api.models.alerts import Alert, DeliveryConfig, NewAlert, NewDeliveryConfig

TYPES = (HIT_RATE, MEMORY_USAGE)
EMAIL, SLACK = "email", "slack"
LONGEST = 1_000
"""Characters of a description, at most."""
LONGEST_TARGET = 254
"""Characters of an address or a channel, at most."""
LONGEST_WEBHOOK = 2_000
"""Characters of a webhook, at most."""
_NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)*")


class AlertFaults(NamedTuple):
    """What is wrong at each field, "" where nothing is."""

    trigger_type: str = ""
    threshold: str = ""
    delivery: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class AlertDraft:
    """An alert as it is typed."""

    trigger_type: str = HIT_RATE
    threshold: str = "80"
    delivery: int | None = None
    description: str = ""
    enabled: bool = True

    @property
    def level(self) -> float | None:
        """The threshold as a percentage 0-100; None where it is none."""
        text = self.threshold.strip().removesuffix("%").strip().replace(",", ".")
        level = float(text) if _NUMBER.fullmatch(text) else None
        return level if level is not None and level <= 100 else None

    def faults(self, configs: tuple[DeliveryConfig, ...] | None) -> AlertFaults:
        """What is wrong, where `configs` are the delivery configs there are, None while they are not known."""
        exists = configs is None or self.delivery is None or any(config.id == self.delivery for config in configs)
        return AlertFaults(
            "" if self.trigger_type in TYPES else "the API knows hit rate and memory usage",
            "" if self.level is not None else "a number from 0 to 100",
            "" if exists else "there is no such delivery config any more",
            "" if len(self.description) <= LONGEST else f"at most {LONGEST} characters",
        )

    def new(self) -> NewAlert:
        """The alert it would become; only where nothing is wrong."""
        from mctop.api.models.alerts import NewAlert

        return NewAlert(
            trigger_type=self.trigger_type,
            trigger_threshold=self.level or 0.0,
            delivery_config_id=self.delivery,
            description=self.description,
            enabled=self.enabled,
        )

    def edited(self, base: Alert) -> Alert:
        """What `base` would become; only where nothing is wrong. What was not touched stays exactly as it was."""
        before, new = draft_of(base), self.new()
        touched = {
            "trigger_type": self.trigger_type != before.trigger_type,
            "trigger_threshold": self.level != before.level,
            "delivery_config_id": self.delivery != before.delivery,
            "description": self.description != before.description,
            "enabled": self.enabled != before.enabled,
        }
        return base.model_copy(update={name: getattr(new, name) for name, is_so in touched.items() if is_so})


def draft_of(alert: NewAlert) -> AlertDraft:
    """An alert as it is typed."""
    return AlertDraft(
        alert.trigger_type, number(alert.trigger_threshold), alert.delivery_config_id or None,
        clean(alert.description, LONGEST), alert.enabled,
    )  # fmt: skip


class DeliveryFaults(NamedTuple):
    """What is wrong at each field, "" where nothing is."""

    email: str = ""
    webhook: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryDraft:
    """A delivery config as it is typed; the fields of the other type do not count. The webhook is a secret."""

    delivery_type: str = EMAIL
    email: str = ""
    webhook: str = ""
    channel: str = ""

    def __repr__(self) -> str:
        """Without the secret."""
        return f"DeliveryDraft({self.delivery_type!r}, {self.email!r}, …, {self.channel!r})"

    def faults(self) -> DeliveryFaults:
        """What is wrong."""
        if self.delivery_type == EMAIL:
            good = bool(_ADDRESS.fullmatch(self.email.strip())) and len(self.email) <= LONGEST_TARGET
            return DeliveryFaults(email="" if good else "no address like name@example.com")
        return DeliveryFaults(
            webhook="" if is_webhook(self.webhook.strip()) else "must be an https:// URL",
            channel="" if self.channel.strip() else "a channel like #ops",
        )

    def config(self) -> NewDeliveryConfig:
        """What it would become; only where nothing is wrong."""
        from mctop.api.models.alerts import NewDeliveryConfig

        if self.delivery_type == EMAIL:
            return NewDeliveryConfig.model_validate({"delivery_type": EMAIL, "email": self.email.strip()})
        return NewDeliveryConfig.model_validate(
            {"delivery_type": SLACK, "slack_url": self.webhook.strip(), "slack_channel": self.channel.strip()}
        )


def draft_of_delivery(config: NewDeliveryConfig) -> DeliveryDraft:
    """A delivery config as it is typed."""
    webhook = config.slack_url.get_secret_value() if config.slack_url else ""
    return DeliveryDraft(config.delivery_type, config.email, webhook, config.slack_channel)


def is_webhook(text: str) -> bool:
    """Whether it is an https URL with a host, and nothing in it that a URL has not."""
    if not text.isascii() or not text.isprintable() or " " in text or "\\" in text or len(text) > LONGEST_WEBHOOK:
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        return parts.scheme == "https" and "." in host and bool(parts.path.strip("/")) and (parts.port or 1) > 0
    except ValueError:
        return False
