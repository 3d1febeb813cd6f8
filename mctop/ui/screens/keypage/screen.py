"""The page of one key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mctop.store.hotkeys import HotKeys
from mctop.ui.explain import explain
from mctop.ui.renderables.glyphs import Glyphs
from mctop.ui.screens.framed import FramedScreen
from mctop.ui.screens.keypage.arrangement import STATS, Wants, arrange_page
from mctop.ui.screens.keypage.panels import KeyName, KinPanel, LinesPanel, RanksPanel, StatsPanel
from mctop.ui.screens.keys.standings import Choice, group_of, telling
from mctop.ui.layout.arrangement import MARGIN
from mctop.ui.standing import failing

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mctop.store.clock import Clock
    from mctop.store.keystats import KeyReport
    from mctop.store.logtail import LogTail
    from mctop.store.marks import Mark
    from mctop.store.store import Store
    from mctop.store.window import TimeWindow
    from mctop.ui.options import UiOptions
    from mctop.ui.layout.arrangement import Arrangement
    from mctop.ui.widgets.grid import Grid


class KeyPage(FramedScreen):
    """Everything that is known of one key, which is raw."""

    VIEW = "Keys"
    HOME = STATS

    def __init__(self, store: Store, clock: Clock, options: UiOptions, key: str) -> None:
        super().__init__(store, clock, options, page=key or "(empty key)")
        glyphs = Glyphs.ASCII if options.lean else Glyphs.BLOCK
        self._key = key
        self._whole = KeyName(key)
        self._stats = StatsPanel(store)
        self._ranks = RanksPanel(store, key, glyphs)
        self._kin = KinPanel(store, key, glyphs)
        self._lines = LinesPanel(store, key)
        self._panels = (self._stats, self._ranks, self._kin, self._lines)
        self._seen = HotKeys()
        self._choice = Choice()

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
        self.follow(store.popular.seen, self._see)
        self.follow(store.log.value, self._see_log)
        self.follow(store.marks, self._see_marks)
        self.follow(store.window, self._see_window)

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand."""
        wants = Wants(self._whole.height_at(width - 2 * MARGIN), len(self._stats.grid.rows), len(self._kin.grid.rows))
        return arrange_page(width, height, wants, full)

    def judge(self, now: float) -> None:
        """Say how honest each panel is."""
        for panel in self._panels:
            panel.judge(now)
        store = self.store
        failure = failing((one.health.value for one in (store.stats, store.key, store.popular, store.log)), now)
        self.keys.problem = explain(failure) if failure else None

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open the pattern or prefix, or the log at the moment of a line."""
        if message.grid is self._lines.grid and (time := self._lines.time(message.key)) is not None:
            self.store.window.set(self.store.window.value.reading(time, self.now))
            self.ways.open_view("Log")
        elif message.grid is self._kin.grid and (standing := self._kin.standing(message.key)) is not None:
            from mctop.ui.screens.keys.screen import GroupPage

            group = group_of(standing.named, self._seen)
            self.ways.open_page(GroupPage(self.store, self.clock, self.options, group))

    def _see_stats(self, report: KeyReport | None) -> None:
        rows = len(self._stats.grid.rows)
        self._stats.show(report if report is not None and report.key == self._key else None)
        self._placed_anew(rows != len(self._stats.grid.rows))
        self.judge_all()

    def _see_log(self, tail: LogTail | None) -> None:
        self._lines.show(tail)
        self.judge_all()

    def _see(self, seen: HotKeys) -> None:
        self._seen = seen
        self._show()

    def _see_marks(self, marks: tuple[Mark, ...]) -> None:
        self._choice = replace(self._choice, mark=telling(marks))
        self._show()

    def _see_window(self, window: TimeWindow) -> None:
        self._choice = replace(self._choice, at=window.end if window.cursor is None else window.cursor)
        self._show()

    def _show(self) -> None:
        rows = len(self._kin.grid.rows)
        self._ranks.show(self._seen, self._choice)
        self._kin.show(self._seen, self._choice)
        self._placed_anew(rows != len(self._kin.grid.rows))
        self.judge_all()

    def _placed_anew(self, changed: bool) -> None:
        if changed:
            self.pages.turn(self.pages.page)
