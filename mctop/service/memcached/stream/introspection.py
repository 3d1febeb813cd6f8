"""Popular items, key counts and prefix counts over the watches of all servers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import reduce
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from mctop.api.models.introspection import CertainFrom, PopularItem, PopularItems
from mctop.service.memcached.protocol.replies import encoded
from mctop.service.memcached.stream.log_ring import name
from mctop.service.memcached.stream.lookups import CounterTotals, NotGets, not_gets
from mctop.service.memcached.stream.popularity import most, starting
from mctop.service.memcached.stream.traffic import KeyCounts

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.service.memcached.stream.popularity import HeavyHitters, PopularitySlice, Sketches
    from mctop.service.memcached.stream.watcher import Watcher

MOST = 20
"""Items in a list."""
LITTLE = 10
"""Times that the least count of a list is what any can be too small, beyond which that is not told: it moves no rank
but of keys that are nearly as popular."""
NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class PrefixCounts:
    """What was done under a prefix in some watched seconds, as much as what was seen of it stands for.

    All is None where nothing was watched, and `mutations` also where changes are not.
    """

    prefix: str
    seconds: float
    hits: float | None = None
    misses: float | None = None
    mutations: float | None = None


class SeenOfKey(NamedTuple):
    """How often a key was looked up and there, looked up and not there, and changed.

    Each is None where no server is watched that could tell.
    """

    hits: int | None = None
    misses: int | None = None
    mutations: int | None = None


class MostPopular(NamedTuple):
    """A list, and the popularity that a key which it lacks has less of, and that each may have more; 0 for little."""

    items: tuple[PopularItem, ...]
    certain_from: int


class Introspection:
    """Popularity, keys and prefixes over all servers, as far as they are watched."""

    def __init__(self, watchers: tuple[Watcher, ...]) -> None:
        self._watchers = watchers
        self._prefixes: tuple[str, ...] = ()

    def popular_items(self, prefix: str = "") -> PopularItems:
        """What was popular in the last minutes among the keys that start with a prefix; more is known of watched ones.

        Popularity is how often it was seen, which is exact or a little less. What is so rare that a key which is not
        listed can be as popular is left out.
        """
        seconds = max((watcher.traffic.slices.seconds for watcher in self._watchers), default=0.0)
        raw = _raw(prefix)
        hits, misses, mutations = (
            self._most(prefix, _of_keys(raw, attrgetter(kind))) for kind in ("hits", "misses", "mutations")
        )
        prefixes = self._most(prefix, lambda part: part.prefixes)
        return PopularItems(
            time_slice=int(seconds * NANOSECONDS),
            most_hit_keys=hits.items,
            most_missed_keys=misses.items,
            most_mutated_keys=mutations.items,
            popular_prefixes=prefixes.items,
            certain_from=CertainFrom(
                most_hit_keys=hits.certain_from,
                most_missed_keys=misses.certain_from,
                most_mutated_keys=mutations.certain_from,
                popular_prefixes=prefixes.certain_from,
            ),
        )

    def key_counts(self, key: str) -> SeenOfKey:
        """How often a key was looked up and changed: all of it from the first call on, while servers are watched."""
        raw = encoded(key.encode("utf-8", "replace"))
        tally, is_watched, sees_changes = KeyCounts(), False, False
        for watcher in self._watchers:
            if (counts := watcher.pin(raw)) is not None:
                tally, is_watched = tally.plus(counts), True
                sees_changes |= watcher.traffic.sees_stores
        if not is_watched:
            return SeenOfKey()
        return SeenOfKey(tally.hits, tally.misses, tally.mutations if sees_changes else None)

    def not_gets(self) -> NotGets:
        """Which part of the lookups of the last minutes were not gets, as the counters tell."""
        counted = reduce(
            CounterTotals.plus, (watcher.traffic.slices.counted for watcher in self._watchers), CounterTotals()
        )
        return not_gets(counted, self.sampled() or 1.0)

    def watch_prefixes(self, prefixes: tuple[str, ...]) -> None:
        """Count under these prefixes from now on."""
        if prefixes != self._prefixes:
            self._prefixes = prefixes
            for watcher in self._watchers:
                watcher.traffic.watch(tuple(map(_raw, prefixes)))

    def take_prefix_counts(self) -> tuple[PrefixCounts, ...]:
        """What was done under each watched prefix since the last call.

        While some servers are watched and others are not, it is what was done on those that are.
        """
        return tuple(self._taken(prefix) for prefix in self._prefixes)

    def sampled(self) -> float | None:
        """The share, 0-1, of the lines of the last minutes that were seen; None where nothing was watched."""
        lines = sum(watcher.traffic.slices.lines for watcher in self._watchers)
        lost = sum(watcher.traffic.slices.lost for watcher in self._watchers)
        if lines + lost:
            return lines / (lines + lost)
        return 1.0 if any(watcher.state.on for watcher in self._watchers) else None

    def _taken(self, prefix: str) -> PrefixCounts:
        tally, seconds, raw, share = KeyCounts(), 0.0, _raw(prefix), self.sampled() or 1.0
        for watcher in self._watchers:
            below = watcher.traffic.take(raw)
            tally, seconds = tally.plus(below.tally), max(seconds, below.seconds)
        if not seconds:
            return PrefixCounts(prefix, 0.0)
        changes = tally.mutations / share if any(watcher.traffic.sees_stores for watcher in self._watchers) else None
        return PrefixCounts(prefix, seconds, tally.hits / share, tally.misses / share, changes)

    def _most(self, prefix: str, sketch: Callable[[PopularitySlice], HeavyHitters]) -> MostPopular:
        sums: Counter[bytes] = Counter()
        for watcher in self._watchers:
            watcher.traffic.slices.sum_into(sums, sketch)
        shortfall = sum(watcher.traffic.slices.shortfall(sketch) for watcher in self._watchers)
        largest = [pair for pair in most(starting(sums, _raw(prefix)), MOST) if pair[1] >= shortfall]
        is_little = shortfall <= 1 or (len(largest) == MOST and largest[-1][1] >= LITTLE * shortfall)
        items = tuple(PopularItem(name=name(key), popularity=many) for key, many in largest)
        return MostPopular(items, 0 if is_little else shortfall)


def _of_keys(prefix: bytes, kind: Callable[[Sketches], HeavyHitters]) -> Callable[[PopularitySlice], HeavyHitters]:
    """The sketch of a kind in a slice: that of the prefix, where it is watched."""
    return lambda part: kind(part.watched.get(prefix, part.all))


def _raw(prefix: str) -> bytes:
    return encoded(prefix.encode("utf-8", "replace"))
