"""Lines of `watch`, of every version since 1.4.26, and the requests that clients meant by them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mctop.service.memcached.protocol.replies import is_key

if TYPE_CHECKING:
    from collections.abc import Sequence


Record = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes]
"""One logged line: time (see `seconds`), type, key as servers encode it, status, command, connection, size; b"" where
the version does not tell."""

TIME, TYPE, KEY, STATUS, COMMAND, CONNECTION, SIZE = range(7)
GET, STORE, DELETED = b"item_get", b"item_store", b"deleted"

LONGEST_LINE = 1 << 16
"""Bytes after which a line without an end is given up; a real one has less than 1,000."""

_RECORD = re.compile(
    rb"^ts=(\d{1,10}\.\d{1,6}) gid=\d+ type=(item_get|item_store|deleted) key=(\S{1,750})(?: status=(\S{1,32}))?"
    rb"(?: cmd=(\S{1,32}))?(?: ttl=\S{1,20})? clsid=\S{1,20}(?: cfd=(\S{1,20})(?!\S))?(?: size=(\d{1,10})(?!\S))?",
    re.MULTILINE,
)
"""Every field is bounded by what memcached can write: a time until the year 2286, a key of 250 bytes as %XX each, a
value of 1 GB; a line beyond that is no record, and a size beyond it is not told."""

_TYPES = tuple(b" type=%b key=" % type for type in (GET, STORE, DELETED))

_SKIPPED = re.compile(rb"^skipped=(\d{1,12})(?!\S)", re.MULTILINE)


class LineSplitter:
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
    return [record for record in _RECORD.findall(lines) if is_key(record[KEY])]


def unreadable(lines: bytes, records: Sequence[Record]) -> int:
    """How many gets, stores and deletions whole lines tell of in a way that made no record, such as too long a key."""
    return max(sum(map(lines.count, _TYPES)) - len(records), 0)


def skipped(lines: bytes) -> int:
    """How many lines the server says it left out because they were not read in time."""
    return sum(map(int, _SKIPPED.findall(lines))) if b"skipped=" in lines else 0


def seconds(time: bytes) -> float:
    """Epoch seconds of a line's time, whose microseconds are written without leading zeros."""
    whole, _, micros = time.partition(b".")
    return int(whole) + int(micros) / 1_000_000


HIT, MISS = b"found", b"not_found"
NO_ROOM = frozenset({b"too_large", b"no_memory"})
"""Why a set fails before the lookup, which is logged after it then; its connection is garbage."""

Lookup = tuple[bytes, bytes]
"""The key and the status of a get that may be another command's."""


class RequestedKeys(NamedTuple):
    """The key, as servers encode it, of every hit, every miss and every mutation."""

    hits: list[bytes]
    misses: list[bytes]
    mutations: list[bytes]


class Pairing:
    """Remembers of each connection the last get, until what follows tells whether it was one."""

    def __init__(self, *, sees_stores: bool) -> None:
        self._sees_stores = sees_stores
        self._open: dict[bytes, Lookup] = {}
        self._older: dict[bytes, Lookup] = {}
        self._failed = b""

    def meant(self, records: Sequence[Record]) -> RequestedKeys:
        """What these lines mean, and those of before that nothing followed; a get is told of one call late at most."""
        meant = RequestedKeys([], [], [])
        opened, settle = self._open, self._settle
        last = b""
        for _, type, key, status, command, connection, _ in records:
            if type == GET:
                if key == self._failed:
                    self._failed = b""
                    continue
                before = opened.get(connection)
                if before is not None:
                    if not self._sees_stores and status == MISS and before == (key, MISS):
                        del opened[connection]
                        meant.misses.append(key)
                        continue
                    settle(before, meant)
                opened[connection] = (key, status)
                last = connection
                continue
            meant.mutations.append(key)
            if type == STORE:
                if command == b"set" and status in NO_ROOM:
                    self._failed = key
                elif connection in opened and opened[connection][0] == key:
                    del opened[connection]
            else:
                self._take_back(key, last)
        self._settle_older(meant)
        return meant

    def _settle(self, lookup: Lookup, meant: RequestedKeys) -> None:
        (meant.hits if lookup[1] == HIT else meant.misses).append(lookup[0])

    def _take_back(self, key: bytes, last: bytes) -> None:
        """Forget the lookup of a deletion, which does not tell its connection: mostly it is that of the line before."""
        if last not in self._open or self._open[last][0] != key:
            connections = (connection for connection, lookup in reversed(self._open.items()) if lookup[0] == key)
            last = next(connections, last)
        if last in self._open and self._open[last][0] == key:
            del self._open[last]

    def _settle_older(self, meant: RequestedKeys) -> None:
        """Take for gets what was open at the last call already: a store follows its lookup within microseconds."""
        for connection, lookup in self._older.items():
            if self._open.get(connection) is lookup:
                self._settle(lookup, meant)
                del self._open[connection]
        self._older = dict(self._open)
