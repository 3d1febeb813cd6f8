"""The keys that were popular in the last few minutes, in bounded memory, after Misra and Gries."""

from __future__ import annotations

from collections import Counter, deque
from functools import reduce
from heapq import nsmallest
from typing import TYPE_CHECKING

from mctop.service.memcached.stream.lookups import CounterTotals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


MOST = 4_000
"""Keys that are kept, and up to twice as many between two purges.

Of a million requests that follow Zipf's law the top 20 came out right from an exponent of 0.8 on; at 0.5, over 557,000
keys, 17 of 20 did; with 1,000 keys, one (measured).
"""


class HeavyHitters:
    """Counts keys, and purges the least when it holds twice as many as are kept.

    After n counts, a key that was seen more than n / (keep + 1) times is held, and the count of each that is held is at
    most that much too small, never too large: it is exact since the key came in.
    """

    def __init__(self, keep: int = MOST) -> None:
        self._keep = keep
        self._purged = 0
        self._weights: dict[bytes, int] = {}
        self._since: dict[bytes, int] = {}

    @property
    def shortfall(self) -> int:
        """The most that any count can be too small, and that a key can have that is not held."""
        return self._purged

    def add(self, counts: Mapping[bytes, int]) -> None:
        """Count a batch."""
        weights, purged = self._weights, self._purged
        if purged:
            self._since.update(dict.fromkeys(counts.keys() - weights.keys(), purged))
        for key, many in counts.items():
            weights[key] = weights.get(key, purged) + many
        if len(weights) > 2 * self._keep:
            self.purge(self._keep)

    def purge(self, keep: int) -> None:
        """Hold so many keys at most from now on until more come in."""
        if len(self._weights) <= keep:
            return
        least = sorted(self._weights.values(), reverse=True)[keep]
        self._weights = {key: weight for key, weight in self._weights.items() if weight > least}
        self._since = {key: since for key, since in self._since.items() if key in self._weights}
        self._purged = least

    def count(self, key: bytes) -> int:
        """How often a key was seen at least."""
        return self._weights.get(key, 0) - self._since.get(key, 0)

    def counts(self) -> Iterable[tuple[bytes, int]]:
        """Every key that is held, and how often it was seen at least."""
        since = self._since
        return ((key, weight - since.get(key, 0)) for key, weight in self._weights.items())


def most(sums: Mapping[bytes, int], many: int) -> list[tuple[bytes, int]]:
    """The keys with the largest counts, largest first; of equal ones the first by name."""
    return nsmallest(many, sums.items(), key=lambda item: (-item[1], item[0]))


SLICE = 31.0
"""Seconds of one slice: six of them are the 186 s that MemCachier's `time_slice` shows in its example."""
SLICES = 6
"""Slices an answer is about: three minutes at most, and whatever there is after a start."""
CLOSED_MOST = 1_000
"""Keys that a slice keeps of each kind when it is over."""
PREFIX_MOST = 500
"""Keys that are kept of each watched prefix."""

Counts = tuple[Counter[bytes], Counter[bytes], Counter[bytes]]
"""Hits, misses and mutations by key."""


class Sketches:
    """The keys that were hit, missed and changed most."""

    def __init__(self, keep: int = MOST) -> None:
        self.hits, self.misses, self.mutations = (HeavyHitters(keep) for _ in range(3))

    def add(self, counts: Counts) -> None:
        """Count a batch."""
        for sketch, batch in zip((self.hits, self.misses, self.mutations), counts, strict=True):
            sketch.add(batch)

    def purge(self, keep: int) -> None:
        """Keep fewer keys of each."""
        for sketch in (self.hits, self.misses, self.mutations):
            sketch.purge(keep)


class PopularitySlice:
    """What was seen from a moment on, `began`, on the clock of whoever counts; and how much was not.

    `counted` is what the server itself counted meanwhile.
    """

    def __init__(self, began: float) -> None:
        self.began = began
        self.all = Sketches()
        self.prefixes = HeavyHitters()
        self.watched: dict[bytes, Sketches] = {}
        self.lines = 0
        self.lost = 0
        self.counted = CounterTotals()

    def under(self, prefix: bytes) -> Sketches:
        """The sketches of a watched prefix in this slice."""
        return self.watched.setdefault(prefix, Sketches(PREFIX_MOST))

    def close(self) -> None:
        """Keep what answers need."""
        self.all.purge(CLOSED_MOST)
        self.prefixes.purge(CLOSED_MOST)


class PopularitySlices:
    """The running slice and those before it, all of one stretch of watching."""

    def __init__(self) -> None:
        self._slices: deque[PopularitySlice] = deque(maxlen=SLICES)
        self._until = 0.0

    def begin(self, now: float) -> None:
        """Forget all, for time passes that is not watched; what is counted from now on is of this moment on."""
        self._slices.clear()
        self._slices.append(PopularitySlice(now))
        self._until = now

    def running(self, now: float) -> PopularitySlice:
        """The slice to count into now; `begin` must have been called."""
        self._until = now
        if now - self._slices[-1].began >= SLICE:
            self._slices[-1].close()
            self._slices.append(PopularitySlice(now))
        return self._slices[-1]

    @property
    def seconds(self) -> float:
        """The time that the slices are about."""
        return self._until - self._slices[0].began if self._slices else 0.0

    @property
    def lines(self) -> int:
        """Lines seen in the slices."""
        return sum(part.lines for part in self._slices)

    @property
    def lost(self) -> int:
        """Lines that are missing in the slices."""
        return sum(part.lost for part in self._slices)

    @property
    def counted(self) -> CounterTotals:
        """What the server counted in the slices."""
        return reduce(CounterTotals.plus, (part.counted for part in self._slices), CounterTotals())

    def shortfall(self, sketch: Callable[[PopularitySlice], HeavyHitters | None]) -> int:
        """The most that a key can have in one sketch of all slices and not be held, or be counted too little."""
        return sum(held.shortfall for part in self._slices if (held := sketch(part)) is not None)

    def sum_into(self, sums: Counter[bytes], sketch: Callable[[PopularitySlice], HeavyHitters | None]) -> None:
        """Add up what one sketch of each slice holds."""
        for part in self._slices:
            if counted := sketch(part):
                for key, many in counted.counts():
                    sums[key] += many

    def count(self, key: bytes) -> tuple[int, int, int]:
        """How often a key was hit, missed and changed at least."""
        sketches = [part.all for part in self._slices]
        return (
            sum(sketch.hits.count(key) for sketch in sketches),
            sum(sketch.misses.count(key) for sketch in sketches),
            sum(sketch.mutations.count(key) for sketch in sketches),
        )


def starting(counts: Mapping[bytes, int], prefix: bytes) -> Counter[bytes]:
    """Those of the keys that start with a prefix."""
    return Counter({key: many for key, many in counts.items() if key.startswith(prefix)})
