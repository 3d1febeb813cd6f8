"""How an endpoint is doing, and how fresh what it gave is."""

from dataclasses import dataclass
from enum import StrEnum


class FailureKind(StrEnum):
    """What went wrong, as far as a person must act differently."""

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


FINAL = frozenset({FailureKind.UNAUTHORIZED, FailureKind.FORBIDDEN, FailureKind.NOT_OFFERED})
"""Asking again changes nothing until a person has changed something. A 404 is not: a proxy says it in passing."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed call. `message` is the server's own words, raw and untrusted; `at` is epoch seconds."""

    kind: FailureKind
    method: str
    path: str
    message: str
    at: float
    status: int | None = None


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
    """What can be said of a slice."""

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
