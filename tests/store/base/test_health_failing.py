"""Errors become failures."""

import pytest

from mctop.api.errors import (
    ApiError,
    BadAnswer,
    BadRequest,
    ConnectionLost,
    Forbidden,
    NotFound,
    NotOffered,
    NotSent,
    RateLimited,
    Refused,
    ServerFault,
    TimedOut,
    TooLarge,
    Unauthorized,
    Unreachable,
)  # fmt: skip
from mctop.store.base.health import Failure, FailureKind, failure_of


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (BadRequest, FailureKind.BAD_REQUEST),
        (Unauthorized, FailureKind.UNAUTHORIZED),
        (Forbidden, FailureKind.FORBIDDEN),
        (NotFound, FailureKind.NOT_FOUND),
        (RateLimited, FailureKind.RATE_LIMITED),
        (Refused, FailureKind.REFUSED),
        (NotSent, FailureKind.REFUSED),
        (NotOffered, FailureKind.NOT_OFFERED),
        (ServerFault, FailureKind.SERVER_FAULT),
        (TimedOut, FailureKind.TIMED_OUT),
        (ConnectionLost, FailureKind.UNREACHABLE),
        (Unreachable, FailureKind.UNREACHABLE),
        (BadAnswer, FailureKind.BAD_ANSWER),
        (TooLarge, FailureKind.BAD_ANSWER),
    ],
)
def test_each_error_is_a_kind_of_failure(error: type[ApiError], kind: FailureKind) -> None:
    failure = failure_of(error("GET", "/stats", "the server's words", status=418), at=7)
    assert failure == Failure(kind, "GET", "/stats", "the server's words", 7, 418)
