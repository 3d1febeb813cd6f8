"""The lists of popular keys as standings: rank, moves and trend of each key, prefix or pattern, and their cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mctop.store.base.marks import MarkKind
from mctop.ui.renderables.table import Cell
from mctop.ui.renderables.trend import trend
from mctop.ui.words.format import LONGEST_SLICE, NOTHING, duration, time_of_day
from mctop.ui.words.text import Clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mctop.store.base.marks import Mark
    from mctop.store.base.window import TimeWindow
    from mctop.store.keys.hot_keys import HotItem, HotKeys, HotList


UNRELATED = frozenset({MarkKind.GAP})
"""Marks that have nothing to do with which keys are popular."""


class KeyOrPattern(NamedTuple):
    """What a row stands for: a key or prefix, or, if `pattern`, the keys that have a pattern in common; raw."""

    pattern: bool
    text: str


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """The keys of a pattern or prefix; of a pattern also the `names` that it had once, should it be learnt anew."""

    named: KeyOrPattern
    names: frozenset[str] = frozenset()

    def holds(self, name: str, hot_keys: HotKeys) -> bool:
        """Whether a key belongs to it."""
        if not self.named.pattern:
            return name.startswith(self.named.text)
        return name in self.names or hot_keys.patterns.of(name).text == self.named.text


@dataclass(frozen=True, slots=True)
class KeyQuery:
    """The rows that are asked for: by pattern or by key, all or those of a group.

    `at` is the moment to list, epoch seconds, or None for the newest slice; ranks are also compared with the `mark`.
    """

    grouped: bool = False
    group: KeyGroup | None = None
    at: float | None = None
    mark: Mark | None = None

    def listed(self, hot_keys: HotKeys) -> float | None:
        """The time of the slice to list, or None where there is none so old."""
        return hot_keys.slice_before(float("inf") if self.at is None else self.at)


@dataclass(frozen=True, slots=True)
class Move:
    """How many ranks up since an earlier slice; None where it was not in the list then."""

    ranks: int | None


@dataclass(frozen=True, slots=True)
class KeyStanding:
    """One row of a list; `share` is of the whole list, `relative` of the greatest, both 0-1.

    `keys` is how many different keys of the slice it stands for. A move is None where there is nothing to
    compare with. `first_seen` is epoch seconds, None where it was there from the first slice on. `trend` has one value
    a slice, oldest first; a gap is a slice whose list it was not in.
    """

    named: KeyOrPattern
    rank: int
    popularity: float
    share: float
    relative: float
    keys: int = 1
    moved: Move | None = None
    moved_since_mark: Move | None = None
    first_seen: float | None = None
    trend: tuple[float | None, ...] = ()


def standings(hot_keys: HotKeys, kind: HotList, query: KeyQuery) -> tuple[KeyStanding, ...]:
    """The rows of a list in one slice, the most popular first."""
    time = query.listed(hot_keys)
    if time is None:
        return ()
    groups: defaultdict[KeyOrPattern, list[HotItem]] = defaultdict(list)
    for item in hot_keys.items.get(kind, {}).values():
        if query.group is None or query.group.holds(item.name, hot_keys):
            groups[_named(item.name, hot_keys, query)].append(item)
    now = _ranks(groups, time)
    moved = _moves(groups, now, hot_keys.compared(time))
    marked = _moves(groups, now, None if query.mark is None else hot_keys.slice_before(query.mark.time))
    total, top = sum(many for _, many in now.values()), max((many for _, many in now.values()), default=0.0)
    places = {time: place for place, time in enumerate(hot_keys.times)}
    rows = []
    for named, (rank, popularity) in now.items():
        group = groups[named]
        first = min(item.first_seen for item in group)
        rows.append(
            KeyStanding(
                named,
                rank,
                popularity,
                popularity / total if total > 0 else 0.0,
                popularity / top if top > 0 else 0.0,
                sum(item.at(time) is not None for item in group),
                moved.get(named),
                marked.get(named),
                None if first == hot_keys.since else first,
                _trend(group, places),
            )
        )
    return tuple(rows)


def mark_to_compare(marks: tuple[Mark, ...]) -> Mark | None:
    """The newest mark that ranks are worth comparing with."""
    return next((mark for mark in reversed(marks) if mark.kind not in UNRELATED), None)


def moment_to_list(window: TimeWindow) -> float | None:
    """The moment that a window reads, epoch seconds: its cursor, or else its end; None is the present."""
    return window.end if window.cursor is None else window.cursor


def group_of(named: KeyOrPattern, hot_keys: HotKeys) -> KeyGroup:
    """The keys that a pattern or a prefix stands for."""
    patterns = hot_keys.patterns.by_key.items() if named.pattern else ()
    return KeyGroup(named, frozenset(name for name, pattern in patterns if pattern.text == named.text))


def _named(name: str, hot_keys: HotKeys, query: KeyQuery) -> KeyOrPattern:
    pattern = hot_keys.patterns.of(name) if query.grouped else None
    return KeyOrPattern(True, pattern.text) if pattern and pattern.variable else KeyOrPattern(False, name)


def _ranks(groups: Mapping[KeyOrPattern, Iterable[HotItem]], time: float) -> dict[KeyOrPattern, tuple[int, float]]:
    """The rank and popularity of each group in the slice of a time, by rank; of equals, the API's order decides."""
    sums: list[tuple[float, int, KeyOrPattern]] = []
    for named, group in groups.items():
        sightings = [sighting for item in group if (sighting := item.at(time))]
        if sightings:
            popularity, rank = sum(each.popularity for each in sightings), min(each.rank for each in sightings)
            sums.append((-popularity, rank, named))
    return {named: (rank, -many) for rank, (many, _, named) in enumerate(sorted(sums), 1)}


def _moves(
    groups: Mapping[KeyOrPattern, Iterable[HotItem]], now: Mapping[KeyOrPattern, tuple[int, float]], time: float | None
) -> dict[KeyOrPattern, Move]:
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


LEVEL = 0.3
"""Shares of the middle that values must leave it by to fill the height of a trend: popularity is counted in a sample,
and of a count of a hundred this is three standard deviations."""
FROM_START = "from start"
"""First seen in the first slice: nobody knows since when."""


def row_key(named: KeyOrPattern) -> str:
    """The identity of a row, whether the list is grouped or not."""
    return f"{'pattern' if named.pattern else 'key'} {named.text}"


def moved(move: Move | None) -> Cell:
    """How many ranks up or down, or that it is new in the list, which is sorted as the greatest climb of all."""
    if move is None:
        return Cell(Clean(NOTHING), "muted")
    if move.ranks is None:
        return Cell(Clean("new"), "accent", float("inf"))
    if move.ranks == 0:
        return Cell(Clean("="), "muted", 0)
    return Cell(Clean(f"{'▲' if move.ranks > 0 else '▼'} {abs(move.ranks)}"), "", move.ranks)


def past(values: Sequence[float | None], width: int) -> Cell:
    """Values over time, level where they change little: popularity is counted in a sample, and no two are the same."""
    numbers = [value for value in values if value is not None]
    middle = (min(numbers) + max(numbers)) / 2 if numbers else 0.0
    half = max(LEVEL * abs(middle), max(numbers) - middle) if numbers else 0.0
    text = trend(values, width, low=middle - half, high=middle + half)
    return Cell(Clean(text), "muted", _growth(numbers))


def _growth(values: Sequence[float]) -> float | None:
    """By how much the newest value is above the mean of those before."""
    return values[-1] - sum(values[:-1]) / (len(values) - 1) if len(values) > 1 else None


def slice_notes(hot_keys: HotKeys, query: KeyQuery) -> tuple[str, ...]:
    """The time slice that is listed, and what its ranks are compared with, longest first."""
    time = query.listed(hot_keys)
    if time is None:
        return ()
    length = duration(hot_keys.time_slice) if 1 <= hot_keys.time_slice <= LONGEST_SLICE else ""
    last = f"last {length}" if length and query.at is None else ""
    listed = last or f"{length} to {time_of_day(time)}".strip() if length else f"at {time_of_day(time)}"
    before = hot_keys.compared(time)
    compared = f"moved since {time_of_day(before)}" if before is not None else ""
    mark = query.mark
    marked = f"{mark.kind} {time_of_day(mark.time)}" if mark is not None and hot_keys.slice_before(mark.time) else ""
    every = [listed, compared, marked]
    return tuple(" · ".join(filter(None, every[:count])) for count in (3, 2, 1))
