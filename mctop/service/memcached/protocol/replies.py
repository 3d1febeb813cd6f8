"""The replies of servers, read into values: pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

ITEM_HEADER = 48
"""Bytes of an item's header on a 64-bit server."""

CAS_UNIQUE = 8
"""Bytes an item spends on its cas."""

_DUMPED = re.compile(rb"^key=(\S+) .*?\bsize=(\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MetaItem:
    """An item as `me` tells of it: `size` is its footprint in bytes, `cas` its number, 0 on a server without."""

    size: int
    cas: int


def stats(lines: Iterable[bytes]) -> dict[str, str]:
    """The names and values of STAT lines; other lines are left out."""
    words = (line.decode("utf-8", "replace").split(" ", 2) for line in lines)
    return {row[1]: row[2] if len(row) == 3 else "" for row in words if row[0] == "STAT" and len(row) > 1}


def meta(line: bytes) -> MetaItem | None:
    """The item in an answer to `me`; None if there is none, or if the answer makes no sense."""
    fields = dict(pair.partition(b"=")[::2] for pair in line.split(b" ")[2:])
    try:
        return MetaItem(size=int(fields[b"size"]), cas=int(fields[b"cas"]))
    except (KeyError, ValueError):
        return None


def value_size(item: MetaItem, key: bytes) -> int:
    """Bytes of an item's value; 4 too many if the client set flags, which `me` does not tell."""
    overhead = ITEM_HEADER + (CAS_UNIQUE if item.cas else 0) + len(key) + len(b"\0") + len(b"\r\n")
    return max(0, item.size - overhead)


def dumped(lines: bytes) -> list[tuple[bytes, int]]:
    """Each key of whole metadump lines, as the server encodes it, and the item's footprint in bytes."""
    return [(key, int(size)) for key, size in _DUMPED.findall(lines)]


def decoded(key: bytes) -> bytes:
    """A key as the client wrote it, from how servers encode it in dumps and watch lines."""
    return unquote_to_bytes(key) if b"%" in key else key


def encoded(key: bytes) -> bytes:
    """A key, or the start of one, as servers encode it in dumps and watch lines."""
    return b"".join(_LETTERS[byte] for byte in key)


_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_LETTERS = tuple(bytes([byte]) if byte in _PLAIN else b"%%%02X" % byte for byte in range(256))
