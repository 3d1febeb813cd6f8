"""The changes to a whole cache: flush, reset of its stats, enabling, another cluster, another SSO secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.store.changes.change import Change, Facts, Tier, V1Change
from mctop.store.changes.credential_changes import listed_credentials
from mctop.store.changes.outcome import DONE, NOT_DONE, UNKNOWN, Outcome, Result, done_if
from mctop.store.changes.read_back import Comparison
from mctop.store.counters.live_rates import went_down

if TYPE_CHECKING:
    from mctop.api.client import Client
    from mctop.api.models.cache import CacheInfo
    from mctop.api.models.stats import Stats
    from mctop.store.changes.change import AnyClient, AnySlice
    from mctop.store.changes.read_back import Witness
    from mctop.store.store import Store


@dataclass(frozen=True, slots=True)
class Flush(V1Change):
    """Drop every item."""

    TIER, VERB, TITLE, NOTE = Tier.TYPE, "Flush", "Flush the cache", "flushed"
    MADE, NOT_MADE = "the cache was flushed", "the cache was not flushed"
    MEANING = (
        "Every item is dropped at once. Until the cache is warm again,",
        "what it answered falls on the database.",
    )
    FACTS = (Facts.CONTENTS,)
    NEEDS_RUNNING_CACHE = True
    MARKED_BY_POLL = True

    @classmethod
    def disallowed(cls, info: CacheInfo, store: Store) -> str | None:
        """Say whether the credential that mctop uses may not flush."""
        credentials, username = listed_credentials(store) or (), store.username.value
        own = next((credential for credential in credentials if credential.sasl_username == username), None)
        lacks = own is not None and not own.flush_capability
        return "the credential that mctop uses lacks the flush capability" if lacks else None

    async def send(self, client: AnyClient) -> Outcome:
        """Flush."""
        await client.flush()
        return DONE

    def witness(self, client: AnyClient) -> Witness:
        """The counters."""
        return Comparison(client.stats, flush_outcome)


def flush_outcome(before: Stats | None, after: Stats) -> Outcome:
    """`cmd_flush` rises on every server; where it does not, but the items went away, it cannot be told.

    Nor where it is not told, or fell.
    """
    old, new = (before.total.cmd_flush, after.total.cmd_flush) if before else (None, None)
    if before is None or old is None or new is None or new < old:
        return UNKNOWN
    if new > old:
        flushes = {row.server: row.counters.cmd_flush for row in before.servers}
        missed = [row.server for row in after.servers if row.counters.cmd_flush == flushes.get(row.server)]
        return Outcome(Result.UNKNOWN, detail=f"not flushed: {', '.join(missed)}") if missed else DONE
    return NOT_DONE if _has_half_of(before.total.curr_items, after.total.curr_items) else UNKNOWN


def _has_half_of(items: int | None, left: int | None) -> bool:
    """Whether at least half of the items are left, as far as that is told."""
    return items is not None and left is not None and left >= items / 2


@dataclass(frozen=True, slots=True)
class ResetStats(Change):
    """Set the counters to zero."""

    TIER, VERB, TITLE, NOTE = Tier.SHOW, "Reset", "Reset the stats", "stats reset"
    MADE, NOT_MADE = "the stats were reset", "the stats were not reset"
    MEANING = ("The counters begin again at zero; the items stay.",)
    FACTS = (Facts.COUNTERS,)
    NEEDS_RUNNING_CACHE = True
    MARKED_BY_POLL = True

    async def send(self, client: Client) -> Outcome:
        """Reset them."""
        await client.reset_stats()
        return DONE

    def witness(self, client: Client) -> Witness:
        """The counters."""
        return Comparison(client.stats, were_reset)


def were_reset(before: Stats | None, after: Stats) -> Outcome:
    """Counters fall; where there was nothing to fall, it cannot be told."""
    if before is None or not any(getattr(before.total, name) for name in ("cmd_get", "cmd_set", "total_connections")):
        return UNKNOWN
    return done_if(went_down(before.total, after.total))


@dataclass(frozen=True, slots=True)
class EnableCache(Change):
    """Enable a disabled cache."""

    TIER, VERB, TITLE, NOTE = Tier.SHOW, "Enable", "Enable the cache", "enabled"
    MADE, NOT_MADE = "the cache is enabled now", "the cache is not enabled"
    MEANING = ("Clients can log in to the cache again.",)
    NEEDS_PROVIDER = True

    @classmethod
    def disallowed(cls, info: CacheInfo, store: Store) -> str | None:
        """Say whether it is enabled already."""
        return "the cache is enabled" if info.enabled is True else None

    @classmethod
    def urgent(cls, store: Store) -> bool:
        """Whether it is disabled."""
        info = store.cache.value.value
        return info is not None and info.enabled is False

    def affected(self, store: Store) -> tuple[AnySlice, ...]:
        """All of them."""
        return store.slices()

    async def send(self, client: Client) -> Outcome:
        """Enable it."""
        await client.enable_cache()
        return DONE

    def witness(self, client: Client) -> Witness:
        """The description of the cache."""
        return Comparison(client.info, is_enabled)


def is_enabled(before: CacheInfo | None, after: CacheInfo) -> Outcome:
    """The cache says so."""
    return UNKNOWN if after.enabled is None else done_if(after.enabled)


@dataclass(frozen=True, slots=True)
class SwitchCluster(Change):
    """Move to another cluster, which the API chooses."""

    TIER, VERB, TITLE, NOTE = Tier.TYPE, "Switch", "Switch the cluster", "cluster switched"
    MADE, NOT_MADE = "the cache is on another cluster now", "the cache is on the cluster it was on"
    MEANING = (
        "The cache moves to other servers, which MemCachier chooses.",
        "Expect it to come up empty, and clients to reconnect.",
    )
    FACTS = (Facts.CONTENTS, Facts.CLUSTER)
    DETAIL = "cluster"
    NEEDS_PROVIDER = True
    NEEDS_RUNNING_CACHE = True
    MARKED_BY_POLL = True

    @classmethod
    def disallowed(cls, info: CacheInfo, store: Store) -> str | None:
        """Say whether the cache has no other cluster to go to."""
        return "this cache cannot switch its cluster" if info.can_switch is False else None

    def affected(self, store: Store) -> tuple[AnySlice, ...]:
        """All of them: other servers may tell everything anew."""
        return store.slices()

    async def send(self, client: Client) -> Outcome:
        """Switch; the detail is the new cluster."""
        return Outcome(Result.DONE, detail=await client.switch_cluster())

    def witness(self, client: Client) -> Witness:
        """The description of the cache."""
        return Comparison(client.info, was_switched)

    def facts_afterwards(self, outcome: Outcome, store: Store) -> tuple[Facts, ...]:
        """The new cluster and its servers."""
        info = store.cache.value.value
        return (Facts.CLUSTER,) if info is not None and info.cluster_name == outcome.detail else ()


def was_switched(before: CacheInfo | None, after: CacheInfo) -> Outcome:
    """The name of the cluster is another one."""
    if before is None or not after.cluster_name:
        return UNKNOWN
    is_other = after.cluster_name != before.cluster_name
    return Outcome(Result.DONE, detail=after.cluster_name) if is_other else NOT_DONE


@dataclass(frozen=True, slots=True)
class RotateSso(Change):
    """Make the dashboard's links invalid; nothing that the API tells shows whether that was done."""

    TIER, VERB, TITLE, NOTE = Tier.TYPE, "Rotate", "Rotate the SSO secret", "SSO secret rotated"
    MADE, NOT_MADE = "the SSO secret was rotated", "the SSO secret was not rotated"
    MEANING = ("Every URL of the web dashboard that was given away stops working.",)
    SECRET = "SSO secret"
    NEEDS_PROVIDER = True

    async def send(self, client: Client) -> Outcome:
        """Rotate it; the secret is the new one, where the API tells it."""
        secret = await client.rotate_sso()
        return Outcome(Result.DONE, secret=secret if secret.get_secret_value() else None)
