"""The Keys: what is hit, missed and mutated most, and what moved; all lists at once, or one a page under tabs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.reactive import var

from mctop.store.keys.hot_keys import KEY_LISTS, HotKeys, HotList
from mctop.ui.layout.bands import MARGIN, WIDE, Arrangement, Place, equal_bands, full_page
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.registry.views import GROUP_PAGE, KEY_PAGE
from mctop.ui.renderables.table import Cell, Column, Row, Sort, name_cell
from mctop.ui.screens.base import FramedScreen
from mctop.ui.screens.shared.key_standings import (
    FROM_START,
    KeyGroup,
    KeyOrPattern,
    KeyQuery,
    group_of,
    mark_to_compare,
    moment_to_list,
    moved,
    past,
    row_key,
    slice_notes,
    standings,
)
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.widgets.panel import SlicePanel
from mctop.ui.words.format import BAR, bar, count, percent, popularity, time_of_day
from mctop.ui.words.freshness_text import explain, failing
from mctop.ui.words.request_words import request_words
from mctop.ui.words.runs import Line, Run
from mctop.ui.words.text import Clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from mctop.store.base.clock import Clock
    from mctop.store.base.marks import Mark
    from mctop.store.base.window import TimeWindow
    from mctop.store.store import Store
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.screens.shared.key_standings import KeyStanding


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


def columns(title: str, counts: str = "popularity", *, grouped: bool) -> tuple[Column, ...]:
    """The columns of a list; `title` says what a row is, `counts` what is counted; patterns stand for several keys."""
    keys = (Column("keys", "keys", 4, align="right", priority=1),) if grouped else ()
    return (
        Column("rank", "rank", 4, align="right", priority=5),
        Column("key", title, 20, 72),
        *keys,
        Column("popularity", counts, 10, align="right"),
        Column("share", "share", 6, align="right", priority=1 if grouped else 7),
        Column("relative", "of top", BAR, priority=6),
        Column("moved", "moved", 5, align="right", priority=2),
        Column("mark", "since mark", 10, align="right", priority=4),
        Column("first", "first seen", 10, align="right", priority=8),
        Column("trend", "trend", TREND, priority=3),
    )


def rows(listed: Iterable[KeyStanding], now: float, *, grouped: bool) -> tuple[Row, ...]:
    """One row a standing; `now` is the time of the slice, epoch seconds."""
    return tuple(Row(row_key(standing.named), _cells(standing, now, grouped=grouped)) for standing in listed)


def _cells(standing: KeyStanding, now: float, *, grouped: bool) -> tuple[Cell, ...]:
    keys = (
        (Cell(Clean(count(standing.keys)), "" if standing.named.pattern else "muted", standing.keys),)
        if grouped
        else ()
    )
    return (
        Cell(Clean(f"{standing.rank}"), "muted", standing.rank),
        name_cell(standing.named.text, "accent" if standing.named.pattern else ""),
        *keys,
        Cell(Clean(popularity(standing.popularity)), "accent", standing.popularity),
        Cell(Clean(percent(100 * standing.share)), "", 100 * standing.share),
        Cell(Clean(bar(standing.relative)), "accent", standing.relative),
        moved(standing.moved),
        moved(standing.moved_since_mark),
        _first(standing.first_seen, now),
        past(standing.trend, TREND),
    )


def _first(time: float | None, now: float) -> Cell:
    if time is None:
        return Cell(Clean(FROM_START), "muted")
    return Cell(Clean(time_of_day(time)), "accent" if now - time < RECENT else "", time)


LISTS = tuple(HotList)
BY_POPULARITY = Sort("popularity", descending=True)


class ListPanel(SlicePanel):
    """One list of the popular items."""

    def __init__(self, store: Store, kind: HotList) -> None:
        self.kind = kind
        self._item = "prefix" if kind is HotList.PREFIXES else "key"
        self._named: dict[str, KeyOrPattern] = {}
        self._grid = Grid(columns(self._item, grouped=False))
        self._grid.sort = BY_POPULARITY
        title = request_words(store.cache.value.value).of(kind).panel
        super().__init__(title, self._grid, store.popular, store, id=kind.value)
        self.graded = kind.graded

    def show(self, hot_keys: HotKeys, query: KeyQuery) -> None:
        """List what is chosen."""
        time, grouped = query.listed(hot_keys), query.grouped and self.kind is not HotList.PREFIXES
        self.graded = self.kind.graded if query.group is None else self.kind.graded_in_part
        words = self.words.of(self.kind)
        self.title = words.panel
        self._grid.take_columns(columns("pattern" if grouped else self._item, words.counts, grouped=grouped))
        listed = standings(hot_keys, self.kind, replace(query, grouped=grouped))
        self._named = {row_key(standing.named): standing.named for standing in listed}
        self._grid.rows = rows(listed, time or 0.0, grouped=grouped)
        self.notes = slice_notes(hot_keys, query)
        self.certain_from = hot_keys.certain_from.get(self.kind, 0) if query.at is None else 0
        self.lacks = "" if listed else words.lacks if time is not None else lacking(hot_keys, query)

    def named(self, key: str) -> KeyOrPattern | None:
        """What a row stands for."""
        return self._named.get(key)


class Tabs(Lines):
    """The names of the lists, and which of them is shown."""

    DEFAULT_CSS = """
    Tabs { height: 1; }
    """

    shown: var[int] = var(0)
    names: var[tuple[str, ...]] = var(())

    def __init__(self) -> None:
        super().__init__(id=TABS)

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """A single line."""
        runs: list[Run] = []
        for index, name in enumerate(self.names):
            here = index == self.shown
            runs.append(Run(f"[{name}]" if here else f" {name} ", "focus" if here else "muted"))
        return (tuple(runs),)

    def watch_shown(self) -> None:
        """Point at another list."""
        self.redraw()

    def watch_names(self) -> None:
        """Call the lists something else."""
        self.redraw()


def lacking(hot_keys: HotKeys, query: KeyQuery) -> str:
    """Why there is no slice to list."""
    if not hot_keys.times or query.at is None:
        return "nothing yet"
    return f"no slice was kept from {time_of_day(query.at)}; the oldest is from {time_of_day(hot_keys.times[0])}"


class KeysScreen(FramedScreen):
    """The lists of popular items, by key or by pattern, and the way to what a row stands for."""

    VIEW = "Keys"
    HOME = HotList.HIT.value
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.KEYS)]
    LISTS: ClassVar[tuple[HotList, ...]] = LISTS

    def __init__(
        self, store: Store, clock: Clock, options: UiOptions, page: str = "", group: KeyGroup | None = None
    ) -> None:
        super().__init__(store, clock, options, page)
        self._tabs = Tabs()
        self._panels = tuple(ListPanel(store, kind) for kind in self.LISTS)
        self._hot_keys = HotKeys()
        self._query = KeyQuery(group=group)

    def compose_panels(self) -> ComposeResult:
        """The tabs and the lists; which are seen, the size decides."""
        yield self._tabs
        yield from self._panels

    def follow_topics(self) -> None:
        """What is popular, which is polled more often meanwhile, the marks and the window."""
        store = self.store
        store.popular.hurried.set(True)
        self.when_hidden(partial(store.popular.hurried.set, False))
        self.follow(store.popular.hot_keys, self._see)
        self.when_hidden(store.popular.value.follow(lambda _: None))
        self.follow(store.marks, self._see_marks)
        self.follow(store.window, self._see_window)
        self.follow(store.cache.value, lambda _: self._show())

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the lists stand."""
        return arrange_lists(tuple(kind.value for kind in self.LISTS), width, height, full)

    def judge(self, now: float) -> None:
        """Say how honest each list is."""
        for panel in self._panels:
            panel.judge(now)
        failure = failing((each.health.value for each in (self.store.stats, self.store.popular)), now)
        self.keys.problem = explain(failure) if failure else None

    def on_pages_turned(self) -> None:
        """Say which list it is, and give it the keys."""
        page, pages = self.pages.turned
        self._tabs.shown = page
        if pages > 1 and self.focused is self.pages and (target := self._panels[page].target):
            self.set_focus(target, scroll_visible=False)

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open what the row stands for."""
        panel = next((panel for panel in self._panels if panel.content is message.grid), None)
        named = panel.named(message.key) if panel else None
        if panel is not None and named is not None:
            self._open(named, panel.kind)

    def action_group(self) -> None:
        """List patterns, or keys again."""
        self._query = replace(self._query, grouped=not self._query.grouped)
        self._show()

    def _open(self, named: KeyOrPattern, kind: HotList) -> None:
        if named.pattern or kind is HotList.PREFIXES:
            self.ways.open_page(GROUP_PAGE, named.text, named.pattern)
        else:
            self.ways.open_page(KEY_PAGE, named.text)

    def _see(self, hot_keys: HotKeys) -> None:
        self._hot_keys = hot_keys
        self._show()

    def _see_marks(self, marks: tuple[Mark, ...]) -> None:
        self._query = replace(self._query, mark=mark_to_compare(marks))
        self._show()

    def _see_window(self, window: TimeWindow) -> None:
        self._query = replace(self._query, at=moment_to_list(window))
        self._show()

    def _show(self) -> None:
        self._tabs.names = tuple(panel.words.of(panel.kind).tab for panel in self._panels)
        for panel in self._panels:
            panel.show(self._hot_keys, self._query)
        self.judge_all()


class GroupPage(KeysScreen):
    """The keys of one pattern or prefix."""

    LISTS = KEY_LISTS

    def __init__(self, store: Store, clock: Clock, options: UiOptions, text: str, pattern: bool) -> None:
        group = group_of(KeyOrPattern(pattern, text), store.still.shown(store.popular.hot_keys))
        super().__init__(store, clock, options, page=text, group=group)
