"""The traffic of one server from its watch lines: key counts, prefix counts, the log, less our own lookups."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mctop.service.memcached.stream.delimiter import Delimiter, prefixes
from mctop.service.memcached.stream.log_ring import LogRing, requests
from mctop.service.memcached.stream.lookups import CounterTotals, counter_totals
from mctop.service.memcached.stream.popularity import PopularitySlices, starting
from mctop.service.memcached.stream.watch_lines import (
    GET,
    HIT,
    KEY,
    STATUS,
    TYPE,
    LineSplitter,
    Pairing,
    records,
    skipped,
    unreadable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mctop.service.memcached.stream.popularity import PopularitySlice
    from mctop.service.memcached.stream.watch_lines import Record, RequestedKeys


PATIENCE = 5.0
"""Seconds in which a lookup is logged, if its line is not lost: an idle server takes one."""


class OwnLookup(NamedTuple):
    """A key that we looked up, as servers encode it, and whether it was there."""

    key: bytes
    was_there: bool


class OwnLookups:
    """Takes one lookup out for each of ours: of those of the same key and outcome, which one makes no difference."""

    def __init__(self) -> None:
        self._expected: list[tuple[OwnLookup, float]] = []

    def expect(self, lookup: OwnLookup, now: float) -> None:
        """Note a lookup that was answered, whose line comes, or is not read yet."""
        self._expected.append((lookup, now + PATIENCE))

    def drop(self, keys: list[bytes], now: float, *, were_there: bool) -> None:
        """Take what is ours out of keys that were looked up with the same outcome."""
        if self._expected:
            lookups = [OwnLookup(key, were_there) for key in keys]
            keys[:] = [lookup.key for lookup in self._without(lookups, now) if lookup is not None]

    def others(self, records: list[Record], now: float) -> list[Record]:
        """The lines that are not ours."""
        if not self._expected:
            return records
        lookups = [OwnLookup(record[KEY], record[STATUS] == HIT) if record[TYPE] == GET else None for record in records]
        left = self._without(lookups, now)
        return [record for record, before, after in zip(records, lookups, left, strict=True) if before is after]

    def _without(self, lookups: Sequence[OwnLookup | None], now: float) -> list[OwnLookup | None]:
        """These with None in the place of each that is ours; what is past its time is expected no more."""
        left: list[OwnLookup | None] = list(lookups)
        still: list[tuple[OwnLookup, float]] = []
        for lookup, until in self._expected:
            if lookup in left:
                left[left.index(lookup)] = None
            elif until > now:
                still.append((lookup, until))
        self._expected = still
        return left


PINNED = 256
"""Keys that are counted exactly; another one takes the place of that which was asked for the longest ago."""


class KeyCounts(NamedTuple):
    """How often keys were looked up and there, looked up and not there, and changed."""

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
        self.sees_stores = self._sees_deletions = False
        self._cut = LineSplitter()
        self._pairing = Pairing(sees_stores=False)
        self._delimiter = Delimiter()
        self._uncounted = OwnLookups()
        self._unlogged = OwnLookups()
        self._pinned: dict[bytes, KeyCounts] = {}
        self._watched: dict[bytes, CountsUnderPrefix] = {}
        self._fed = 0.0
        self._found = 0
        self._totals: CounterTotals | None = None

    def begin(self, now: float, *, sees_stores: bool, sees_deletions: bool = False) -> None:
        """Forget what was popular: another stretch of watching begins, with or without what changes keys."""
        self._cut = LineSplitter()
        self._pairing = Pairing(sees_stores=sees_stores)
        self.sees_stores = sees_stores
        self._sees_deletions = sees_deletions
        self._totals = None
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
        self.log.add(self._unlogged.others(requests(logged), now))
        meant = self._pairing.meant(logged)
        self._uncounted.drop(meant.hits, now, were_there=True)
        self._uncounted.drop(meant.misses, now, were_there=False)
        self._found += len(meant.hits)
        self._count(meant, running, now - self._fed)
        self._fed = now

    def lose(self, many: int, now: float) -> None:
        """Note that lines are missing."""
        self.slices.running(now).lost += many

    def doubt(self, now: float) -> None:
        """Note that one line may be our own: the sample of what clients do is not whole, though no line is missing."""
        self.slices.running(now).lost += 1

    def leave_out(self, lookup: OwnLookup, now: float) -> None:
        """Leave out one lookup, which is our own."""
        self._uncounted.expect(lookup, now)
        self._unlogged.expect(lookup, now)

    def compare(self, counters: Mapping[str, int], now: float) -> None:
        """Take in what the server counts, as `stats` tells: what was done since tells which lookups were gets."""
        totals = counter_totals(
            counters, self._found, sees_stores=self.sees_stores, sees_deletions=self._sees_deletions
        )
        rise = totals.since(self._totals) if totals is not None and self._totals is not None else None
        if rise is not None:
            part = self.slices.running(now)
            part.counted = part.counted.plus(rise)
        self._totals = totals

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
