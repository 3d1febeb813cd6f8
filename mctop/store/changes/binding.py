"""What a proposal is bound to: it must still be there, and as it was seen, until it is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.base.health import FailureKind
from mctop.store.changes.intents import (
    DeleteAlert,
    DeleteCredential,
    DeleteDeliveryConfig,
    PromoteCredential,
    UnwatchPrefix,
    UpdateAlert,
    UpdateCredential,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.api.models.alerts import Alert, DeliveryConfig
    from mctop.api.models.cache import Capabilities, Credential
    from mctop.api.models.introspection import Prefix
    from mctop.store.changes.proposal import Proposal
    from mctop.store.store import Store


LOST = frozenset({FailureKind.UNREACHABLE, FailureKind.TIMED_OUT})


def loosened(proposal: Proposal, store: Store) -> str | None:
    """Say why a dialog about the proposal must close, in clean words of ours; None while all is as it was.

    Its cache, credential, alert, delivery config or prefix changed, or the connection was lost.
    """
    actions, failure = store.actions.value, store.stats.health.value.failure
    if actions is None or (failure is not None and failure.kind in LOST):
        return "the connection was lost"
    info = store.cache.value.value
    if actions.cache_id != proposal.cache_id or (info is not None and info.label != proposal.label):
        return "the cache is another one now"
    return _loosened(proposal, store)


def known_credentials(store: Store) -> tuple[Credential, ...] | None:
    """The credentials as they are known to be: listed, or else as the cache was described with them."""
    info = store.cache.value.value
    return store.credentials.value.value or (info.credentials if info else None) or None


def credential_moved(seen: Credential, held: Iterable[Credential]) -> str | None:
    """Say how a credential differs from the one that was seen; its password does not matter."""
    now = next((one for one in held if one.sasl_username == seen.sasl_username), None)
    if now is None:
        return "the credential is gone"
    same = now.primary == seen.primary and same_capabilities(now, seen)
    return None if same else "the credential was changed meanwhile"


def same_capabilities(one: Capabilities, other: Capabilities) -> bool:
    """Whether two may do the same."""
    return (one.write_capability, one.flush_capability, one.api_capability) == (
        other.write_capability,
        other.flush_capability,
        other.api_capability,
    )


def alert_moved(seen: Alert, held: Iterable[Alert]) -> str | None:
    """Say how an alert differs from the one that was seen."""
    now = next((one for one in held if one.id == seen.id), None)
    if now is None:
        return "the alert is gone"
    return None if now == seen else "the alert was changed meanwhile"


def delivery_moved(seen: DeliveryConfig, held: Iterable[DeliveryConfig]) -> str | None:
    """Say how a delivery config differs from the one that was seen."""
    now = next((one for one in held if one.id == seen.id), None)
    if now is None:
        return "the delivery config is gone"
    return None if now == seen else "the delivery config was changed meanwhile"


def prefix_moved(seen: Prefix, held: Iterable[Prefix]) -> str | None:
    """Say that a prefix is not watched any more."""
    return None if seen in held else "the prefix is not watched any more"


def _loosened(proposal: Proposal, store: Store) -> str | None:
    """How what is acted on moved; the list of it may not be known."""
    match proposal.intent:
        case UpdateCredential(before=seen) | PromoteCredential(credential=seen) | DeleteCredential(credential=seen):
            known = known_credentials(store)
            return None if known is None else credential_moved(seen, known)
        case UpdateAlert(before=alert) | DeleteAlert(alert=alert) if store.alerts.value.value is not None:
            return alert_moved(alert, (one.alert for one in store.alerts.value.value))
        case DeleteDeliveryConfig(config=config) if store.deliveries.value.value is not None:
            return delivery_moved(config, store.deliveries.value.value)
        case UnwatchPrefix(prefix=prefix) if store.prefixes.value.value is not None:
            return prefix_moved(prefix, (one.prefix for one in store.prefixes.value.value))
    return None
