"""JSON from a stranger: any bytes in, plain values out, or Malformed."""

from __future__ import annotations

import re

from pydantic_core import from_json

BOM = b"\xef\xbb\xbf"
SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a pair: one character, as it is
    r"|(u[dD][89a-fA-F][0-9a-fA-F]{2})"  # a surrogate on its own
    r"|.)",  # any other escape, an escaped backslash too
    re.DOTALL,
)


class Malformed(ValueError):
    """The answer is not JSON, or not of the shape it should have; the message never quotes it."""


HEAVIEST = 60 * 2**20
"""Bytes that the values of an answer may take, so that no answer costs over 64 MiB: half a day of latency of 100
servers takes 40, a month of v1's history 4.2 a server."""


STEP = 2**18
"""Bytes of JSON that the parser reads in less than 5 ms, for which a thread may keep the others waiting."""


def weight(body: bytes) -> int:
    """About how many bytes the values of a JSON text take at most, by its objects, lists, commas and escapes.

    An object has room for eight members, as CPython makes it; each more makes it grow.
    """
    objects = body.count(b"{")
    more = max(0, body.count(b'":') - 8 * objects)
    return 232 * objects + 60 * more + 88 * body.count(b"[") + 45 * (body.count(b",") + body.count(b"\\"))


def parse_json(body: bytes, heaviest: int = HEAVIEST) -> object:
    """Parse a body; an empty one is None. Bytes that are not UTF-8 and lone surrogates become U+FFFD.

    Raise Malformed where the values would take more than `heaviest` bytes.
    """
    if weight(body) > heaviest:
        raise Malformed("the answer holds more values than mctop reads")
    body = body.removeprefix(BOM).strip()
    if not body:
        return None
    if SURROGATE.search(body) is None:
        try:
            return _rows(body) if len(body) > STEP else _value(body)  # without a copy of it
        except Malformed:
            pass  # it may be because of bytes that are not UTF-8
    return _value(ESCAPE.sub(lambda found: r"\ufffd" if found[1] else found[0], body.decode("utf-8", "replace")))


def _rows(body: bytes) -> object:
    """Parse a long list of objects one by one, anything else as a whole.

    Meanwhile other threads get their turn, which one call of the parser keeps from them until its end.
    """
    if not (body.startswith(b"[{") and body.endswith(b"}]")):
        return _value(body)
    between = b"},{" if b"},{" in body else b"}, {"
    try:
        # Where this stands in a string or within an object, what comes before it is no whole object.
        return [_value(b"{%b}" % row) for row in body[2:-2].split(between)]
    except Malformed:
        return _value(body)


def _value(text: str | bytes) -> object:
    try:
        value: object = from_json(text, allow_inf_nan=False)
    except (ValueError, RecursionError):
        value = Malformed
    if value is Malformed:
        raise Malformed("the answer is not JSON")
    return value


LONGEST_STRING = 65_536
"""Bytes of a bare string or of a refusal that are read: no name, secret or message is nearly as long."""


def parse_string(body: bytes) -> str:
    """Read a string that comes bare or as JSON; the rest of a long one is left out."""
    body = body[:LONGEST_STRING]
    text = body.decode("utf-8", "replace").strip()
    try:
        value = parse_json(body)
    except Malformed:
        return text
    return value if isinstance(value, str) else text
