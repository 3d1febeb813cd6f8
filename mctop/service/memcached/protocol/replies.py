"""The replies of servers, read into values: pure."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

ITEM_HEADER = 48
"""Bytes of an item's header on a 64-bit server."""

CAS_UNIQUE = 8
"""Bytes an item spends on its cas."""

LONGEST_KEY = 250
"""Bytes of the longest key that memcached takes."""

MOST = 2**48
"""No gauge and no rise of a counter is greater, and sums of 32,000 of them fit into a column of the history."""

LONGEST_WORD = 256
"""Letters of a statistic's name or value; the longest real ones are paths and lists of options."""

DIGITS = 20
"""Digits of the greatest number of 64 bits."""

_ESCAPED = re.compile(rb"\\x([89a-f][0-9a-f])")
_DUMPED = re.compile(rb"^key=(\S{1,750}) .*?\bsize=(\d{1,10})(?!\d)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MetaItem:
    """An item as `me` tells of it: `size` is its footprint in bytes, `cas` its number, 0 on a server without."""

    size: int
    cas: int


def stats(lines: Iterable[bytes]) -> dict[str, str]:
    """The names and values of STAT lines; other lines, and names that are told twice unlike, are left out."""
    told: dict[str, str] = {}
    contradicted: set[str] = set()
    for row in (line.decode("utf-8", "replace").split(" ", 2) for line in lines):
        if row[0] != "STAT" or len(row) < 2 or max(map(len, row)) > LONGEST_WORD:
            continue
        value = row[2] if len(row) == 3 else ""
        if told.setdefault(row[1], value) != value:
            contradicted.add(row[1])
    return {name: value for name, value in told.items() if name not in contradicted}


def whole_number(text: str | bytes) -> int | None:
    """The number that digits say; None for anything else, and for more than any server counts."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None


def meta(line: bytes) -> MetaItem | None:
    """The item in an answer to `me`; None if there is none, or if the answer makes no sense."""
    fields = dict(pair.partition(b"=")[::2] for pair in line.split(b" ")[2:])
    size, cas = (whole_number(fields.get(name, b"")) for name in (b"size", b"cas"))
    return None if size is None or cas is None else MetaItem(size, cas)


def meta_size(line: bytes) -> int | None:
    """Bytes of the value in an answer to `mg` that was asked for them; None if there is none."""
    words = line.split(b" ")
    sizes = [whole_number(word[1:]) for word in words[1:] if word[:1] == b"s"]
    return sizes[0] if words[0] == b"HD" and sizes else None


def value_size(item: MetaItem, key: bytes) -> int:
    """Bytes of an item's value; 4 too many if the client set flags, which `me` does not tell."""
    overhead = ITEM_HEADER + (CAS_UNIQUE if item.cas else 0) + len(key) + len(b"\0") + len(b"\r\n")
    return max(0, item.size - overhead)


def dumped(lines: bytes) -> list[tuple[bytes, int]]:
    """Each key of whole metadump lines, as the server encodes it, and the item's footprint in bytes."""
    return [(key, int(size)) for key, size in _DUMPED.findall(lines) if is_key(key)]


def is_key(key: bytes) -> bool:
    """Whether a key, as servers encode it, is short enough to be one."""
    return len(key) <= LONGEST_KEY or len(decoded(key)) <= LONGEST_KEY


def decoded(key: bytes) -> bytes:
    """A key as the client wrote it, from how servers encode it in dumps and watch lines."""
    return unquote_to_bytes(key) if b"%" in key else key


def named(text: str) -> bytes:
    """The key that has this name on the screen, where bytes that are no text are escaped in hexadecimal."""
    key = text.encode("utf-8", "replace")
    whole = _ESCAPED.sub(lambda escape: bytes([int(escape[1], 16)]), key)
    return whole if whole.decode("utf-8", "backslashreplace") == text else key


def encoded(key: bytes) -> bytes:
    """A key, or the start of one, as servers encode it in dumps and watch lines."""
    return b"".join(_LETTERS[byte] for byte in key)


def spellings(key: bytes) -> frozenset[bytes]:
    """Every way in which a version may write a key back: as it is, encoded, or in base64 if a client set it so."""
    return frozenset({key, encoded(key), b64encode(key)})


_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_LETTERS = tuple(bytes([byte]) if byte in _PLAIN else b"%%%02X" % byte for byte in range(256))
