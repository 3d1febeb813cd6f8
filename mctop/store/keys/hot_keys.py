"""Popular keys, slice after slice: ranks over time, first seen, and the patterns of all keys."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from mctop.store.keys.patterns import Patterns, learn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mctop.api.models.introspection import PopularItem, PopularItems


MOST_SLICES, FEWEST_SLICES = 360, 30
"""Slices to remember: an hour at one every 10 s; fewer where lists are long, but five minutes."""
MOST_SIGHTINGS = 36_000
"""Sightings to remember in slices beyond the fewest: 100 items in each of 360 slices."""
MOST_ITEMS = 500
"""Items of one list to remember; those absent for longest are forgotten."""


class HotList(Enum):
    """The lists of one slice; the value is the API's name."""

    HIT = "most_hit_keys"
    MISSED = "most_missed_keys"
    MUTATED = "most_mutated_keys"
    PREFIXES = "popular_prefixes"

    def of(self, items: PopularItems) -> tuple[PopularItem, ...]:
        """This list, in the API's order."""
        listed: tuple[PopularItem, ...] = getattr(items, self.value)
        return listed

    @property
    def graded(self) -> str:
        """The operation, or the field of it, that the grade of this list is told under.

        Each list of keys has its own: a part of the lookups may not be gets, and mutations are not seen everywhere.
        """
        return "popular_items" if self is HotList.PREFIXES else self.value

    @property
    def graded_in_part(self) -> str:
        """What the grade of this list is told under where it is about some keys only.

        Which part of all lookups were not gets says nothing of theirs, unless it is none or all.
        """
        parts = {HotList.HIT: "key_stats.hit_count", HotList.MISSED: "key_stats.miss_count"}
        return parts.get(self, self.graded)

    def certain_from(self, items: PopularItems) -> int:
        """What an item that this list lacks has less of, and each may have more; 0 where that is little."""
        certain: int = getattr(items.certain_from, self.value, 0)
        return certain


KEY_LISTS = (HotList.HIT, HotList.MISSED, HotList.MUTATED)
"""The lists of keys, not of prefixes."""


class Sighting(NamedTuple):
    """An item in one slice: `time` is epoch seconds, ranks begin at 1."""

    time: float
    rank: int
    popularity: float


@dataclass(frozen=True, slots=True)
class HotItem:
    """A key or prefix in one list; `sightings`, oldest first, are those in kept slices, or else the last one.

    `name` is raw and untrusted; `first_seen` is epoch seconds.
    """

    name: str
    first_seen: float
    sightings: tuple[Sighting, ...]

    @property
    def last(self) -> Sighting:
        """The newest sighting."""
        return self.sightings[-1]

    def at(self, time: float) -> Sighting | None:
        """Its sighting in the slice of exactly this time, or None where it was not in the list."""
        index = bisect_right(self.sightings, time, key=_time) - 1
        return self.sightings[index] if index >= 0 and self.sightings[index].time == time else None


@dataclass(frozen=True, slots=True)
class HotKeys:
    """Every slice of time so far, the first at `since`. `time_slice` is how many seconds the newest is about.

    `times`, those of the slices that are kept, are epoch seconds, oldest first. `items` holds, for each list, by name,
    all that are remembered, whether or not they are in the newest slice. `certain_from` is what an
    item that a list of the newest slice lacks has less of, and each may have more; 0 where that is little.
    """

    since: float | None = None
    times: tuple[float, ...] = ()
    time_slice: float = 0.0
    items: Mapping[HotList, Mapping[str, HotItem]] = field(default_factory=dict)
    patterns: Patterns = field(default_factory=Patterns)
    certain_from: Mapping[HotList, int] = field(default_factory=dict)

    def current(self, kind: HotList) -> tuple[HotItem, ...]:
        """The items of the newest slice, by rank."""
        now = self.times[-1] if self.times else None
        items = [item for item in self.items.get(kind, {}).values() if item.last.time == now]
        return tuple(sorted(items, key=lambda item: item.last.rank))

    def slice_before(self, time: float) -> float | None:
        """The time of the newest slice that is no newer than `time`, or None where none is kept."""
        index = bisect_right(self.times, time)
        return self.times[index - 1] if index else None

    def compared(self, time: float) -> float | None:
        """The slice to compare that of `time` with: the last that shares no request with it, else the oldest."""
        if not self.times or time <= self.times[0]:
            return None
        return self.slice_before(time - self.time_slice) or self.times[0]


def extended(before: HotKeys, answer: PopularItems, now: float) -> HotKeys:
    """Add the slice that was told at `now`, epoch seconds; a time before the newest one begins anew."""
    if before.times and now <= before.times[-1]:
        before = HotKeys()
    listed = sum(len(kind.of(answer)) for kind in HotList)
    length = max(FEWEST_SLICES, min(MOST_SLICES, MOST_SIGHTINGS // max(1, listed)))
    times = (*before.times, now)[-length:]
    items = {kind: _extended(before.items.get(kind, {}), kind.of(answer), times) for kind in HotList}
    patterns = before.patterns
    names = {name for kind in KEY_LISTS for name in items[kind]}
    if names != patterns.by_key.keys():
        patterns = learn(names)
    return HotKeys(
        now if before.since is None else before.since,
        times,
        answer.time_slice / 1e9,
        items,
        patterns,
        {kind: kind.certain_from(answer) for kind in HotList},
    )


def _extended(
    before: Mapping[str, HotItem], listed: tuple[PopularItem, ...], times: tuple[float, ...]
) -> Mapping[str, HotItem]:
    items = {name: _kept_since(times[0], item) for name, item in before.items()}
    for rank, item in enumerate(listed, 1):
        earlier = items.pop(item.name, None)
        if earlier is not None and earlier.last.time == times[-1]:
            items[item.name] = earlier
            continue
        sightings = () if earlier is None else earlier.sightings
        sighting = Sighting(times[-1], rank, item.popularity)
        items[item.name] = HotItem(item.name, earlier.first_seen if earlier else times[-1], (*sightings, sighting))
    forgotten = max(0, len(items) - max(MOST_ITEMS, len(listed)))
    return {name: item for index, (name, item) in enumerate(items.items()) if index >= forgotten}


def _kept_since(oldest: float, item: HotItem) -> HotItem:
    """An item without its sightings in slices that are gone, but for its last."""
    if item.sightings[0].time >= oldest:
        return item
    first = min(bisect_left(item.sightings, oldest, key=_time), len(item.sightings) - 1)
    return HotItem(item.name, item.first_seen, item.sightings[first:]) if first else item


def _time(sighting: Sighting) -> float:
    return sighting.time
