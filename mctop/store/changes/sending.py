"""Which operation of the API carries out an intent, and what its answer tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pydantic import SecretStr

from mctop.api.client import Client
from mctop.api.errors import NotOffered
from mctop.api.legacy import LegacyClient
from mctop.api.models.cache import Capabilities, Credential
from mctop.store.changes.binding import same_capabilities
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
    RotateSso,
    SwitchCluster,
    UnwatchPrefix,
    UpdateAlert,
    UpdateCredential,
    WatchPrefix,
)

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from mctop.store.changes.intents import Intent

    Sending: TypeAlias = Coroutine[object, object, object]

AnyClient: TypeAlias = Client | LegacyClient


@dataclass(frozen=True, slots=True)
class Told:
    """What the API's answer tells of what was done, raw; `doubtful` says that it is not what was asked for."""

    words: str = ""
    secret: SecretStr | None = None
    doubtful: bool = False


def sending(client: AnyClient, intent: Intent) -> Sending:
    """The one call that carries out an intent; nothing is sent before it is awaited. Raise NotOffered."""
    match intent:
        case Flush():
            return client.flush()
        case CreateCredential():
            return client.create_credential()
        case UpdateCredential():
            return client.update_credential(intent.before.sasl_username, intent.after)
        case PromoteCredential():
            return client.promote_credential(intent.credential.sasl_username)
        case DeleteCredential():
            return client.delete_credential(intent.credential.sasl_username)
    if isinstance(client, LegacyClient):
        raise NotOffered("", type(intent).__name__, "API v1 cannot do this")
    return _of_cache(client, intent) or _of_alerts(client, intent)


def told(intent: Intent, answer: object) -> Told:
    """Read what the client returned for an intent."""
    match intent, answer:
        case CreateCredential(), Credential():
            return Told(answer.sasl_username, answer.sasl_password)
        case UpdateCredential(), Capabilities():
            return Told(doubtful=not same_capabilities(answer, intent.after))
        case UpdateAlert(), _:
            return Told(doubtful=answer != intent.after)
        case SwitchCluster(), str():
            return Told(answer)
        case RotateSso(), SecretStr():
            return Told(secret=answer if answer.get_secret_value() else None)
    number = getattr(answer, "id", None)
    return Told() if number is None else Told(f"{number}")


def _of_cache(client: Client, intent: Intent) -> Sending | None:
    match intent:
        case ResetStats():
            return client.reset_stats()
        case EnableCache():
            return client.enable_cache()
        case SwitchCluster():
            return client.switch_cluster()
        case RotateSso():
            return client.rotate_sso()
        case WatchPrefix():
            return client.watch_prefix(intent.name)
        case UnwatchPrefix():
            return client.unwatch_prefix(intent.prefix.id)
    return None


def _of_alerts(client: Client, intent: Intent) -> Sending:
    match intent:
        case CreateAlert():
            return client.create_alert(intent.alert)
        case UpdateAlert():
            return client.update_alert(intent.after)
        case DeleteAlert():
            return client.delete_alert(intent.alert.id)
        case CreateDeliveryConfig():
            return client.create_delivery_config(intent.config)
        case DeleteDeliveryConfig():
            return client.delete_delivery_config(intent.config.id)
    raise TypeError(f"no operation carries out {type(intent).__name__}")
