"""Alerts and where they are delivered."""

from pydantic import SecretStr

from mctop.api.models.value import Number, Text, Value


class NewAlert(Value):
    """An alert to create: `hit_rate` fires below, `memory_usage` above the threshold, which is a percentage 0-100."""

    trigger_type: Text = ""
    trigger_threshold: Number = 0
    delivery_config_id: int | None = None
    description: Text = ""
    enabled: bool = False


class Alert(NewAlert):
    """An alert as the API holds it."""

    id: int


class NewDeliveryConfig(Value):
    """A delivery config to create: `email` to an address, or `slack` to a webhook and channel."""

    delivery_type: Text = ""
    email: Text = ""
    slack_url: SecretStr | None = None
    slack_channel: Text = ""


class DeliveryConfig(NewDeliveryConfig):
    """A delivery config as the API holds it."""

    id: int
