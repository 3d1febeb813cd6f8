"""How honest the picture is: the state of the whole, and of one panel, in a few words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.store.health import FailureKind, Freshness, Health, age, freshness
from mctop.ui.badge import CONNECTING, FROZEN, LIVE, OFFLINE, REFUSED, STALE, UNKNOWN, WAITING, Badge
from mctop.ui.explain import short
from mctop.ui.format import duration

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.store.health import Failure

UNREACHED = frozenset({FailureKind.UNREACHABLE, FailureKind.TIMED_OUT})


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of the picture, and when it is tried again ("" while it is live)."""

    badge: Badge
    retry: str = ""


def whole(health: Health, now: float, *, connecting: bool, frozen_at: float | None) -> Standing:
    """The state of the picture as the counters' health tells it; `now` and `frozen_at` are monotonic."""
    if frozen_at is not None:
        return Standing(FROZEN.saying(duration(now - frozen_at)))
    old = age(health, now)
    seconds = "" if old is None else duration(old)
    match freshness(health, now):
        case Freshness.WAITING:
            return Standing(CONNECTING if connecting else WAITING)
        case Freshness.LIVE:
            return Standing(LIVE.saying(seconds))
        case Freshness.REFUSED:
            return Standing(OFFLINE, retry(health, now))
        case _:
            gone = health.failure is not None and health.failure.kind in UNREACHED
            return Standing((OFFLINE if gone else STALE).saying(seconds), retry(health, now))


def retry(health: Health, now: float) -> str:
    """When the next try comes, and the key that does not wait for it."""
    if health.stopped:
        return "stopped · r tries again"
    if health.next_try is None:
        return "trying now"
    return f"next try {duration(health.next_try - now)} · r now"


def badge(health: Health, now: float) -> Badge | None:
    """The state of a panel's slice; None while it is live, which needs no words."""
    match freshness(health, now):
        case Freshness.LIVE:
            return None
        case Freshness.WAITING:
            return WAITING
        case Freshness.REFUSED:
            return _refused(health.failure)
        case Freshness.STALE:
            return STALE.saying(duration(age(health, now)))


def _refused(failure: Failure | None) -> Badge:
    """What nobody offers is no failure, and not coloured as one."""
    if failure is None:
        return REFUSED
    look = UNKNOWN if failure.kind is FailureKind.NOT_OFFERED else REFUSED
    return Badge(look.glyph, short(failure), look.tone)


def failing(healths: Iterable[Health], now: float) -> Failure | None:
    """The first failure of a slice whose last good sample is still shown."""
    return next((one.failure for one in healths if one.failure and freshness(one, now) is Freshness.STALE), None)
