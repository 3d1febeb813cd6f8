"""Where the lists of the Keys stand: all four at once where there is room, else one a page under its tabs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.reactive import var

from mctop.store.keys.hot_keys import HotList
from mctop.ui.layout.bands import GUTTER, MARGIN, WIDE, Arrangement, Place
from mctop.ui.renderables.runs import Run
from mctop.ui.renderables.table import Cell, Column, Row, Sort
from mctop.ui.renderables.trend import trend
from mctop.ui.screens.keys.standings import Choice, standings
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.widgets.panel import SlicePanel
from mctop.ui.words.format import BAR, LONGEST_SLICE, NOTHING, bar, count, duration, percent, popularity, time_of_day
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mctop.store.keys.hot_keys import HotKeys
    from mctop.store.store import Store
    from mctop.ui.renderables.runs import Glyphs
    from mctop.ui.screens.keys.standings import Move, Named, Standing


TABS = "tabs"
LEAST = 8
"""Rows of a list that is worth standing beside others."""


def arrange_lists(lists: tuple[str, ...], width: int, height: int, full: str | None = None) -> Arrangement:
    """Two by two, or one a page."""
    inner = width - 2 * MARGIN
    if full is not None:
        return Arrangement((Place(full, 0, MARGIN, 0, inner, height),))
    rows = (len(lists) + 1) // 2
    if width >= WIDE and height >= rows * LEAST:
        return Arrangement(tuple(_grid(lists, inner, height, rows)))
    tabs = [Place(TABS, page, MARGIN, 0, inner, 1) for page in range(len(lists))]
    pages = [Place(one, page, MARGIN, 1, inner, height - 1) for page, one in enumerate(lists)]
    return Arrangement((*tabs, *pages), len(lists))


def _grid(lists: tuple[str, ...], inner: int, height: int, rows: int) -> list[Place]:
    places = []
    half = (inner - GUTTER) // 2
    for index, one in enumerate(lists):
        row, right = divmod(index, 2)
        alone = index == len(lists) - 1 and not right
        top, bottom = height * row // rows, height * (row + 1) // rows
        x = MARGIN + (half + GUTTER if right else 0)
        wide = inner if alone else inner - half - GUTTER if right else half
        places.append(Place(one, 0, x, top, wide, bottom - top))
    return places


TREND = 12
LEVEL = 0.3
"""Shares of the middle that values must leave it by to fill the height of a trend."""
RECENT = 600
"""Seconds for which what is first seen is news."""
FROM_START = "from start"
"""First seen in the first slice: nobody knows since when."""


def columns(title: str, *, grouped: bool) -> tuple[Column, ...]:
    """The columns of a list; `title` says what a row is. Only patterns stand for several keys."""
    keys = (Column("keys", "keys", 4, align="right", priority=1),) if grouped else ()
    return (
        Column("rank", "rank", 4, align="right", priority=5),
        Column("key", title, 20, 72),
        *keys,
        Column("popularity", "popularity", 10, align="right"),
        Column("share", "share", 6, align="right", priority=1 if grouped else 7),
        Column("relative", "of top", BAR, priority=6),
        Column("moved", "moved", 5, align="right", priority=2),
        Column("mark", "since mark", 10, align="right", priority=4),
        Column("first", "first seen", 10, align="right", priority=8),
        Column("trend", "trend", TREND, priority=3),
    )


def rows(listed: Iterable[Standing], now: float, glyphs: Glyphs, *, grouped: bool) -> tuple[Row, ...]:
    """One row a standing; `now` is the time of the slice, epoch seconds."""
    return tuple(Row(key_of(one.named), _cells(one, now, glyphs, grouped=grouped)) for one in listed)


def key_of(named: Named) -> str:
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


def past(values: Sequence[float | None], width: int, glyphs: Glyphs) -> Cell:
    """Values over time, level where they change little: popularity is counted in a sample, and no two are the same."""
    known = [value for value in values if value is not None]
    middle = (min(known) + max(known)) / 2 if known else 0.0
    half = max(LEVEL * abs(middle), max(known) - middle) if known else 0.0
    return Cell(
        Clean(trend(values, width, glyphs=glyphs, low=middle - half, high=middle + half)), "muted", _growth(known)
    )


def _cells(one: Standing, now: float, glyphs: Glyphs, *, grouped: bool) -> tuple[Cell, ...]:
    keys = (Cell(Clean(count(one.keys)), "" if one.named.pattern else "muted", one.keys),) if grouped else ()
    return (
        Cell(Clean(f"{one.rank}"), "muted", one.rank),
        Cell(clean(one.named.text, 250), "accent" if one.named.pattern else ""),
        *keys,
        Cell(Clean(popularity(one.popularity)), "accent", one.popularity),
        Cell(Clean(percent(100 * one.share)), "", 100 * one.share),
        Cell(Clean(bar(one.relative)), "accent", one.relative),
        moved(one.moved),
        moved(one.moved_since_mark),
        _first(one.first_seen, now),
        past(one.trend, TREND, glyphs),
    )


def _first(seen: float | None, now: float) -> Cell:
    if seen is None:
        return Cell(Clean(FROM_START), "muted")
    return Cell(Clean(time_of_day(seen)), "accent" if now - seen < RECENT else "", seen)


def _growth(known: Sequence[float]) -> float | None:
    """By how much the newest value is above the mean of those before."""
    return known[-1] - sum(known[:-1]) / (len(known) - 1) if len(known) > 1 else None


@dataclass(frozen=True, slots=True)
class Title:
    """What a list is called: on its panel, as a tab, in its column, and when it is empty."""

    panel: str
    tab: str
    column: str
    lacks: str


TITLES = {
    HotList.HIT: Title("Most hit keys", "hit", "key", "no key was hit lately"),
    HotList.MISSED: Title("Most missed keys", "missed", "key", "no key was missed lately"),
    HotList.MUTATED: Title("Most mutated keys", "mutated", "key", "no key was changed lately"),
    HotList.PREFIXES: Title("Popular prefixes", "prefixes", "prefix", "no prefix was popular lately"),
}
LISTS = tuple(TITLES)
BY_POPULARITY = Sort("popularity", descending=True)


class ListGrid(Grid):
    """A table that lists keys or patterns, which have different columns."""

    def relist(self, grouped: bool, title: str) -> None:
        """Take the columns of keys, or of patterns."""
        self._columns = columns(title, grouped=grouped)
        self.refresh()


class ListPanel(SlicePanel):
    """One list of the popular items."""

    def __init__(self, store: Store, kind: HotList, glyphs: Glyphs) -> None:
        self.kind = kind
        self._glyphs = glyphs
        self._title = TITLES[kind]
        self._grouped = False
        self._named: dict[str, Named] = {}
        self._grid = ListGrid(columns(self._title.column, grouped=False))
        self._grid.sort = BY_POPULARITY
        super().__init__(self._title.panel, self._grid, store.popular, store, id=kind.value)
        self.graded = kind.graded

    def show(self, seen: HotKeys, choice: Choice) -> None:
        """List what is chosen."""
        time, grouped = choice.listed(seen), choice.grouped and self.kind is not HotList.PREFIXES
        if grouped != self._grouped:
            self._grouped = grouped
            self._grid.relist(grouped, "pattern" if grouped else self._title.column)
        listed = standings(seen, self.kind, replace(choice, grouped=grouped))
        self._named = {key_of(one.named): one.named for one in listed}
        self._grid.rows = rows(listed, time or 0.0, self._glyphs, grouped=grouped)
        self.notes = notes(seen, choice)
        self.lacks = "" if listed else self._title.lacks if time is not None else lacking(seen, choice)

    def named(self, key: str) -> Named | None:
        """What a row stands for."""
        return self._named.get(key)


class Tabs(Lines):
    """The names of the lists, of which one is shown."""

    DEFAULT_CSS = """
    Tabs { height: 1; }
    """

    shown: var[int] = var(0)

    def __init__(self, lists: tuple[HotList, ...]) -> None:
        super().__init__(id=TABS)
        self._names = tuple(TITLES[kind].tab for kind in lists)

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """The one line."""
        runs: list[Run] = []
        for index, name in enumerate(self._names):
            here = index == self.shown
            runs.append(Run(f"[{name}]" if here else f" {name} ", "focus" if here else "muted"))
        return (tuple(runs),)

    def watch_shown(self) -> None:
        """Name another one."""
        self.redraw()


def lacking(seen: HotKeys, choice: Choice) -> str:
    """Why there is no slice to list."""
    if not seen.times or choice.at is None:
        return "nothing yet"
    return f"no slice was kept from {time_of_day(choice.at)}; the oldest is from {time_of_day(seen.times[0])}"


def notes(seen: HotKeys, choice: Choice) -> tuple[str, ...]:
    """The time slice that is listed, and what its ranks are compared with, longest first."""
    time = choice.listed(seen)
    if time is None:
        return ()
    length = duration(seen.time_slice) if 1 <= seen.time_slice <= LONGEST_SLICE else ""
    last = f"last {length}" if length and choice.at is None else ""
    slice_ = last or f"{length} to {time_of_day(time)}".strip() if length else f"at {time_of_day(time)}"
    before = seen.compared(time)
    compared = f"moved since {time_of_day(before)}" if before is not None else ""
    mark = choice.mark
    marked = f"{mark.kind} {time_of_day(mark.time)}" if mark is not None and seen.slice_before(mark.time) else ""
    every = [slice_, compared, marked]
    return tuple(" · ".join(filter(None, every[:count])) for count in (3, 2, 1))
