"""One request as it goes out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

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
