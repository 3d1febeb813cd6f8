"""The Keys: what is hit, missed and mutated most, and what moved."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from mctop.store.keys.hot_keys import KEY_LISTS, HotKeys, HotList
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.registry.views import GROUP_PAGE, KEY_PAGE
from mctop.ui.renderables.runs import Glyphs
from mctop.ui.screens.base import FramedScreen
from mctop.ui.screens.keys.panels import LISTS, ListPanel, Tabs, arrange_lists
from mctop.ui.screens.shared.key_standings import (
    KeyGroup,
    KeyOrPattern,
    KeyQuery,
    group_of,
    mark_to_compare,
    moment_to_list,
)
from mctop.ui.words.freshness_text import explain, failing

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from mctop.store.base.clock import Clock
    from mctop.store.base.marks import Mark
    from mctop.store.base.window import TimeWindow
    from mctop.store.store import Store
    from mctop.ui.layout.bands import Arrangement
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.widgets.grid import Grid


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
        glyphs = Glyphs.ASCII if options.lean else Glyphs.BLOCK
        self._tabs = Tabs(self.LISTS)
        self._panels = tuple(ListPanel(store, kind, glyphs) for kind in self.LISTS)
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
        for panel in self._panels:
            panel.show(self._hot_keys, self._query)
        self.judge_all()


class GroupPage(KeysScreen):
    """The keys of one pattern or prefix."""

    LISTS = KEY_LISTS

    def __init__(self, store: Store, clock: Clock, options: UiOptions, text: str, pattern: bool) -> None:
        group = group_of(KeyOrPattern(pattern, text), store.still.shown(store.popular.hot_keys))
        super().__init__(store, clock, options, page=text, group=group)
