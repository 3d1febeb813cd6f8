"""Popular items, key counts and prefix counts over the watches of all servers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from mctop.api.models.introspection import PopularItem, PopularItems
from mctop.service.memcached.protocol.replies import encoded, named
from mctop.service.memcached.stream.log_ring import name
from mctop.service.memcached.stream.popularity import most, starting
from mctop.service.memcached.stream.traffic import KeyCounts

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.service.memcached.stream.popularity import HeavyHitters, PopularitySlice
    from mctop.service.memcached.stream.watcher import Watcher

MOST = 20
"""Items in a list."""
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


class Introspection:
    """Popularity, keys and prefixes over all servers, as far as they are watched."""

    def __init__(self, watchers: tuple[Watcher, ...]) -> None:
        self._watchers = watchers
        self._prefixes: tuple[str, ...] = ()

    def popular_items(self, prefix: str = "") -> PopularItems:
        """What was popular in the last minutes among the keys that start with a prefix; more is known of watched ones.

        Popularity is how often it was seen, which is exact or a little less.
        """
        seconds = max((watcher.traffic.slices.seconds for watcher in self._watchers), default=0.0)
        return PopularItems(
            time_slice=int(seconds * NANOSECONDS),
            most_hit_keys=self._keys(prefix, attrgetter("hits")),
            most_missed_keys=self._keys(prefix, attrgetter("misses")),
            most_mutated_keys=self._keys(prefix, attrgetter("mutations")),
            popular_prefixes=self._most(prefix, lambda part: part.prefixes),
        )

    def key_counts(self, key: str) -> KeyCounts:
        """How often a key was hit, missed and changed: all of it from the first call on, while servers are watched.

        Each call says that the servers are about to be asked for the key, which is not counted.
        """
        raw = encoded(named(key))
        tally = KeyCounts()
        for watcher in self._watchers:
            tally = tally.plus(watcher.pin(raw))
        return tally

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

    def _keys(self, prefix: str, kind: Callable[[object], HeavyHitters]) -> tuple[PopularItem, ...]:
        raw = _raw(prefix)

        def sketch(part: PopularitySlice) -> HeavyHitters:
            return kind(part.watched.get(raw, part.all))

        return self._most(prefix, sketch)

    def _most(self, prefix: str, sketch: Callable[[PopularitySlice], HeavyHitters]) -> tuple[PopularItem, ...]:
        sums: Counter[bytes] = Counter()
        for watcher in self._watchers:
            watcher.traffic.slices.sum_into(sums, sketch)
        largest = most(starting(sums, _raw(prefix)), MOST)
        return tuple(PopularItem(name=name(key), popularity=many) for key, many in largest)


def _raw(prefix: str) -> bytes:
    return encoded(prefix.encode("utf-8", "replace"))
