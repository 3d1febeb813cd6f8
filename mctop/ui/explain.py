"""A failure in words: what happened, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from mctop.store.health import FINAL, Failure, FailureKind
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
    return Explanation(f"{_status(failure)}{what}", todo, clean(failure.message, 160))


def briefly(failure: Failure) -> Explanation:
    """Say what happened where what to do is said elsewhere."""
    return Explanation(explain(failure).what, BY_HAND if failure.kind in FINAL else BY_ITSELF)


def short(failure: Failure) -> str:
    """What happened in at most 11 columns: the status, or one or two words."""
    return _status(failure).rstrip(": ") or _SHORT[failure.kind]


def _status(failure: Failure) -> str:
    """The status, where it is one of failure."""
    return f"{failure.status}: " if failure.status is not None and failure.status >= 400 else ""


def _introspection(failure: Failure) -> tuple[str, str] | None:
    if "/introspection/" in failure.path and failure.kind in (FailureKind.FORBIDDEN, FailureKind.NOT_FOUND):
        return "not on this plan", "introspection comes with larger plans · r tries again"
    return None


_ADVICE = {
    FailureKind.BAD_REQUEST: ("the API refused the query", BY_ITSELF),
    FailureKind.UNAUTHORIZED: (
        "credentials not accepted",
        f"check username and password; new ones need up to 3 minutes · {BY_HAND}",
    ),
    FailureKind.FORBIDDEN: (
        "not allowed to see this",
        f"turn on the credential's API capability on the Settings page · {BY_HAND}",
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
