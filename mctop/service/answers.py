"""The bodies the API answers with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from mctop.service.moments import say_moment

if TYPE_CHECKING:
    from mctop.api.models.alerts import DeliveryConfig
    from mctop.api.models.credentials import Credential
    from mctop.api.models.introspection import KeyStats, LogLine, PopularItem, PopularItems


class Body(BaseModel):
    """A JSON object, field for field as documented."""

    model_config = ConfigDict(frozen=True)


class CredentialBody(Body):
    """A credential with its password in clear, as documented."""

    id: int
    cache_id: int
    sasl_username: str
    sasl_password: str
    write_capability: bool
    flush_capability: bool
    api_capability: bool
    primary: bool


class CacheBody(Body):
    """A cache object; `plan` is in bytes."""

    id: int
    name: str
    label: str
    cache_type: str
    plan: int
    provider: str
    enabled: bool
    cluster_name: str
    servers: tuple[str, ...]
    credentials: tuple[CredentialBody, ...]
    can_switch: bool
    can_manage_credentials: bool
    can_update_capabilities: bool


class DeliveryBody(Body):
    """An alert delivery config; what does not apply is empty."""

    id: int
    delivery_type: str
    email: str
    slack_url: str
    slack_channel: str


class GradeBody(Body):
    """How true something is that the service tells."""

    of: str
    grade: str
    share: float | None
    note: str
    server: str


class GradedCacheBody(CacheBody):
    """A cache object of a service that says how true what it tells is."""

    grades: tuple[GradeBody, ...]


class LogLineBody(Body):
    """One request as a server logged it."""

    timestamp: str
    key: str
    command: str
    status: str
    size: int


class KeyStatsBody(Body):
    """What is known of a key."""

    timestamp: str
    name: str
    size: int
    hit_count: int
    miss_count: int
    mutation_count: int
    in_cache: bool | None


class PopularItemBody(Body):
    """A key or prefix and its popularity."""

    name: str
    popularity: int


class PopularItemsBody(Body):
    """What was popular in the last time slice, which is in nanoseconds."""

    time_slice: int
    most_hit_keys: tuple[PopularItemBody, ...]
    most_missed_keys: tuple[PopularItemBody, ...]
    most_mutated_keys: tuple[PopularItemBody, ...]
    popular_prefixes: tuple[PopularItemBody, ...]


def credential_body(credential: Credential) -> CredentialBody:
    """Write a credential."""
    password = credential.sasl_password.get_secret_value() if credential.sasl_password else ""
    return CredentialBody.model_validate({**credential.model_dump(), "sasl_password": password})


def delivery_body(config: DeliveryConfig) -> DeliveryBody:
    """Write a delivery config."""
    slack_url = config.slack_url.get_secret_value() if config.slack_url else ""
    return DeliveryBody.model_validate({**config.model_dump(), "slack_url": slack_url})


def log_line_body(line: LogLine) -> LogLineBody:
    """Write a log line."""
    return LogLineBody(
        timestamp=say_moment(line.time), key=line.key, command=line.command, status=line.status, size=line.size
    )


def key_stats_body(stats: KeyStats) -> KeyStatsBody:
    """Write what is known of a key."""
    return KeyStatsBody.model_validate({**stats.model_dump(), "timestamp": say_moment(stats.time)})


def popular_items_body(popular: PopularItems) -> PopularItemsBody:
    """Write popular items; popularity is whole, as in the example."""
    return PopularItemsBody(
        time_slice=popular.time_slice,
        most_hit_keys=_items(popular.most_hit_keys),
        most_missed_keys=_items(popular.most_missed_keys),
        most_mutated_keys=_items(popular.most_mutated_keys),
        popular_prefixes=_items(popular.popular_prefixes),
    )


def _items(items: tuple[PopularItem, ...]) -> tuple[PopularItemBody, ...]:
    return tuple(PopularItemBody(name=item.name, popularity=round(item.popularity)) for item in items)
