"""How each key, prefix or pattern stands in a list: now, against earlier slices, and over all slices seen."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mctop.store.base.marks import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mctop.store.base.marks import Mark
    from mctop.store.keys.hot_keys import HotItem, HotKeys, HotList


UNRELATED = frozenset({MarkKind.GAP})
"""Marks that have nothing to do with which keys are popular."""


class Named(NamedTuple):
    """What a row stands for: a key or prefix, or, if `pattern`, the keys that have a pattern in common; raw."""

    pattern: bool
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """The keys of a pattern or prefix; of a pattern also the `names` that it had once, should it be learnt anew."""

    named: Named
    names: frozenset[str] = frozenset()

    def holds(self, name: str, seen: HotKeys) -> bool:
        """Whether a key belongs to it."""
        if not self.named.pattern:
            return name.startswith(self.named.text)
        return name in self.names or seen.patterns.of(name).text == self.named.text


@dataclass(frozen=True, slots=True)
class Choice:
    """What to list: by pattern or by key, all or those of a group.

    `at` is the moment to list, epoch seconds, or None for the newest slice; ranks are also compared with the `mark`.
    """

    grouped: bool = False
    group: Group | None = None
    at: float | None = None
    mark: Mark | None = None

    def listed(self, seen: HotKeys) -> float | None:
        """The time of the slice to list, or None where none was seen."""
        return seen.slice_before(float("inf") if self.at is None else self.at)


@dataclass(frozen=True, slots=True)
class Move:
    """How many ranks up since an earlier slice; None where it was not in the list then."""

    ranks: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One row of a list; `share` is of the whole list, `relative` of the greatest, both 0-1.

    `keys` is how many different keys of the slice it stands for. A move is None where there is nothing to
    compare with. `first_seen` is epoch seconds, None where it was there from the first slice on. `trend` has one value
    a slice, oldest first; a gap is a slice whose list it was not in.
    """

    named: Named
    rank: int
    popularity: float
    share: float
    relative: float
    keys: int = 1
    moved: Move | None = None
    moved_since_mark: Move | None = None
    first_seen: float | None = None
    trend: tuple[float | None, ...] = ()


def standings(seen: HotKeys, kind: HotList, choice: Choice) -> tuple[Standing, ...]:
    """The rows of a list in one slice, the most popular first."""
    time = choice.listed(seen)
    if time is None:
        return ()
    groups: defaultdict[Named, list[HotItem]] = defaultdict(list)
    for item in seen.items.get(kind, {}).values():
        if choice.group is None or choice.group.holds(item.name, seen):
            groups[_named(item.name, seen, choice)].append(item)
    now = _ranks(groups, time)
    moved = _moves(groups, now, seen.compared(time))
    marked = _moves(groups, now, None if choice.mark is None else seen.slice_before(choice.mark.time))
    total, top = sum(many for _, many in now.values()), max((many for _, many in now.values()), default=0.0)
    places = {time: place for place, time in enumerate(seen.times)}
    rows = []
    for named, (rank, popularity) in now.items():
        group = groups[named]
        first = min(item.first_seen for item in group)
        rows.append(
            Standing(
                named,
                rank,
                popularity,
                popularity / total if total > 0 else 0.0,
                popularity / top if top > 0 else 0.0,
                sum(item.at(time) is not None for item in group),
                moved.get(named),
                marked.get(named),
                None if first == seen.since else first,
                _trend(group, places),
            )
        )
    return tuple(rows)


def telling(marks: tuple[Mark, ...]) -> Mark | None:
    """The newest mark that ranks are worth comparing with."""
    return next((mark for mark in reversed(marks) if mark.kind not in UNRELATED), None)


def group_of(named: Named, seen: HotKeys) -> Group:
    """The keys that a pattern or a prefix stands for."""
    known = seen.patterns.by_key.items() if named.pattern else ()
    return Group(named, frozenset(name for name, pattern in known if pattern.text == named.text))


def _named(name: str, seen: HotKeys, choice: Choice) -> Named:
    pattern = seen.patterns.of(name) if choice.grouped else None
    return Named(True, pattern.text) if pattern and pattern.variable else Named(False, name)


def _ranks(groups: Mapping[Named, Iterable[HotItem]], time: float) -> dict[Named, tuple[int, float]]:
    """The rank and popularity of each group in the slice of a time, by rank; of equals, the API's order decides."""
    sums: list[tuple[float, int, Named]] = []
    for named, group in groups.items():
        found = [sighting for item in group if (sighting := item.at(time))]
        if found:
            sums.append((-sum(one.popularity for one in found), min(one.rank for one in found), named))
    return {named: (rank, -many) for rank, (many, _, named) in enumerate(sorted(sums), 1)}


def _moves(
    groups: Mapping[Named, Iterable[HotItem]], now: Mapping[Named, tuple[int, float]], time: float | None
) -> dict[Named, Move]:
    """How the groups that are listed now moved since the slice of a time; empty without one."""
    if time is None:
        return {}
    before = _ranks(groups, time)
    return {named: Move(before[named][0] - rank if named in before else None) for named, (rank, _) in now.items()}


def _trend(group: Iterable[HotItem], places: Mapping[float, int]) -> tuple[float | None, ...]:
    values: list[float | None] = [None] * len(places)
    for item in group:
        for sighting in item.sightings:
            place = places.get(sighting.time)
            if place is not None:
                values[place] = (values[place] or 0.0) + sighting.popularity
    return tuple(values)
