"""A failure in words: what happened, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from mctop.store.health import Failure, FailureKind
from mctop.ui.text import clean

BY_ITSELF = "tries again by itself · r now"
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
    status = f"{failure.status}: " if failure.status is not None else ""
    return Explanation(f"{status}{what}", todo, clean(failure.message, 160))


def short(failure: Failure) -> str:
    """What happened in at most 11 columns: the status, or one or two words."""
    return str(failure.status) if failure.status is not None else _SHORT[failure.kind]


def _introspection(failure: Failure) -> tuple[str, str] | None:
    if "/introspection/" in failure.path and failure.kind in (FailureKind.FORBIDDEN, FailureKind.NOT_FOUND):
        return "not on this plan", "introspection comes with larger plans · r tries again"
    return None


_ADVICE = {
    FailureKind.BAD_REQUEST: ("the API did not take the question", BY_ITSELF),
    FailureKind.UNAUTHORIZED: (
        "the credentials are not accepted",
        f"check username and password; new ones need up to 3 minutes · {BY_HAND}",
    ),
    FailureKind.FORBIDDEN: (
        "this credential may not see it",
        f"turn on its API capability on the Settings page · {BY_HAND}",
    ),
    FailureKind.NOT_FOUND: (
        "the API knows no such cache",
        f"check the cache ID on the Settings page, and MCTOP_CACHE_ID · {BY_HAND}",
    ),
    FailureKind.RATE_LIMITED: ("too many requests", "waits as long as the API asks, then tries again · r now"),
    FailureKind.REFUSED: ("the API refused", BY_HAND),
    FailureKind.SERVER_FAULT: ("the API failed", f"the fault is on its side; {BY_ITSELF}"),
    FailureKind.TIMED_OUT: ("no answer within 10 s", BY_ITSELF),
    FailureKind.UNREACHABLE: ("cannot reach the API", f"check the network and MCTOP_URL; {BY_ITSELF}"),
    FailureKind.BAD_ANSWER: ("the answer makes no sense", f"is MCTOP_URL an Analytics API? {BY_ITSELF}"),
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
}
