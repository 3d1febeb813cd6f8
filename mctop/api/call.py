"""One call of an operation: the request, what sends it, and its answer parsed."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar
from urllib.parse import quote, urlencode

from mctop.api.errors import BadAnswer, TooLarge
from mctop.api.parsing.json_text import HEAVIEST, Malformed, parse_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mctop.api.models.cache import Capabilities
    from mctop.api.response import Answer


IN_FLIGHT = 4
"""Requests, and connections, at a time: the views ask for no more than that at once."""
LARGEST = 4 * 2**20
"""Bytes of the largest answer but for series: the logs of 100 servers, 100 lines each, have 1.5 MiB."""
LONG = 2**18
"""Bytes that are read in less than a frame, some 10 ms."""
JSON = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True, repr=False)
class Call:
    """A request; `target` follows the base URL, `path` is the part of it that an error may show."""

    method: str
    path: str
    target: str
    content: bytes | None
    headers: Mapping[str, str]


def encode(method: str, path: str, query: Mapping[str, str] | None, body: object | None) -> Call:
    """Encode a request; times and comma-separated names stay legible in its query."""
    target = path
    if query:
        target += "?" + urlencode(query, quote_via=quote, safe=",:", errors="replace")
    if body is None:
        return Call(method, path, target, None, {})
    return Call(method, path, target, json.dumps(body, allow_nan=False).encode(), JSON)


class Sender(Protocol):
    """Sends requests to one API; may raise any ApiError."""

    def now(self) -> float:
        """Epoch seconds on the server's clock, as far as it is known."""

    async def send(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: object | None = None
    ) -> Answer:
        """Send one request and return its answer, which is 2xx. `path` is percent-encoded, `body` goes as JSON."""


T = TypeVar("T")


async def ask(
    sender: Sender,
    method: str,
    path: str,
    parse: Callable[[object], T],
    *,
    query: Mapping[str, str] | None = None,
    body: object | None = None,
    largest: int = LARGEST,
) -> T:
    """Send one request and read its answer with `parse`, whose Malformed becomes a BadAnswer.

    An answer may have `largest` bytes; a long one is read beside the loop.
    """
    answer = await sender.send(method, path, query=query, body=body)
    size = len(answer.body)
    if size > largest:
        raise TooLarge(method, path, f"the answer has more than {largest >> 20} MiB", status=answer.status)

    def read() -> T:
        return parse(parse_json(answer.body, HEAVIEST if largest > LARGEST else HEAVIEST // 2))

    try:
        return await asyncio.to_thread(read) if size > LONG else read()
    except Malformed as error:
        words = str(error)
    raise BadAnswer(method, path, words, status=answer.status)


def segment(name: str | int) -> str:
    """Encode an id or a username as one segment of a path, dots included: `..` must not climb."""
    encoded = quote(str(name), safe="", errors="replace")
    return encoded.replace(".", "%2E") if not encoded.strip(".") else encoded


def capabilities_body(capabilities: Capabilities) -> dict[str, bool]:
    """Say all three capabilities: whichever is left out, the server takes away."""
    return {
        "write_capability": capabilities.write_capability,
        "flush_capability": capabilities.flush_capability,
        "api_capability": capabilities.api_capability,
    }
