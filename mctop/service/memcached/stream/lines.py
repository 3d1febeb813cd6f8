"""Lines of `watch`, of every version since 1.4.26, taken apart: pure."""

from __future__ import annotations

import re

Record = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes]
"""One logged line: time (see `seconds`), type, key as servers encode it, status, command, connection, size; b"" where
the version does not tell."""

TIME, TYPE, KEY, STATUS, COMMAND, CONNECTION, SIZE = range(7)
GET, STORE, DELETED = b"item_get", b"item_store", b"deleted"

LONGEST_LINE = 1 << 16
"""Bytes after which a line without an end is given up; a real one has less than 1,000."""

_RECORD = re.compile(
    rb"^ts=(\d+\.\d+) gid=\d+ type=(item_get|item_store|deleted) key=(\S+)(?: status=(\S+))?"
    rb"(?: cmd=(\S+))?(?: ttl=\S+)? clsid=\S+(?: cfd=(\S+))?(?: size=(\S+))?",
    re.MULTILINE,
)
_SKIPPED = re.compile(rb"^skipped=(\d+)", re.MULTILINE)


class Lines:
    """Cuts what comes over a connection into whole lines."""

    def __init__(self) -> None:
        self._rest = b""

    def whole(self, chunk: bytes) -> bytes:
        """The lines that are whole by now; the rest waits for its end."""
        chunk = self._rest + chunk
        end = chunk.rfind(b"\n") + 1
        self._rest = chunk[end:] if len(chunk) - end <= LONGEST_LINE else b""
        return chunk[:end]


def records(lines: bytes) -> list[Record]:
    """The gets, stores and deletions among whole lines; whatever else a server logs is left out."""
    return _RECORD.findall(lines)


def skipped(lines: bytes) -> int:
    """How many lines the server says it left out because they were not read in time."""
    return sum(map(int, _SKIPPED.findall(lines))) if b"skipped=" in lines else 0


def seconds(time: bytes) -> float:
    """Epoch seconds of a line's time, whose microseconds are written without leading zeros."""
    whole, _, micros = time.partition(b".")
    return int(whole) + int(micros) / 1_000_000


def size(text: bytes) -> int:
    """Bytes of the value; 0 where it is not told, or makes no sense."""
    return int(text) if text.isdigit() else 0
