"""JSON from a stranger: any bytes in, plain values out, or Malformed."""

from __future__ import annotations

import re

from pydantic_core import from_json

SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a pair: one character, as it is
    r"|(u[dD][89a-fA-F][0-9a-fA-F]{2})"  # a surrogate on its own
    r"|.)",  # any other escape, an escaped backslash too
    re.DOTALL,
)


class Malformed(ValueError):
    """The answer is not JSON, or not of the shape it should have; the message never quotes it."""


def parse_json(body: bytes) -> object:
    """Parse a body; an empty one is None. Bytes that are not UTF-8 and lone surrogates become U+FFFD."""
    text = body.decode("utf-8-sig", "replace").strip()
    if not text:
        return None
    if SURROGATE.search(text):
        text = ESCAPE.sub(lambda escape: r"\ufffd" if escape[1] else escape[0], text)
    try:
        value: object = from_json(text, allow_inf_nan=False)
    except (ValueError, RecursionError):
        value = Malformed
    if value is Malformed:
        raise Malformed("the answer is not JSON")
    return value


def parse_string(body: bytes) -> str:
    """Read a string that comes bare or as JSON."""
    text = body.decode("utf-8", "replace").strip()
    try:
        value = parse_json(body)
    except Malformed:
        return text
    return value if isinstance(value, str) else text
