"""The bodies that the API answers with, and the choices that the documents leave open about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, PlainSerializer, SerializationInfo

from mctop.service.http.times import say_moment, say_times

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.api.models.alerts import DeliveryConfig
    from mctop.api.models.cache import Credential
    from mctop.api.models.introspection import KeyStats, LogLine, PopularItem, PopularItems
    from mctop.api.models.series import Series
    from mctop.service.base.backend import BucketSpan


@dataclass(frozen=True, slots=True)
class Shape:
    """How ratios are scaled (0-1, or 0-100 with `percent`), and whether v2's stats come per server as v1's do."""

    percent: bool = False
    stats_per_server: bool = False

    def scale(self, stat: str) -> float:
        """What a value of this stat is multiplied with on its way out."""
        ratio = stat == "hit_rate" or stat.endswith(("_hit_rate", "_fraction"))
        return 100.0 if self.percent and ratio else 1.0


AS_IN_THE_EXAMPLES = Shape()
"""Flat stats, and ratios of 0-1, which no example contradicts."""


class Audience(Enum):
    """Whom an answer is written for: the context in which it becomes JSON."""

    OWNER = auto()
    GUEST = auto()


def _for_owners(value: str, info: SerializationInfo) -> str:
    return value if info.context is Audience.OWNER else ""


SecretText = Annotated[str, PlainSerializer(_for_owners)]
"""Text that lets whoever reads it act; it is empty for all but an owner."""


class ResponseBody(BaseModel):
    """A JSON object, field for field as documented."""

    model_config = ConfigDict(frozen=True)


class CredentialBody(ResponseBody):
    """A credential with its password in clear, as documented."""

    id: int
    cache_id: int
    sasl_username: str
    sasl_password: SecretText
    write_capability: bool
    flush_capability: bool
    api_capability: bool
    primary: bool


class CacheBody(ResponseBody):
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


class DeliveryBody(ResponseBody):
    """An alert delivery config; what does not apply is empty."""

    id: int
    delivery_type: str
    email: str
    slack_url: SecretText
    slack_channel: str


class GradeBody(ResponseBody):
    """How true something is that the service tells."""

    of: str
    grade: str
    share: float | None
    note: str
    server: str


class GradedCacheBody(CacheBody):
    """A cache object of a service that says how true what it tells is."""

    grades: tuple[GradeBody, ...]


class LogLineBody(ResponseBody):
    """One request as a server logged it."""

    timestamp: str
    key: str
    command: str
    status: str
    size: int


class KeyStatsBody(ResponseBody):
    """What is known of a key."""

    timestamp: str
    name: str
    size: int
    hit_count: int | None
    miss_count: int | None
    mutation_count: int | None
    in_cache: bool | None


class PopularItemBody(ResponseBody):
    """A key or prefix and its popularity."""

    name: str
    popularity: int


class PopularItemsBody(ResponseBody):
    """What was popular in the last time slice, which is in nanoseconds."""

    time_slice: int
    most_hit_keys: tuple[PopularItemBody, ...]
    most_missed_keys: tuple[PopularItemBody, ...]
    most_mutated_keys: tuple[PopularItemBody, ...]
    popular_prefixes: tuple[PopularItemBody, ...]


class CertainFromBody(ResponseBody):
    """For each list, what an item that it lacks has less of, and each may have more; 0 where that is little."""

    most_hit_keys: int
    most_missed_keys: int
    most_mutated_keys: int
    popular_prefixes: int


class SketchedItemsBody(PopularItemsBody):
    """Popular items of a service that counts in bounded memory, and says from where on its lists are certain."""

    certain_from: CertainFromBody


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
    body = PopularItemsBody(
        time_slice=popular.time_slice,
        most_hit_keys=_items(popular.most_hit_keys),
        most_missed_keys=_items(popular.most_missed_keys),
        most_mutated_keys=_items(popular.most_mutated_keys),
        popular_prefixes=_items(popular.popular_prefixes),
    )
    if popular.certain_from is None:
        return body
    certain_from = CertainFromBody.model_validate(popular.certain_from.model_dump())
    return SketchedItemsBody(**dict(body), certain_from=certain_from)


def _items(items: tuple[PopularItem, ...]) -> tuple[PopularItemBody, ...]:
    return tuple(PopularItemBody(name=item.name, popularity=round(item.popularity)) for item in items)


class SeriesRow(BaseModel):
    """The values of the whole cache: one list a bucket, the time first, in the order of the columns."""

    name: str
    columns: tuple[str, ...]
    values: tuple[tuple[str | float | None, ...], ...]


class Tags(BaseModel):
    """Whose values a row holds."""

    server: str


class ServerSeriesRow(SeriesRow):
    """The values of one server."""

    tags: Tags


def series_rows(name: str, series: Iterable[Series], span: BucketSpan, shape: Shape) -> tuple[SeriesRow, ...]:
    """Write series over a span, one row for the cache or for each server, with a column for each stat.

    The rows are not validated: they hold tens of thousands of values that the backend's types vouch for.
    """
    times = say_times(span)
    by_server: dict[str | None, list[Series]] = {}
    for each in series:
        by_server.setdefault(each.server, []).append(each)
    rows: list[SeriesRow] = []
    for server, columns in by_server.items():
        names = ("time", *(column.stat for column in columns))
        values = tuple(zip(times, *(scaled(column, shape.scale(column.stat)) for column in columns), strict=True))
        if server is None:
            rows.append(SeriesRow.model_construct(name=name, columns=names, values=values))
        else:
            tags = Tags(server=server)
            rows.append(ServerSeriesRow.model_construct(name=name, columns=names, values=values, tags=tags))
    return tuple(rows)


def scaled(series: Series, scale: float) -> tuple[float | None, ...]:
    """Multiply the values of a series; a gap stays a gap."""
    if scale == 1.0:
        return series.values
    return tuple(None if value is None else value * scale for value in series.values)
