"""What clients meant by the lines a server logs: pure.

A server looks a key up before it stores it, and logs that lookup as a get on the same connection. It is taken back when
the store follows, so stores are exact, and gets are exact but for touch, incr, decr and delete, whose lookups look like
gets and are followed by nothing (by a deletion, since 1.6.20). Before 1.5.17 lines name no connection, and gets of
several at once are approximate.

Without `mutations` the lookup of a set cannot be told from a get. Only where a connection misses the same key twice in
a row, the second is taken for the set that follows a miss, and left out. That is approximate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mctop.service.memcached.stream.lines import GET, STORE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.service.memcached.stream.lines import Record

FOUND, NOT_FOUND = b"found", b"not_found"
NO_ROOM = frozenset({b"too_large", b"no_memory"})
"""Why a set fails before the lookup, which is logged after it then; its connection is garbage."""

Lookup = tuple[bytes, bytes]
"""The key and the status of a get that may be another command's."""


class Meant(NamedTuple):
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

    def meant(self, records: Sequence[Record]) -> Meant:
        """What these lines mean, and those of before that nothing followed; a get is told of one call late at most."""
        meant = Meant([], [], [])
        opened, settle = self._open, self._settle
        last = b""
        for _, type, key, status, command, connection, _ in records:
            if type == GET:
                if key == self._failed:
                    self._failed = b""
                    continue
                before = opened.get(connection)
                if before is not None:
                    if not self._sees_stores and status == NOT_FOUND and before == (key, NOT_FOUND):
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

    def _settle(self, lookup: Lookup, meant: Meant) -> None:
        (meant.hits if lookup[1] == FOUND else meant.misses).append(lookup[0])

    def _take_back(self, key: bytes, last: bytes) -> None:
        """Forget the lookup of a deletion, which does not tell its connection: mostly it is that of the line before."""
        if last not in self._open or self._open[last][0] != key:
            found = (connection for connection, lookup in reversed(self._open.items()) if lookup[0] == key)
            last = next(found, last)
        if last in self._open and self._open[last][0] == key:
            del self._open[last]

    def _settle_older(self, meant: Meant) -> None:
        """Take for gets what was open at the last call already: a store follows its lookup within microseconds."""
        for connection, lookup in self._older.items():
            if self._open.get(connection) is lookup:
                self._settle(lookup, meant)
                del self._open[connection]
        self._older = dict(self._open)
