"""An answer that says no, as the error it is."""

from http import HTTPStatus
from urllib.parse import urlsplit

from mctop.api.answer import Answer
from mctop.api.errors import (
    ApiError,
    BadAnswer,
    BadRequest,
    Forbidden,
    NotFound,
    RateLimited,
    Refused,
    ServerFault,
    Unauthorized,
)  # fmt: skip
from mctop.api.login import Login
from mctop.api.parsing.jsontext import Malformed, parse_json

LONGEST = 300
"""Characters of a server's message that are kept."""

BY_STATUS: dict[int, type[ApiError]] = {
    400: BadRequest, 401: Unauthorized, 403: Forbidden, 404: NotFound, 429: RateLimited,
}  # fmt: skip


def error_class(status: int) -> type[ApiError]:
    """Say which error a status is; anything but 4xx and 5xx makes no sense."""
    if 400 <= status < 500:
        return BY_STATUS.get(status, Refused)
    return ServerFault if 500 <= status < 600 else BadAnswer


def server_message(body: bytes, status: int) -> str:
    """Find the server's own words: JSON `message` or `error`, a JSON string, plain text, else the status's name."""
    text = body.decode("utf-8", "replace").strip()
    try:
        said = _words(parse_json(body))
    except Malformed:
        said = "" if text.startswith("<") else text
    return said or _phrase(status)


def _words(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        for name in ("message", "error"):
            if words := _words(value.get(name)):
                return words
    return ""


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"status {status}"


def redirection(host: str, location: str) -> str:
    """Name the two hosts of a redirect, and nothing else of the target: its query may hold a secret."""
    try:
        target = urlsplit(location).hostname or host
    except ValueError:
        target = "somewhere unreadable"
    return f"{host} redirects to {target}; redirects are not followed"


def complaint(
    method: str, path: str, answer: Answer, login: Login | None, retry_after: float | None = None
) -> ApiError:
    """Make the error of an answer that is not 2xx; its message is the server's, cut and without our secrets."""
    message = server_message(answer.body, answer.status)
    message = (login.redact(message) if login else message)[:LONGEST]
    return error_class(answer.status)(method, path, message, status=answer.status, retry_after=retry_after)
