"""Lookups that mctop makes itself, which servers log as gets like those of clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.service.memcached.stream.lines import GET, KEY, TYPE

if TYPE_CHECKING:
    from mctop.service.memcached.stream.lines import Record

PATIENCE = 5.0
"""Seconds in which a lookup is logged, if it is made at all: an idle server takes one."""


class Ours:
    """Takes one get of a key out for each lookup; which one makes no difference."""

    def __init__(self) -> None:
        self._expected: list[tuple[bytes, float]] = []

    def expect(self, key: bytes, now: float) -> None:
        """Note that a key, as servers encode it, is about to be looked up."""
        self._expected.append((key, now + PATIENCE))

    def drop(self, keys: list[bytes], now: float) -> None:
        """Take out of keys that were hit or missed what is ours."""
        self._expected = [one for one in self._expected if one[1] > now and not _removed(one[0], keys)]

    def others(self, records: list[Record], now: float) -> list[Record]:
        """The lines that are not ours."""
        if not self._expected:
            return records
        keys = [key for key, _ in self._expected]
        others = [record for record in records if record[TYPE] != GET or not _removed(record[KEY], keys)]
        self._expected = [one for one in self._expected if one[1] > now and _removed(one[0], keys)]
        return others


def _removed(key: bytes, keys: list[bytes]) -> bool:
    if key not in keys:
        return False
    keys.remove(key)
    return True
