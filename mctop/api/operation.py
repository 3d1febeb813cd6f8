"""What both versions of the API do to carry out an operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from mctop.api.errors import BadAnswer
from mctop.api.parsing.jsontext import Malformed, parse_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mctop.api.models.credentials import Capabilities
    from mctop.api.sender import Sender

T = TypeVar("T")


async def ask(
    sender: Sender,
    method: str,
    path: str,
    parse: Callable[[object], T],
    *,
    query: Mapping[str, str] | None = None,
    body: object | None = None,
) -> T:
    """Send one request and read its answer with `parse`, whose Malformed becomes a BadAnswer."""
    answer = await sender.send(method, path, query=query, body=body)
    try:
        return parse(parse_json(answer.body))
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
