"""The page of one key: its stats, its ranks, what it belongs to, and its log lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from mctop.api.models.exactness import Exactness
from mctop.store.base.health import FailureKind
from mctop.store.keys.hot_keys import KEY_LISTS, HotKeys
from mctop.ui.layout.bands import MARGIN, TABLE_FRAME, WIDE, Arrangement, Place, equal_columns, full_page
from mctop.ui.registry.views import GROUP_PAGE
from mctop.ui.screens.base import FramedScreen
from mctop.ui.screens.keypage.tables import (
    KIN_COLUMNS,
    LINE_COLUMNS,
    RANK_COLUMNS,
    kin,
    kin_key,
    kin_rows,
    line_rows,
    lines_of,
    rank_rows,
    stat_columns,
    stat_rows,
)
from mctop.ui.screens.shared.key_standings import KeyQuery, mark_to_compare, moment_to_list, slice_notes
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.widgets.panel import SlicePanel
from mctop.ui.words.format import count
from mctop.ui.words.freshness_text import BY_ITSELF, Explanation, explain, failing, graded, head
from mctop.ui.words.request_words import request_words
from mctop.ui.words.runs import Line, Run
from mctop.ui.words.text import clean, clean_name, is_altered

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mctop.store.base.clock import Clock
    from mctop.store.base.health import Failure
    from mctop.store.base.marks import Mark
    from mctop.store.base.window import TimeWindow
    from mctop.store.keys.hot_keys import HotList
    from mctop.store.keys.key_stats import KeyReport
    from mctop.store.log.tail import LogTail
    from mctop.store.store import Store
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.screens.shared.key_standings import KeyStanding


MUTATIONS = "key_stats.mutation_count"
"""What the grade of the mutations of one key is told under."""

NAME, STATS, RANKS, KIN, LOG = "name", "stats", "ranks", "kin", "log"
MOST_STATS, MOST_KIN = 5, 4
"""Rows of these two tables that are seen without scrolling: in a terminal of 24 lines, where all tables stand one below
the other, they leave just the room for the newest line of the log."""


class KeyPageSizes(NamedTuple):
    """How many lines the name takes, and how many rows of data the panels have that need not grow."""

    name: int = 1
    stats: int = 2
    kin: int = 2


def arrange_page(width: int, height: int, sizes: KeyPageSizes, full: str | None = None) -> Arrangement:
    """The name, then one below the other; stats and what the key belongs to stand side by side where there is room."""
    if full is not None:
        return full_page(full, width, height)
    top = min(sizes.name, height)
    places = equal_columns((NAME,), 0, 0, width, top)
    stats, kin = TABLE_FRAME + max(1, min(sizes.stats, MOST_STATS)), TABLE_FRAME + max(1, min(sizes.kin, MOST_KIN))
    ranks = TABLE_FRAME + len(KEY_LISTS)
    bands: list[tuple[tuple[str, ...], int]] = [((STATS,), stats), ((RANKS,), ranks), ((KIN,), kin)]
    if width >= WIDE:
        bands = [((STATS, KIN), max(stats, kin)), ((RANKS,), ranks)]
    for panels, lines in bands:
        places += equal_columns(panels, 0, top, width, lines)
        top += lines
    return _with_log(places, width, height, height - top)


def _with_log(places: list[Place], width: int, height: int, rest: int) -> Arrangement:
    """The log in the rest of the page, or on a page of its own, as are panels that the first page cuts."""
    if rest > TABLE_FRAME:
        return Arrangement((*places, *equal_columns((LOG,), 0, height - rest, width, rest)))
    whole = [place for place in places if place.y + place.height <= height]
    later = [*(place.panel for place in places if place not in whole), LOG]
    pages = (equal_columns((panel,), page, 0, width, height) for page, panel in enumerate(later, 1))
    return Arrangement((*whole, *(place for page in pages for place in page)), len(later) + 1)


class KeyName(Lines):
    """The whole key, on as many lines as it takes, and how long it is."""

    def __init__(self, key: str) -> None:
        super().__init__(id=NAME)
        self._text = clean_name(key)
        self._tone = "fair" if is_altered(self._text) else "value"
        length = len(key.encode(errors="surrogatepass"))
        self._length = f"{length} byte{'' if length == 1 else 's'}"

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """The key, then its length."""
        text = [self._text[start : start + width] for start in range(0, len(self._text), width)] or [""]
        lines: list[Line] = [(Run(part, self._tone),) for part in text]
        if len(text[-1]) + len(self._length) + 2 <= width:
            lines[-1] = (*lines[-1], Run(f"  {self._length}", "muted"))
        return tuple(lines[:height])

    def height_at(self, width: int) -> int:
        """How many lines it takes at a width."""
        return max(1, -(-len(self._text) // max(1, width)))


class StatsPanel(SlicePanel):
    """Every row of the key's stats."""

    def __init__(self, store: Store) -> None:
        self.grid = Grid(stat_columns(request_words(store.cache.value.value)), opens=False)
        super().__init__("Key stats", self.grid, store.key, store, id=STATS)

    def show(self, report: KeyReport | None) -> None:
        """List the rows of the key, once they have come."""
        self.grid.take_columns(stat_columns(self.words))
        self.grid.rows = stat_rows(report, self.words) if report is not None else ()
        self.notes = self._notes()
        self.lacks = "" if self.grid.rows else "the API has counted nothing of this key" if report else "nothing yet"

    def _notes(self) -> tuple[str, ...]:
        """What the counts are, longest first: of mutations, which kinds are seen, where that is not all."""
        grade = graded(self._cache.value, MUTATIONS)
        seen = head(grade) if grade is not None and grade.grade is not Exactness.IMPOSSIBLE else ""
        counted = self.words.counted
        return tuple(f"{words} · mutations: {seen}" for words in counted if seen) + counted

    def _why(self, failure: Failure) -> Explanation:
        if failure.kind is FailureKind.NOT_FOUND:
            todo = f"was it ever asked for? introspection comes with larger plans · {BY_ITSELF}"
            return Explanation("404: no stats of this key", todo, clean(failure.message, 160))
        return super()._why(failure)


class RanksPanel(SlicePanel):
    """Where the key stood in each list."""

    def __init__(self, store: Store, key: str) -> None:
        self._key = key
        self._grid = Grid(RANK_COLUMNS, opens=False)
        super().__init__("In the lists", self._grid, store.popular, store, id=RANKS)

    def show(self, hot_keys: HotKeys, query: KeyQuery) -> None:
        """List the lists."""
        self._grid.rows = rank_rows(hot_keys, self._key, query, self.words)
        self.notes = slice_notes(hot_keys, query)
        slices = f"{count(len(hot_keys.times))} slice{'' if len(hot_keys.times) == 1 else 's'}"
        self.lacks = "" if self._grid.rows else f"not among the most popular in the {slices} seen so far"


class KinPanel(SlicePanel):
    """The pattern and the popular prefixes that the key belongs to."""

    def __init__(self, store: Store, key: str) -> None:
        self._key = key
        self.grid = Grid(KIN_COLUMNS)
        self._listed: tuple[tuple[HotList, KeyStanding], ...] = ()
        super().__init__("Belongs to", self.grid, store.popular, store, id=KIN)

    def show(self, hot_keys: HotKeys, query: KeyQuery) -> None:
        """List what the key belongs to."""
        self._listed = kin(hot_keys, self._key, query)
        self.grid.rows = kin_rows(self._listed, self.words)
        self.lacks = "" if self._listed else "no popular prefix starts it, and no pattern has been learnt of it"

    def standing(self, key: str) -> KeyStanding | None:
        """What a row stands for."""
        return next((standing for kind, standing in self._listed if kin_key(kind, standing) == key), None)


class LinesPanel(SlicePanel):
    """The last log lines about the key."""

    def __init__(self, store: Store, key: str) -> None:
        self._key = key
        self.grid = Grid(LINE_COLUMNS)
        self._times: dict[str, float] = {}
        super().__init__("Log lines", self.grid, store.log, store, id=LOG)

    def show(self, tail: LogTail | None) -> None:
        """List them, newest first."""
        if tail is None:
            return
        lines = lines_of(tail, self._key)
        self._times = {f"{line.serial}": line.time for line in lines}
        self.grid.rows = line_rows(lines)
        total = count(len(tail.rows))
        self.notes = (f"{count(len(lines))} of the {total} lines held",)
        self.lacks = "" if lines else f"none of the {total} lines held is about this key"

    def time(self, row: str) -> float | None:
        """When a line was logged, epoch seconds."""
        return self._times.get(row)


class KeyPage(FramedScreen):
    """Everything that is known of one key, which is raw."""

    VIEW = "Keys"
    HOME = STATS

    def __init__(self, store: Store, clock: Clock, options: UiOptions, key: str) -> None:
        super().__init__(store, clock, options, page=key or "(empty key)")
        self._key = key
        self._whole = KeyName(key)
        self._stats = StatsPanel(store)
        self._ranks = RanksPanel(store, key)
        self._kin = KinPanel(store, key)
        self._lines = LinesPanel(store, key)
        self._panels = (self._stats, self._ranks, self._kin, self._lines)
        self._hot_keys = HotKeys()
        self._query = KeyQuery()

    def compose_panels(self) -> ComposeResult:
        """The name and the panels."""
        yield self._whole
        yield from self._panels

    def follow_topics(self) -> None:
        """The key's stats, what is popular, the log, the marks and the window."""
        store = self.store
        store.key.key.set(self._key)
        self.follow(store.key.value, self._see_stats)
        self.when_hidden(store.popular.value.follow(lambda _: None))
        self.follow(store.popular.hot_keys, self._see)
        self.follow(store.log.value, self._see_log)
        self.follow(store.marks, self._see_marks)
        self.follow(store.window, self._see_window)

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand."""
        sizes = KeyPageSizes(
            self._whole.height_at(width - 2 * MARGIN), len(self._stats.grid.rows), len(self._kin.grid.rows)
        )
        return arrange_page(width, height, sizes, full)

    def judge(self, now: float) -> None:
        """Say how honest each panel is."""
        for panel in self._panels:
            panel.judge(now)
        store = self.store
        failure = failing((each.health.value for each in (store.stats, store.key, store.popular, store.log)), now)
        self.keys.problem = explain(failure) if failure else None

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open the pattern or prefix, or the log at the moment of a line."""
        if message.grid is self._lines.grid and (time := self._lines.time(message.key)) is not None:
            self.store.window.set(self.store.window.value.reading(time, self.now))
            self.ways.open_view("Log")
        elif message.grid is self._kin.grid and (standing := self._kin.standing(message.key)) is not None:
            self.ways.open_page(GROUP_PAGE, standing.named.text, standing.named.pattern)

    def _see_stats(self, report: KeyReport | None) -> None:
        rows = len(self._stats.grid.rows)
        self._stats.show(report if report is not None and report.key == self._key else None)
        self._placed_anew(rows != len(self._stats.grid.rows))
        self.judge_all()

    def _see_log(self, tail: LogTail | None) -> None:
        self._lines.show(tail)
        self.judge_all()

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
        rows = len(self._kin.grid.rows)
        self._ranks.show(self._hot_keys, self._query)
        self._kin.show(self._hot_keys, self._query)
        self._placed_anew(rows != len(self._kin.grid.rows))
        self.judge_all()

    def _placed_anew(self, resized: bool) -> None:
        if resized:
            self.pages.turn(self.pages.page)
