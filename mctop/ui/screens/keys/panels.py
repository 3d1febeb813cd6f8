"""The lists of the Keys: all four at once where there is room, else one a page under its tabs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.reactive import var

from mctop.store.keys.hot_keys import HotList
from mctop.ui.layout.bands import MARGIN, WIDE, Arrangement, Place, equal_bands, full_page
from mctop.ui.renderables.runs import Line, Run
from mctop.ui.renderables.table import Cell, Column, Row, Sort
from mctop.ui.screens.shared.key_standings import FROM_START, moved, past, row_key, slice_notes, standings
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.widgets.panel import SlicePanel
from mctop.ui.words.format import BAR, bar, count, percent, popularity, time_of_day
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.store.keys.hot_keys import HotKeys
    from mctop.store.store import Store
    from mctop.ui.renderables.runs import Glyphs
    from mctop.ui.screens.shared.key_standings import KeyOrPattern, KeyQuery, KeyStanding


TABS = "tabs"
LEAST = 8
"""Rows of a list that is worth standing beside others: its heading, its titles and six keys."""


def arrange_lists(lists: tuple[str, ...], width: int, height: int, full: str | None = None) -> Arrangement:
    """Two by two, or one a page."""
    if full is not None:
        return full_page(full, width, height)
    pairs = tuple(lists[first : first + 2] for first in range(0, len(lists), 2))
    if width >= WIDE and height >= len(pairs) * LEAST:
        return equal_bands(pairs, width, height, LEAST)
    inner = width - 2 * MARGIN
    tabs = [Place(TABS, page, MARGIN, 0, inner, 1) for page in range(len(lists))]
    pages = [Place(panel, page, MARGIN, 1, inner, height - 1) for page, panel in enumerate(lists)]
    return Arrangement((*tabs, *pages), len(lists))


TREND = 12
RECENT = 600
"""Seconds for which a key that is new is news: about three slices of the API, which last some three minutes each."""


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


def rows(listed: Iterable[KeyStanding], now: float, glyphs: Glyphs, *, grouped: bool) -> tuple[Row, ...]:
    """One row a standing; `now` is the time of the slice, epoch seconds."""
    return tuple(Row(row_key(standing.named), _cells(standing, now, glyphs, grouped=grouped)) for standing in listed)


def _cells(standing: KeyStanding, now: float, glyphs: Glyphs, *, grouped: bool) -> tuple[Cell, ...]:
    keys = (
        (Cell(Clean(count(standing.keys)), "" if standing.named.pattern else "muted", standing.keys),)
        if grouped
        else ()
    )
    return (
        Cell(Clean(f"{standing.rank}"), "muted", standing.rank),
        Cell(clean(standing.named.text, 250), "accent" if standing.named.pattern else ""),
        *keys,
        Cell(Clean(popularity(standing.popularity)), "accent", standing.popularity),
        Cell(Clean(percent(100 * standing.share)), "", 100 * standing.share),
        Cell(Clean(bar(standing.relative)), "accent", standing.relative),
        moved(standing.moved),
        moved(standing.moved_since_mark),
        _first(standing.first_seen, now),
        past(standing.trend, TREND, glyphs),
    )


def _first(time: float | None, now: float) -> Cell:
    if time is None:
        return Cell(Clean(FROM_START), "muted")
    return Cell(Clean(time_of_day(time)), "accent" if now - time < RECENT else "", time)


@dataclass(frozen=True, slots=True)
class ListTitle:
    """What a list is called: on its panel, as a tab, in its column, and when it is empty."""

    panel: str
    tab: str
    column: str
    lacks: str


TITLES = {
    HotList.HIT: ListTitle("Most hit keys", "hit", "key", "no key was hit lately"),
    HotList.MISSED: ListTitle("Most missed keys", "missed", "key", "no key was missed lately"),
    HotList.MUTATED: ListTitle("Most mutated keys", "mutated", "key", "no key was mutated lately"),
    HotList.PREFIXES: ListTitle("Popular prefixes", "prefixes", "prefix", "no prefix was popular lately"),
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
        self._named: dict[str, KeyOrPattern] = {}
        self._grid = ListGrid(columns(self._title.column, grouped=False))
        self._grid.sort = BY_POPULARITY
        super().__init__(self._title.panel, self._grid, store.popular, store, id=kind.value)
        self.graded = kind.graded

    def show(self, hot_keys: HotKeys, query: KeyQuery) -> None:
        """List what is chosen."""
        time, grouped = query.listed(hot_keys), query.grouped and self.kind is not HotList.PREFIXES
        if grouped != self._grouped:
            self._grouped = grouped
            self._grid.relist(grouped, "pattern" if grouped else self._title.column)
        listed = standings(hot_keys, self.kind, replace(query, grouped=grouped))
        self._named = {row_key(standing.named): standing.named for standing in listed}
        self._grid.rows = rows(listed, time or 0.0, self._glyphs, grouped=grouped)
        self.notes = slice_notes(hot_keys, query)
        self.lacks = "" if listed else self._title.lacks if time is not None else lacking(hot_keys, query)

    def named(self, key: str) -> KeyOrPattern | None:
        """What a row stands for."""
        return self._named.get(key)


class Tabs(Lines):
    """The names of the lists, and which of them is shown."""

    DEFAULT_CSS = """
    Tabs { height: 1; }
    """

    shown: var[int] = var(0)

    def __init__(self, lists: tuple[HotList, ...]) -> None:
        super().__init__(id=TABS)
        self._names = tuple(TITLES[kind].tab for kind in lists)

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """A single line."""
        runs: list[Run] = []
        for index, name in enumerate(self._names):
            here = index == self.shown
            runs.append(Run(f"[{name}]" if here else f" {name} ", "focus" if here else "muted"))
        return (tuple(runs),)

    def watch_shown(self) -> None:
        """Point at another list."""
        self.redraw()


def lacking(hot_keys: HotKeys, query: KeyQuery) -> str:
    """Why there is no slice to list."""
    if not hot_keys.times or query.at is None:
        return "nothing yet"
    return f"no slice was kept from {time_of_day(query.at)}; the oldest is from {time_of_day(hot_keys.times[0])}"
