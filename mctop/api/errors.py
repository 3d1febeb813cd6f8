"""The ways in which a call can fail.

ApiError                 method, path, status, message, retry_after; never a secret
├── NotSent              refused before anything left: read-only mode, a request too long
│   └── NotOffered       the version of the API that is spoken has no such operation
├── Unreachable          nothing was sent: name, connection or TLS failed
├── OutcomeUnknown       something may have been sent and no answer came
│   ├── TimedOut         the 10 s of a request are over
│   └── ConnectionLost   the connection broke
├── BadAnswer            the answer makes no sense: not HTTP, not JSON, wrong shape, a redirect;
│   │                    with a 2xx `status` to a change, the change was made
│   └── TooLarge         the answer exceeds 4 MiB on the wire or 16 MiB decoded
├── Refused              4xx
│   ├── BadRequest       400, which may be the server's own fault on insight endpoints
│   ├── Unauthorized     401
│   ├── Forbidden        403
│   ├── NotFound         404
│   └── RateLimited      429
└── ServerFault          5xx

BadEndpoint              not an ApiError: the URL, certificates or proxy cannot be used; nothing can be called
"""


class BadEndpoint(ValueError):
    """The URL, the certificates or the proxy cannot be used; the message says what to change, never a secret."""


class ApiError(Exception):
    """A call failed.

    `status` is None where no answer came; `message` is the server's own words where it gave any, raw and untrusted;
    `retry_after` is in seconds.
    """

    def __init__(
        self,
        method: str,
        path: str,
        message: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        self.method, self.path, self.message = method, path, message
        self.status, self.retry_after = status, retry_after
        answer = f" -> {status}" if status is not None else ""
        super().__init__(f"{method} {path}{answer}: {message}")


class NotSent(ApiError):
    """Refused here; nothing left this machine."""


class NotOffered(NotSent):
    """This version of the API has no such operation; `path` names what was asked for."""


class Unreachable(ApiError):
    """The server could not be reached; nothing was sent."""


class OutcomeUnknown(ApiError):
    """No answer came, and the request may have been carried out."""


class TimedOut(OutcomeUnknown):
    """The answer did not come, or did not end, in time."""


class ConnectionLost(OutcomeUnknown):
    """The connection broke before the answer ended."""


class BadAnswer(ApiError):
    """The answer makes no sense."""


class TooLarge(BadAnswer):
    """The answer is larger than any real one."""


class Refused(ApiError):
    """The server said no (4xx)."""


class BadRequest(Refused):
    """400; on insight endpoints it may be the server's own, passing fault."""


class Unauthorized(Refused):
    """401: unknown username or wrong password, or a credential without the API capability."""


class Forbidden(Refused):
    """403: this credential may not do this, or this plan does not have it."""


class NotFound(Refused):
    """404: no such cache, or no such thing in it."""


class RateLimited(Refused):
    """429: too many requests."""


class ServerFault(ApiError):
    """5xx: the server failed."""
