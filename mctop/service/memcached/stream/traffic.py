"""The traffic of one server from its watch lines: key counts, prefix counts, the log, less our own lookups."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mctop.service.memcached.stream.delimiter import Delimiter, prefixes
from mctop.service.memcached.stream.log_ring import LogRing, RequestLines
from mctop.service.memcached.stream.popularity import PopularitySlices, starting
from mctop.service.memcached.stream.watch_lines import (
    GET,
    KEY,
    TYPE,
    LineSplitter,
    Pairing,
    records,
    skipped,
    unreadable,
)

if TYPE_CHECKING:
    from mctop.service.memcached.stream.popularity import PopularitySlice
    from mctop.service.memcached.stream.watch_lines import Record, RequestedKeys


PATIENCE = 5.0
"""Seconds in which a lookup is logged, if it is made at all: an idle server takes one."""


class OwnLookups:
    """Takes one get of a key out for each lookup; which one makes no difference."""

    def __init__(self) -> None:
        self._expected: list[tuple[bytes, float]] = []

    def expect(self, key: bytes, now: float) -> None:
        """Note that a key, as servers encode it, is about to be looked up."""
        self._expected.append((key, now + PATIENCE))

    def drop(self, keys: list[bytes], now: float) -> None:
        """Take out of keys that were hit or missed what is ours."""
        self._expected = [(key, until) for key, until in self._expected if until > now and not _removed(key, keys)]

    def others(self, records: list[Record], now: float) -> list[Record]:
        """The lines that are not ours."""
        if not self._expected:
            return records
        keys = [key for key, _ in self._expected]
        others = [record for record in records if record[TYPE] != GET or not _removed(record[KEY], keys)]
        self._expected = [(key, until) for key, until in self._expected if until > now and _removed(key, keys)]
        return others


def _removed(key: bytes, keys: list[bytes]) -> bool:
    if key not in keys:
        return False
    keys.remove(key)
    return True


PINNED = 256
"""Keys that are counted exactly; another one takes the place of that which was asked for the longest ago."""


class KeyCounts(NamedTuple):
    """How often keys were hit, missed and changed."""

    hits: int = 0
    misses: int = 0
    mutations: int = 0

    def plus(self, other: tuple[int, int, int]) -> KeyCounts:
        """Both together."""
        return KeyCounts(self.hits + other[0], self.misses + other[1], self.mutations + other[2])


class CountsUnderPrefix(NamedTuple):
    """What was counted under a prefix, and in how many watched seconds."""

    tally: KeyCounts = KeyCounts()
    seconds: float = 0.0


class Traffic:
    """Counts of keys and prefixes, the last lines, and how many lines there were and are missing."""

    def __init__(self) -> None:
        self.log = LogRing()
        self.slices = PopularitySlices()
        self.lines = self.skipped = self.unreadable = 0
        self.sees_stores = False
        self._cut = LineSplitter()
        self._pairing = Pairing(sees_stores=False)
        self._requests = RequestLines(sees_stores=False)
        self._delimiter = Delimiter()
        self._uncounted = OwnLookups()
        self._unlogged = OwnLookups()
        self._pinned: dict[bytes, KeyCounts] = {}
        self._watched: dict[bytes, CountsUnderPrefix] = {}
        self._fed = 0.0

    def begin(self, now: float, *, sees_stores: bool) -> None:
        """Forget what was popular: another stretch of watching begins, with or without stores."""
        self._cut = LineSplitter()
        self._pairing = Pairing(sees_stores=sees_stores)
        self.sees_stores = sees_stores
        self._requests = RequestLines(sees_stores=sees_stores)
        self.log.begin(sees_stores=sees_stores)
        self.slices.begin(now)
        self._fed = now

    def feed(self, chunk: bytes, now: float) -> None:
        """Count what came in; an empty chunk counts the last gets that nothing followed."""
        lines = self._cut.whole(chunk)
        logged, lost = records(lines), skipped(lines)
        broken = unreadable(lines, logged)
        running = self.slices.running(now)
        running.lines += len(logged)
        self.lines += len(logged)
        self.skipped += lost
        self.unreadable += broken
        self.lose(lost + broken, now)
        self.log.add(self._unlogged.others(self._requests.of(logged), now))
        meant = self._pairing.meant(logged)
        for keys in (meant.hits, meant.misses):
            self._uncounted.drop(keys, now)
        self._count(meant, running, now - self._fed)
        self._fed = now

    def lose(self, many: int, now: float) -> None:
        """Note that lines are missing."""
        self.slices.running(now).lost += many
        self.log.lose(many)

    def expect(self, key: bytes, now: float) -> None:
        """Leave out one get of a key, which will be our own lookup of it."""
        self._uncounted.expect(key, now)
        self._unlogged.expect(key, now)

    def pin(self, key: bytes) -> KeyCounts:
        """What was counted of a key: all from now on, and before at least what its popularity was."""
        tally = self._pinned.pop(key, None) or KeyCounts(*self.slices.count(key))
        if len(self._pinned) >= PINNED:
            del self._pinned[next(iter(self._pinned))]
        self._pinned[key] = tally
        return tally

    def watch(self, wanted: tuple[bytes, ...]) -> None:
        """Count under these prefixes, and no others."""
        self._watched = {prefix: self._watched.get(prefix, CountsUnderPrefix()) for prefix in wanted}

    def take(self, prefix: bytes) -> CountsUnderPrefix:
        """What was counted under a watched prefix since the last call."""
        below = self._watched[prefix]
        self._watched[prefix] = CountsUnderPrefix()
        return below

    def _count(self, meant: RequestedKeys, running: PopularitySlice, seconds: float) -> None:
        counts = Counter(meant.hits), Counter(meant.misses), Counter(meant.mutations)
        running.all.add(counts)
        together = Counter(meant.hits + meant.misses + meant.mutations)
        self._delimiter.see(together)
        if sign := self._delimiter.sign:
            running.prefixes.add(prefixes(together, sign))
        for key in self._pinned.keys() & together.keys():
            self._pinned[key] = self._pinned[key].plus((counts[0][key], counts[1][key], counts[2][key]))
        for prefix, (tally, watched) in self._watched.items():
            below = (starting(counts[0], prefix), starting(counts[1], prefix), starting(counts[2], prefix))
            if any(below):
                running.under(prefix).add(below)
                tally = tally.plus((below[0].total(), below[1].total(), below[2].total()))
            self._watched[prefix] = CountsUnderPrefix(tally, watched + seconds)
