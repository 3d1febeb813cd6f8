"""One HTTP response: its body within bounds, and the error that its status means."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

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
)
from mctop.api.parsing.json_text import LONGEST_STRING, Malformed, parse_json

if TYPE_CHECKING:
    from mctop.api.login import Login

SHORTEST_WAIT, LONGEST_WAIT = 1.0, 3600.0
"""Bounds of a Retry-After that is believed, in seconds: no limit is counted over more than an hour, and what a broken
clock or proxy says must not blind a screen for a day."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; `body` is decoded, `date` is the server's clock in epoch seconds where it told."""

    status: int
    body: bytes
    date: float | None = None

    @property
    def ok(self) -> bool:
        """Whether the server did what was asked: any 2xx."""
        return 200 <= self.status < 300


def parse_http_date(header: str | None) -> float | None:
    """Read a Date header as epoch seconds; None where it is absent or makes no sense."""
    if not header:
        return None
    try:
        moment = parsedate_to_datetime(header)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, TypeError):
        return None


LATEST = 4_102_444_800.0
"""Epoch seconds of the year 2100: no clock is ahead of it, and what is asked for must stay within the years to 9999."""


def parse_clock(header: str | None) -> float | None:
    """Read a Date header as the server's clock; None too where no clock could show it."""
    moment = parse_http_date(header)
    return moment if moment is not None and 0 <= moment <= LATEST else None


def parse_retry_after(header: str | None, now: float) -> float | None:
    """Read a Retry-After, seconds or a date, as seconds from epoch time `now`, between 1 and 3,600."""
    if not header:
        return None
    try:
        wait = float(header)
    except ValueError:
        moment = parse_http_date(header)
        if moment is None:
            return None
        wait = moment - now
    return None if wait != wait else max(SHORTEST_WAIT, min(LONGEST_WAIT, wait))


def utc_text(moment: float) -> str:
    """Write epoch seconds as RFC 3339 UTC with whole seconds, the only form that the documents show."""
    return datetime.fromtimestamp(int(moment), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


LARGEST_WIRE, LARGEST_DECODED = 4 * 2**20, 16 * 2**20
"""Bytes on the wire and decoded; a day of every stat of 100 servers fits."""


class Oversized(Exception):
    """The body is larger than any real one."""


class Undecodable(Exception):
    """The body is not what its headers say."""


class BoundedBody:
    """Takes a body chunk by chunk, stored or gzip; raises Oversized or Undecodable as soon as it is."""

    def __init__(self, encoding: str) -> None:
        encoding = encoding.strip().lower()
        if encoding not in ("", "identity", "gzip"):
            raise Undecodable(f"the answer is encoded as {encoding[:40]!r}, which was not asked for")
        self._gzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding == "gzip" else None
        self._wire = 0
        self._decoded = bytearray()

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes off the wire."""
        self._wire += len(chunk)
        if self._wire > LARGEST_WIRE:
            raise Oversized(f"the answer is larger than {LARGEST_WIRE >> 20} MiB")
        if self._gzip is None:
            self._decoded += chunk
            return
        try:
            self._decoded += self._gzip.decompress(chunk, LARGEST_DECODED - len(self._decoded) + 1)
        except zlib.error:
            raise Undecodable("the answer says it is gzip and is not") from None
        if len(self._decoded) > LARGEST_DECODED:
            raise Oversized(f"the answer unpacks to more than {LARGEST_DECODED >> 20} MiB")

    def finish(self) -> bytes:
        """Return the whole decoded body; an empty one needs no gzip trailer."""
        if self._gzip is not None and self._wire and not self._gzip.eof:
            raise Undecodable("the answer's gzip ends too early")
        return bytes(self._decoded)


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
    body = body[:LONGEST_STRING]
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
