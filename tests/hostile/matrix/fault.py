"""The shape of a fault, and the bytes of an answer that it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from typing import TYPE_CHECKING

from tests.api.faultserver import raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.faultserver import Reply

JSON = "Content-Type: application/json"


@dataclass(frozen=True, slots=True)
class Good:
    """What the operation answered, which a fault spoils; `now` is epoch seconds on the server's clock."""

    status: int
    body: bytes
    now: float


def date_line(now: float) -> str:
    """The Date header of a moment."""
    return f"Date: {formatdate(now, usegmt=True)}"


def phrase(status: int) -> str:
    """The usual words of a status."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unheard Of"


def answer(
    good: Good,
    body: bytes | None = None,
    status: int | None = None,
    *headers: str,
    words: str | None = None,
    date: bool = True,
    length: bool = True,
) -> bytes:
    """A well-framed answer, with parts of it replaced; `length` leaves out how long the body is."""
    status, body = status or good.status, good.body if body is None else body
    lines = [f"HTTP/1.1 {status} {phrase(status) if words is None else words}"]
    lines += [date_line(good.now)] if date else []
    lines += headers if any(line.startswith("Content-Type") for line in headers) else (JSON, *headers)
    if length and status != 204:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + (b"" if status == 204 else body)


@dataclass(frozen=True, slots=True)
class Fault:
    """One way for an answer to be wrong.

    `heavy` ones are prepared before they are asked for, and each is measured in a process of its own. `recovery` is
    the simulated seconds within which all must be well when the fault is over; it is by itself, unless a person
    `asks` again with `r`. `ends` says that as the very first answer it may end the program, in a sentence. `of_rows`
    says that it is about what is polled, and nothing in the answer to a change.
    """

    name: str
    reply: Callable[[Good], Reply]
    heavy: bool = False
    recovery: float = 15.0
    asks: bool = False
    ends: bool = False
    of_rows: bool = False


def whole(name: str, body: Callable[[Good], bytes], *, of_rows: bool = False) -> Fault:
    """A fault of the body alone."""
    return Fault(name, lambda good: raw(answer(good, body(good))), of_rows=of_rows)
