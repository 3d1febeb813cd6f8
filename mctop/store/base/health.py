"""The health of an endpoint: how fresh its data are, and which failure keeps it from being fresher."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mctop.api.errors import (
    ApiError,
    BadAnswer,
    BadRequest,
    ConnectionLost,
    Forbidden,
    NotFound,
    NotOffered,
    RateLimited,
    ServerFault,
    TimedOut,
    Unauthorized,
    Unreachable,
)

if TYPE_CHECKING:
    from mctop.api.errors import Refused


class FailureKind(StrEnum):
    """The kinds of failure, told apart as far as a person must act differently."""

    BAD_REQUEST = "bad request"
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not found"
    RATE_LIMITED = "rate limited"
    REFUSED = "refused"
    SERVER_FAULT = "server fault"
    TIMED_OUT = "timed out"
    UNREACHABLE = "unreachable"
    BAD_ANSWER = "bad answer"
    NOT_OFFERED = "not offered"
    """The version of the API that is spoken does not have it."""


FINAL = frozenset({FailureKind.NOT_OFFERED})
"""Asking again changes nothing while the program runs."""


DENIED = frozenset({FailureKind.UNAUTHORIZED, FailureKind.FORBIDDEN})
"""A person must change something, unless the API was wrong in passing: it is asked again, but seldom. A 404 is not
among these: a proxy says it in passing."""


UNREACHED = frozenset({FailureKind.UNREACHABLE, FailureKind.TIMED_OUT})
"""Nothing has come back: the picture is offline rather than stale."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed call. `message` is the server's own words, raw and untrusted; `at` is epoch seconds.

    `until` is the epoch second before which the server asks not to be asked again, None where it did not say.
    """

    kind: FailureKind
    method: str
    path: str
    message: str
    at: float
    status: int | None = None
    until: float | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """The state of one endpoint; every time is on the monotonic clock.

    `every` is the seconds between polls. `last_good` is when the newest sample arrived, `due` when the next one must
    have. `next_try` is None while a request is under way or none is planned; `stopped` says that only a person
    starts it again. `dropped` counts the rows of the newest answer that made no sense.
    """

    every: float
    last_good: float | None = None
    due: float | None = None
    next_try: float | None = None
    failure: Failure | None = None
    failures: int = 0
    stopped: bool = False
    dropped: int = 0


class Freshness(StrEnum):
    """The freshness of a slice."""

    WAITING = "waiting"
    """No sample yet, and no failure."""
    LIVE = "live"
    STALE = "stale"
    """There is a sample, but a newer one should have come."""
    REFUSED = "refused"
    """No sample, and the last try failed."""


GRACE = 1.0
"""Seconds after a missed poll at which a sample is stale."""


def freshness(health: Health, now: float) -> Freshness:
    """Say how fresh a slice is at monotonic time `now`."""
    if health.last_good is None:
        return Freshness.REFUSED if health.failure else Freshness.WAITING
    if health.failure is not None or (health.due is not None and now > health.due + GRACE):
        return Freshness.STALE
    return Freshness.LIVE


def age(health: Health, now: float) -> float | None:
    """Seconds since the newest sample arrived, or None where there is none."""
    return None if health.last_good is None else max(0.0, now - health.last_good)


KINDS: tuple[tuple[type[ApiError], FailureKind], ...] = (
    (BadRequest, FailureKind.BAD_REQUEST),
    (Unauthorized, FailureKind.UNAUTHORIZED),
    (Forbidden, FailureKind.FORBIDDEN),
    (NotFound, FailureKind.NOT_FOUND),
    (RateLimited, FailureKind.RATE_LIMITED),
    (ServerFault, FailureKind.SERVER_FAULT),
    (TimedOut, FailureKind.TIMED_OUT),
    (Unreachable, FailureKind.UNREACHABLE),
    (ConnectionLost, FailureKind.UNREACHABLE),
    (BadAnswer, FailureKind.BAD_ANSWER),
    (NotOffered, FailureKind.NOT_OFFERED),
)
SERVER_GONE = UNREACHED | {FailureKind.SERVER_FAULT}
"""Failures that every endpoint has when the server is down."""


def failure_of(error: ApiError, at: float) -> Failure:
    """Say what a failed call means; `at` is epoch seconds."""
    kind = next((kind for cls, kind in KINDS if isinstance(error, cls)), FailureKind.REFUSED)
    until = None if error.retry_after is None else at + error.retry_after
    return Failure(kind, error.method, error.path, error.message, at, error.status, until)


class ServiceEnded(Exception):
    """The service beside the dashboard ended by itself; the message says what of."""


class AuthenticationFailed(Exception):
    """The API does not let this credential in; the message tells a person what to do, in part in the server's words."""


def not_let_in(error: Refused) -> AuthenticationFailed:
    """Say what a refusal means when nothing has been let through before."""
    if isinstance(error, NotFound):
        advice = "no cache found for this credential; give the cache id, which is on the dashboard's Settings page"
    elif isinstance(error, Forbidden):
        advice = "this credential may not use the API; give it the API capability on the dashboard's Settings page"
    else:
        advice = "the API does not accept this username and password"
    return AuthenticationFailed(f"{advice} ({error.status}: {error.message})")
