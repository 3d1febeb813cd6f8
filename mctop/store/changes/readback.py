"""What is read right before a change, and again when its answer was lost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar

from mctop.api.client import Client
from mctop.api.errors import ApiError, NotFound
from mctop.api.models.value import Rows
from mctop.store.changes import finding
from mctop.store.changes.binding import alert_moved, credential_moved, delivery_moved, prefix_moved, same_capabilities
from mctop.store.changes.intents import (
    CreateAlert,
    CreateCredential,
    CreateDeliveryConfig,
    DeleteAlert,
    DeleteCredential,
    DeleteDeliveryConfig,
    EnableCache,
    Flush,
    PromoteCredential,
    ResetStats,
    SwitchCluster,
    UnwatchPrefix,
    UpdateAlert,
    UpdateCredential,
    WatchPrefix,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mctop.api.models.alerts import Alert
    from mctop.api.models.cache import Credential
    from mctop.api.models.value import Value
    from mctop.store.changes.finding import Found
    from mctop.store.changes.intents import Intent
    from mctop.store.changes.sending import AnyClient

    OfCredentials: TypeAlias = CreateCredential | UpdateCredential | PromoteCredential | DeleteCredential

T = TypeVar("T")


class Witness(Protocol):
    """Looks before and after a change."""

    async def look(self) -> str | None:
        """Look before; return why the change must not be sent, None where it may. May raise any ApiError."""

    async def testify(self) -> Found:
        """Look after, and say what is so. May raise any ApiError."""


@dataclass(slots=True)
class _Witness(Generic[T]):
    """`judge` compares what was read before, None where it was not, with what is read after.

    `moved` says how what is acted on differs from what the person saw; without it, not having looked is no reason.
    """

    read: Callable[[], Awaitable[T]]
    judge: Callable[[T | None, T], Found]
    moved: Callable[[T], str | None] | None = None
    before: T | None = None

    async def look(self) -> str | None:
        """Look before."""
        try:
            self.before = await self.read()
        except ApiError:
            if self.moved is not None:
                raise
            return None
        return None if self.moved is None else self.moved(self.before)

    async def testify(self) -> Found:
        """Look after."""
        return self.judge(self.before, await self.read())


def witness(client: AnyClient, intent: Intent) -> Witness | None:
    """Who can say whether an intent was carried out; None where the API never tells."""
    match intent:
        case Flush():
            return _Witness(client.stats, finding.flushed)
        case CreateCredential() | UpdateCredential() | PromoteCredential() | DeleteCredential():
            return _of_credentials(client, intent)
    return _of_v2(client, intent) if isinstance(client, Client) else None


def _of_credentials(client: AnyClient, intent: OfCredentials) -> Witness:
    def is_it(one: Credential) -> bool:
        return one.sasl_username == intent.subject

    def is_primary(one: Credential) -> bool:
        return one.primary

    match intent:
        case CreateCredential():
            return _Witness(client.credentials, finding.created_credential)
        case UpdateCredential(before=seen, after=wanted):
            judge = partial(finding.changed, is_it, partial(same_capabilities, wanted))
        case PromoteCredential(credential=seen):
            judge = partial(finding.changed, is_it, is_primary)
        case DeleteCredential(credential=seen):
            judge = partial(finding.deleted, is_it)
    return _Witness(client.credentials, judge, lambda rows: credential_moved(seen, rows.items))


def _of_v2(client: Client, intent: Intent) -> Witness | None:
    match intent:
        case ResetStats():
            return _Witness(client.stats, finding.stats_reset)
        case EnableCache():
            return _Witness(client.info, finding.enabled)
        case SwitchCluster():
            return _Witness(client.info, finding.switched)
        case CreateAlert() | UpdateAlert() | DeleteAlert():
            return _of_alerts(client, intent)
        case CreateDeliveryConfig() | DeleteDeliveryConfig():
            return _of_deliveries(client, intent)
        case WatchPrefix(name=name):
            return _Witness(client.watched_prefixes, partial(finding.listed, lambda one: one.name == name))
        case UnwatchPrefix(prefix=prefix):
            judge = partial(finding.deleted, lambda one: one.id == prefix.id)
            return _Witness(client.watched_prefixes, judge, lambda rows: prefix_moved(prefix, rows.items))
    return None


def _of_alerts(client: Client, intent: CreateAlert | UpdateAlert | DeleteAlert) -> Witness:
    read = client.alerts
    match intent:
        case CreateAlert(alert=new):
            return _Witness(client.alerts, partial(finding.created, lambda one: _has(one, new), lambda one: one.id))
        case UpdateAlert(before=seen, after=wanted):
            judge = partial(finding.changed, lambda one: one.id == seen.id, lambda one: one == wanted)
            read = partial(_alone, client, seen.id)
        case DeleteAlert(alert=seen):
            judge = partial(finding.deleted, lambda one: one.id == seen.id)
    return _Witness(read, judge, lambda rows: alert_moved(seen, rows.items))


async def _alone(client: Client, alert_id: int) -> Rows[Alert]:
    """One alert as a list, empty where the API knows it no more."""
    try:
        return Rows(items=(await client.alert(alert_id),))
    except NotFound:
        return Rows()


def _of_deliveries(client: Client, intent: CreateDeliveryConfig | DeleteDeliveryConfig) -> Witness:
    match intent:
        case CreateDeliveryConfig(config=new):
            judge = partial(finding.created, lambda one: _has(one, new), lambda one: one.id)
            return _Witness(client.delivery_configs, judge)
        case DeleteDeliveryConfig(config=seen):
            judge = partial(finding.deleted, lambda one: one.id == seen.id)
            return _Witness(client.delivery_configs, judge, lambda rows: delivery_moved(seen, rows.items))


def _has(made: Value, sent: Value) -> bool:
    """Whether what the API holds has the values that were sent; what was left out may be empty."""
    return all((getattr(made, name) or None) == (value or None) for name, value in sent)
