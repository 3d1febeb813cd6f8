"""The request bodies that the API accepts."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    TypeAdapter,
    field_validator,
    model_validator,
)

from mctop.api.models.log_filter import LogFilter, parse_asked

LARGEST_ID = 2**63 - 1

TriggerType = Literal["hit_rate", "memory_usage"]
Threshold = Annotated[float, Field(ge=0, le=100)]
Description = Annotated[str, Field(max_length=1_000)]


def _none_if_zero(raw: object) -> object:
    """Read an id of 0, which the examples show, as none."""
    return None if raw == 0 else raw


DeliveryId = Annotated[Annotated[int, Field(ge=1, le=LARGEST_ID)] | None, BeforeValidator(_none_if_zero)]


def _empty_if_null(raw: object) -> object:
    return "" if raw is None else raw


OptionalText = Annotated[str, BeforeValidator(_empty_if_null), Field(max_length=254)]


class RequestBody(BaseModel):
    """A JSON object someone sent; unknown fields are ignored, and errors never print what was sent."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True, allow_inf_nan=False)


class CapabilitiesBody(RequestBody):
    """v2: a capability that is left out is false."""

    write_capability: bool = False
    flush_capability: bool = False
    api_capability: bool = False


class LegacyCapabilitiesBody(RequestBody):
    """v1: a capability that is left out is true; the strings "true" and "false" will do."""

    write_capability: bool = True
    flush_capability: bool = True
    api_capability: bool = True


class NewAlertBody(RequestBody):
    """An alert to add: `hit_rate` fires below its threshold, `memory_usage` above; a threshold is a percentage."""

    trigger_type: TriggerType
    trigger_threshold: Threshold = 0
    delivery_config_id: DeliveryId = None
    description: Description = ""
    enabled: bool = False


class AlertChangeBody(RequestBody):
    """What to change about an alert: all of it, or, as the documents' example does, only some fields."""

    id: int | None = None
    trigger_type: TriggerType | None = None
    trigger_threshold: Threshold | None = None
    delivery_config_id: DeliveryId = None
    description: Description | None = None
    enabled: bool | None = None


class NewDeliveryBody(RequestBody):
    """Where to deliver: `email` needs an address, `slack` an https webhook."""

    delivery_type: Literal["email", "slack"]
    email: OptionalText = ""
    slack_url: Annotated[SecretStr, BeforeValidator(_empty_if_null), Field(max_length=2_000)] = SecretStr("")
    slack_channel: OptionalText = ""

    @model_validator(mode="after")
    def _is_deliverable(self) -> Self:
        local, _, domain = self.email.rpartition("@")
        if self.delivery_type == "email" and not (local and domain and self.email.isprintable()):
            raise ValueError("an e-mail delivery needs an address")
        if self.delivery_type == "slack" and not self.slack_url.get_secret_value().startswith("https://"):
            raise ValueError("a Slack delivery needs an https webhook")
        return self


MOST_LINES = 10_000
"""Lines of the log in one answer: less than 1 MiB."""
FILTERS = TypeAdapter(tuple[Annotated[str, Field(max_length=300)], ...])
MOST_FILTERS = 9


class LogQuery(RequestBody):
    """How much of the log is wanted: so many lines at most, and the filters as a JSON list."""

    filters: str = "[]"
    lines: Annotated[int, Field(ge=1, le=MOST_LINES)] = MOST_LINES

    @property
    def conditions(self) -> tuple[LogFilter, ...]:
        """The filters."""
        return tuple(parse_asked(text) for text in FILTERS.validate_json(self.filters))

    @field_validator("filters")
    @classmethod
    def _makes_sense(cls, text: str) -> str:
        texts = FILTERS.validate_json(text)
        if len(texts) > MOST_FILTERS:
            raise ValueError(f"there are at most {MOST_FILTERS} filters")
        for each in texts:
            parse_asked(each)
        return text


class PrefixBody(RequestBody):
    """A prefix to watch."""

    name: Annotated[str, Field(min_length=1, max_length=250)]
