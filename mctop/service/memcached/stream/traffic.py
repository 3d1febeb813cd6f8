"""All that one server's watch tells, counted as it comes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mctop.service.memcached.stream.delimiter import Delimiter, prefixes
from mctop.service.memcached.stream.lines import Lines, records, skipped
from mctop.service.memcached.stream.logring import LogRing, requests
from mctop.service.memcached.stream.ours import Ours
from mctop.service.memcached.stream.pairing import Pairing
from mctop.service.memcached.stream.slices import Slices, starting

if TYPE_CHECKING:
    from mctop.service.memcached.stream.pairing import Meant
    from mctop.service.memcached.stream.slices import Slice

PINNED = 256
"""Keys that are counted exactly; another one takes the place of that which was asked for the longest ago."""


class Tally(NamedTuple):
    """How often keys were hit, missed and changed."""

    hits: int = 0
    misses: int = 0
    mutations: int = 0

    def plus(self, other: tuple[int, int, int]) -> Tally:
        """Both together."""
        return Tally(self.hits + other[0], self.misses + other[1], self.mutations + other[2])


class Below(NamedTuple):
    """What was counted under a prefix, and in how many watched seconds."""

    tally: Tally = Tally()
    seconds: float = 0.0


class Traffic:
    """Counts of keys and prefixes, the last lines, and how many lines there were and are missing."""

    def __init__(self) -> None:
        self.log = LogRing()
        self.slices = Slices()
        self.lines = self.skipped = 0
        self.sees_stores = False
        self._cut = Lines()
        self._pairing = Pairing(sees_stores=False)
        self._delimiter = Delimiter()
        self._uncounted = Ours()
        self._unlogged = Ours()
        self._pinned: dict[bytes, Tally] = {}
        self._watched: dict[bytes, Below] = {}
        self._fed = 0.0

    def begin(self, now: float, *, sees_stores: bool) -> None:
        """Forget what was popular: another stretch of watching begins, with or without stores."""
        self._cut = Lines()
        self._pairing = Pairing(sees_stores=sees_stores)
        self.sees_stores = sees_stores
        self.slices.begin(now)
        self._fed = now

    def feed(self, chunk: bytes, now: float) -> None:
        """Count what came in; an empty chunk counts the last gets that nothing followed."""
        lines = self._cut.whole(chunk)
        found, lost = records(lines), skipped(lines)
        running = self.slices.running(now)
        running.lines += len(found)
        self.lines += len(found)
        self.skipped += lost
        self.lose(lost, now)
        self.log.add(self._unlogged.others(requests(found), now))
        meant = self._pairing.meant(found)
        for keys in (meant.hits, meant.misses):
            self._uncounted.drop(keys, now)
        self._count(meant, running, now - self._fed)
        self._fed = now

    def lose(self, many: int, now: float) -> None:
        """Note that lines are missing."""
        self.slices.running(now).lost += many

    def expect(self, key: bytes, now: float) -> None:
        """Leave out one get of a key, which will be our own lookup of it."""
        self._uncounted.expect(key, now)
        self._unlogged.expect(key, now)

    def pin(self, key: bytes) -> Tally:
        """What was counted of a key: all from now on, and before at least what its popularity was."""
        tally = self._pinned.pop(key, None) or Tally(*self.slices.count(key))
        if len(self._pinned) >= PINNED:
            del self._pinned[next(iter(self._pinned))]
        self._pinned[key] = tally
        return tally

    def watch(self, wanted: tuple[bytes, ...]) -> None:
        """Count under these prefixes, and no others."""
        self._watched = {prefix: self._watched.get(prefix, Below()) for prefix in wanted}

    def take(self, prefix: bytes) -> Below:
        """What was counted under a watched prefix since the last call."""
        below = self._watched[prefix]
        self._watched[prefix] = Below()
        return below

    def _count(self, meant: Meant, running: Slice, seconds: float) -> None:
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
            self._watched[prefix] = Below(tally, watched + seconds)
