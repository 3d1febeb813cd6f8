"""Errors of the API become failures, which are state."""

from __future__ import annotations

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
from mctop.store.health import Failure, FailureKind

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
SERVER_GONE = frozenset({FailureKind.UNREACHABLE, FailureKind.TIMED_OUT, FailureKind.SERVER_FAULT})
"""What every endpoint suffers from when the server is down."""


def failure_of(error: ApiError, at: float) -> Failure:
    """Say what a failed call means; `at` is epoch seconds."""
    kind = next((kind for cls, kind in KINDS if isinstance(error, cls)), FailureKind.REFUSED)
    return Failure(kind, error.method, error.path, error.message, at, error.status)
