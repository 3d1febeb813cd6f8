"""The honesty of a panel in words: its freshness, its grade of exactness, and the failure that keeps it empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.api.models.exactness import Exactness
from mctop.store.base.health import DENIED, FINAL, UNREACHED, Failure, FailureKind, Freshness, Health, age, freshness
from mctop.ui.words.badge import CONNECTING, FROZEN, LIVE, OFFLINE, REFUSED, STALE, UNKNOWN, WAITING, Badge
from mctop.ui.words.format import duration, popularity, time_of_day
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.api.models.cache import CacheInfo, Grade


BY_ITSELF = "tries again by itself · r now"
SELDOM = "tries every 5m · r now"
BY_HAND = "r tries again"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What happened, what to do, and the server's own words, each fit for the screen."""

    what: str
    todo: str
    words: str = ""


def explain(failure: Failure) -> Explanation:
    """Say what a failed call means for the person who watches."""
    what, todo = _introspection(failure) or _ADVICE[failure.kind]
    return Explanation(f"{_status(failure)}{what}", todo, clean(failure.message, 160))


def briefly(failure: Failure) -> Explanation:
    """Say what happened where what to do is said elsewhere."""
    todo = BY_HAND if failure.kind in FINAL else SELDOM if failure.kind in DENIED else BY_ITSELF
    return Explanation(explain(failure).what, todo)


def short(failure: Failure) -> str:
    """What happened in at most 11 columns: the status, or one or two words."""
    return _status(failure).rstrip(": ") or _SHORT[failure.kind]


def _status(failure: Failure) -> str:
    """The status, where it is one of failure."""
    return f"{failure.status}: " if failure.status is not None and failure.status >= 400 else ""


def _introspection(failure: Failure) -> tuple[str, str] | None:
    if "/introspection/" in failure.path and failure.kind in (FailureKind.FORBIDDEN, FailureKind.NOT_FOUND):
        by_itself = SELDOM if failure.kind in DENIED else BY_ITSELF
        return "not on this plan", f"introspection comes with larger plans · {by_itself}"
    return None


_ADVICE = {
    FailureKind.BAD_REQUEST: ("the API refused the query", BY_ITSELF),
    FailureKind.UNAUTHORIZED: (
        "credentials not accepted",
        f"check username and password · {SELDOM}",
    ),
    FailureKind.FORBIDDEN: (
        "not allowed to see this",
        f"credential needs the API capability (Settings page) · {SELDOM}",
    ),
    FailureKind.NOT_FOUND: (
        "the API knows no such cache",
        "compare MCTOP_CACHE_ID with the Settings page · r now",
    ),
    FailureKind.RATE_LIMITED: ("too many requests", "waits as long as the API asks · r now"),
    FailureKind.REFUSED: ("the API refused", BY_ITSELF),
    FailureKind.SERVER_FAULT: ("the API failed", BY_ITSELF),
    FailureKind.TIMED_OUT: ("no answer within 10 s", BY_ITSELF),
    FailureKind.UNREACHABLE: ("cannot reach the API", "check network and MCTOP_URL · r now"),
    FailureKind.NOT_OFFERED: ("API v1 does not tell this", "--api v2 does"),
    FailureKind.BAD_ANSWER: ("the answer makes no sense", f"is MCTOP_URL an Analytics API? · {BY_ITSELF}"),
}

_SHORT = {
    FailureKind.BAD_REQUEST: "bad request",
    FailureKind.UNAUTHORIZED: "no access",
    FailureKind.FORBIDDEN: "forbidden",
    FailureKind.NOT_FOUND: "not found",
    FailureKind.RATE_LIMITED: "slow down",
    FailureKind.REFUSED: "refused",
    FailureKind.SERVER_FAULT: "API failed",
    FailureKind.TIMED_OUT: "timed out",
    FailureKind.UNREACHABLE: "no network",
    FailureKind.BAD_ANSWER: "bad answer",
    FailureKind.NOT_OFFERED: "not in v1",
}


LONGEST = 200
"""Characters of a note that the longest line of a panel can show."""


def graded(info: CacheInfo | None, of: str) -> Grade | None:
    """The grade of an operation, or of a field of one, for all servers together; None where there is none."""
    return next((grade for grade in info.grades if grade.of == of and not grade.server), None) if info else None


def brief(grade: Grade | None, certain_from: int = 0) -> str:
    """A grade in a few words: `sampled 98 % · lookups only`; "" for what is exact, and where there are no grades.

    Of a list, what is less popular than `certain_from` is not certain. That all was seen is said where nothing else
    is. A grade that this version does not know says that, and never nothing.
    """
    if grade is None or grade.grade.trusted:
        return ""
    if grade.grade is Exactness.UNKNOWN:
        return grade.grade.value
    words = head(grade)
    uncertain = _uncertain(certain_from)
    share = "" if grade.share is not None and grade.share >= 1 and (words or uncertain) else _share(grade.share)
    return " · ".join(part for part in (share, words, uncertain) if part) or grade.grade.value


def nothing_certain(certain_from: int) -> str:
    """Why a list is empty of which what is less popular than `certain_from` is not certain; "" where all is."""
    return f"nothing stands out: {_uncertain(certain_from)}" if certain_from else ""


def _uncertain(certain_from: int) -> str:
    return f"below {popularity(certain_from)} not certain" if certain_from else ""


def head(grade: Grade | None) -> str:
    """The first words of a grade's note, which stand for all of it; "" where it has none."""
    return clean(grade.note.partition(":")[0], 24) if grade is not None and ":" in grade.note else ""


def reason(grade: Grade | None) -> str:
    """Why there is nothing to see; "" where that is not the grade's doing."""
    return clean(grade.note, LONGEST) if grade is not None and grade.grade is Exactness.IMPOSSIBLE else ""


def unkept(info: CacheInfo | None) -> str:
    """Why the history is not kept as it should be, in clean words; "" where it is."""
    return caveat(graded(info, "processed_stats"))


def caveat(grade: Grade | None) -> str:
    """The whole note of what is not exact, in clean words; "" for what is, and where there are no grades."""
    return clean(grade.note, LONGEST) if grade is not None and not grade.grade.trusted else ""


def troubles(info: CacheInfo | None) -> tuple[tuple[str, str], ...]:
    """Each server that something is wrong with, raw, and what, in clean words."""
    return tuple((grade.server, clean(grade.note, LONGEST)) for grade in info.grades if grade.server) if info else ()


def trouble(info: CacheInfo | None, server: str) -> str:
    """What is wrong with one server, in clean words; "" for nothing."""
    return dict(troubles(info)).get(server, "")


def _share(share: float | None) -> str:
    """A part that was seen, rounded down: only all of it is 100 %."""
    return "" if share is None else f"sampled {int(max(0.0, min(1.0, share)) * 100)} %"


@dataclass(frozen=True, slots=True)
class PictureState:
    """The state of the picture, and when it is tried again ("" while it is live)."""

    badge: Badge
    retry: str = ""


COARSE = 5
"""Seconds that a time counts in, which is said by fives so that it is not sent each second."""


def whole(
    health: Health, now: float, *, connecting: bool, frozen_at: float | None, coarse: bool = False
) -> PictureState:
    """The state of the picture as the counters' health tells it; `now` and `frozen_at` are monotonic.

    With `coarse`, seconds are said by fives, and none of what is live.
    """
    if frozen_at is not None:
        return PictureState(FROZEN.saying(_passed(now - frozen_at, coarse=coarse)))
    old = age(health, now)
    seconds = "" if old is None else _passed(old, coarse=coarse)
    match freshness(health, now):
        case Freshness.WAITING:
            return PictureState(CONNECTING if connecting else WAITING)
        case Freshness.LIVE:
            return PictureState(LIVE if coarse else LIVE.saying(seconds))
        case Freshness.REFUSED:
            return PictureState(OFFLINE, retry(health, now, coarse=coarse))
        case _:
            gone = health.failure is not None and health.failure.kind in UNREACHED
            return PictureState((OFFLINE if gone else STALE).saying(seconds), retry(health, now, coarse=coarse))


FAR = 60.0
"""Seconds of a wait that the server asked for which are told as the time of day at which it ends."""


def _passed(seconds: float, *, coarse: bool) -> str:
    """A time that has passed, at least."""
    return duration(seconds // COARSE * COARSE if coarse else seconds)


def retry(health: Health, now: float, *, coarse: bool = False) -> str:
    """When the next try comes, and the key that does not wait for it."""
    if health.stopped:
        return "stopped · r tries again"
    if health.next_try is None:
        return "trying now"
    wait = health.next_try - now
    if health.failure is not None and health.failure.until is not None and wait > FAR:
        return f"waits until {time_of_day(health.failure.until)} · r now"
    return f"next try {duration(-(-wait // COARSE) * COARSE if coarse else wait)} · r now"


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
    return next(
        (health.failure for health in healths if health.failure and freshness(health, now) is Freshness.STALE), None
    )
