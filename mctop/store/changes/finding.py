"""What two readings, one before a change and one after, tell of whether it was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from mctop.api.models.value import Rows, Value
from mctop.store.changes.outcome import Result
from mctop.store.counters.live_rates import went_down

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from pydantic import SecretStr

    from mctop.api.models.cache import CacheInfo, Credential
    from mctop.api.models.stats import Stats


Row = TypeVar("Row", bound=Value)


@dataclass(frozen=True, slots=True)
class Found:
    """What reading back found; `told` names what was made, raw, and `secret` is what the API still shows of it."""

    result: Result
    told: str = ""
    secret: SecretStr | None = None


UNKNOWN = Found(Result.UNKNOWN)


def done_if(is_so: bool) -> Found:
    """It was made, or it was not."""
    return Found(Result.DONE if is_so else Result.NOT_DONE)


def flushed(before: Stats | None, after: Stats) -> Found:
    """`cmd_flush` rises on every server; where it does not, but the items went away, one cannot tell."""
    if before is None or after.total.cmd_flush < before.total.cmd_flush:
        return UNKNOWN
    if after.total.cmd_flush > before.total.cmd_flush:
        known = {one.server: one.counters.cmd_flush for one in before.servers}
        missed = [one.server for one in after.servers if one.counters.cmd_flush == known.get(one.server)]
        return Found(Result.UNKNOWN, f"not flushed: {', '.join(missed)}") if missed else Found(Result.DONE)
    return UNKNOWN if after.total.curr_items < before.total.curr_items / 2 else Found(Result.NOT_DONE)


def stats_reset(before: Stats | None, after: Stats) -> Found:
    """Counters fall; where there was nothing to fall, one cannot tell."""
    if before is None or not any(getattr(before.total, name) for name in ("cmd_get", "cmd_set", "total_connections")):
        return UNKNOWN
    return done_if(went_down(before.total, after.total))


def enabled(before: CacheInfo | None, after: CacheInfo) -> Found:
    """The cache says so."""
    return UNKNOWN if after.enabled is None else done_if(after.enabled)


def switched(before: CacheInfo | None, after: CacheInfo) -> Found:
    """The name of the cluster is another one."""
    if before is None or not after.cluster_name:
        return UNKNOWN
    changed = after.cluster_name != before.cluster_name
    return Found(Result.DONE, after.cluster_name) if changed else Found(Result.NOT_DONE)


def created_credential(before: Rows[Credential] | None, after: Rows[Credential]) -> Found:
    """One more than before; its username and password are in the list, where the API shows them."""
    new = _new(before, after, lambda one: one.sasl_username)
    if new is None or len(new) > 1:
        return Found(Result.UNKNOWN, ", ".join(one.sasl_username for one in new or ()))
    return Found(Result.DONE, new[0].sasl_username, new[0].sasl_password) if new else Found(Result.NOT_DONE)


def created(
    is_it: Callable[[Row], bool], name: Callable[[Row], Hashable], before: Rows[Row] | None, after: Rows[Row]
) -> Found:
    """One more than before that has the values that were sent."""
    new = _new(before, after, name)
    if new is None:
        return UNKNOWN
    names = [f"{name(one)}" for one in new if is_it(one)]
    if len(names) > 1:
        return Found(Result.UNKNOWN, ", ".join(names))
    return Found(Result.DONE, names[0]) if names else Found(Result.NOT_DONE)


def changed(
    is_it: Callable[[Row], bool], is_so: Callable[[Row], bool], before: Rows[Row] | None, after: Rows[Row]
) -> Found:
    """It is as it was asked for, or as it was before; else somebody changed it meanwhile."""
    now = next(filter(is_it, after.items), None)
    if now is not None and is_so(now):
        return Found(Result.DONE)
    was = next(filter(is_it, before.items), None) if before is not None else None
    return Found(Result.NOT_DONE) if now is not None and now == was else UNKNOWN


def listed(is_it: Callable[[Row], bool], before: Rows[Row] | None, after: Rows[Row]) -> Found:
    """It is in the list now; among rows that made no sense it may be too."""
    if any(map(is_it, after.items)):
        return Found(Result.DONE)
    return UNKNOWN if after.dropped else Found(Result.NOT_DONE)


def deleted(is_it: Callable[[Row], bool], before: Rows[Row] | None, after: Rows[Row]) -> Found:
    """It is in the list no more; among rows that made no sense it may still be."""
    if any(map(is_it, after.items)):
        return Found(Result.NOT_DONE)
    return UNKNOWN if after.dropped else Found(Result.DONE)


def _new(before: Rows[Row] | None, after: Rows[Row], name: Callable[[Row], Hashable]) -> list[Row] | None:
    """What was not there before; None where that cannot be told."""
    if before is None or before.dropped or after.dropped:
        return None
    known = {name(one) for one in before.items}
    return [one for one in after.items if name(one) not in known]
