"""The Prefixes: what each watched one takes and misses, and which popular ones to watch."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from mctop.ui.commands import Where, bindings
from mctop.ui.words.popularity import time_slice
from mctop.ui.screens.prefixes.arrangement import TRAFFIC, WATCHED, arrange_prefixes
from mctop.ui.screens.prefixes.following import PrefixesFollowing
from mctop.ui.screens.prefixes.panels import PrefixChart, WatchedTable, to_watch
from mctop.ui.screens.prefixes.plots import traffic_plot
from mctop.ui.screens.prefixes.rows import ALL
from mctop.ui.text import clean

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from mctop.store.clock import Clock
    from mctop.store.health import Health
    from mctop.store.prefixes import WatchedPrefix
    from mctop.store.store import Store
    from mctop.store.topic import Topic
    from mctop.ui.options import UiOptions
    from mctop.ui.layout.arrangement import Arrangement
    from mctop.ui.widgets.grid import Grid


class PrefixesScreen(PrefixesFollowing):
    """The watched prefixes, those to watch, and a chart of the one under the cursor."""

    VIEW = "Prefixes"
    HOME = WATCHED
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.PREFIXES)]

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        self._table = WatchedTable(store, lean=options.lean)
        self._popular = to_watch(store)
        self._traffic = PrefixChart("Hits, misses and changes", store, lean=options.lean, id=TRAFFIC)
        self.slice_panels = (self._table, self._popular, self._traffic)

    @property
    def looks_at(self) -> tuple[Topic[Health], ...]:
        """The slices whose failures are told."""
        return (*super().looks_at, self.store.popular.health)

    def compose_panels(self) -> ComposeResult:
        """The tables and the chart."""
        yield from self.slice_panels

    def on_mount(self) -> None:
        """The chart goes with the cursor."""
        self.watch(self._table.grid, "cursor", self._go_along, init=False)

    def follow_more(self) -> None:
        """What is popular."""
        self.follow(self.store.popular.value, partial(self.see, "popular"))

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand."""
        return arrange_prefixes(width, height, len(self._table.grid.rows), full)

    def show_picture(self) -> None:
        """List the prefixes; draw the one under the cursor."""
        count, popular = len(self._table.grid.rows), self.picture.popular
        self._table.tell(self.picture)
        lately = time_slice(popular) if popular else ""
        off = ("read-only: w is off",) if self.options.read_only else ()
        self._popular.tell(self.picture.unwatched, *off, lately)
        self._draw()
        if len(self._table.grid.rows) != count:
            self.pages.turn(self.pages.page)

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open the page of a watched prefix, or watch a popular one."""
        if message.grid is self._popular.grid:
            self.action_watch()
        elif (one := self._chosen) is not None:
            from mctop.ui.screens.prefixes.page import PrefixPage

            self.ways.open_page(PrefixPage(self.store, self.clock, self.options, one.prefix))

    def action_watch(self) -> None:
        """Watch the popular prefix under the cursor."""
        names = tuple(item.name for item in self.picture.unwatched)
        cursor = self._popular.grid.cursor
        if names:
            self.ask_to_watch(cursor if cursor in names else names[0])
        else:
            self.notify("no popular prefix to watch", markup=False)

    def action_unwatch(self) -> None:
        """Stop watching the prefix under the cursor."""
        if (one := self._chosen) is not None:
            self.ask_to_unwatch(one.prefix)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is not watched cannot be unwatched."""
        if action == "unwatch":
            return self._chosen is not None
        return super().check_action(action, parameters)

    @property
    def _chosen(self) -> WatchedPrefix | None:
        key = self._table.prefix
        return self.picture.find(int(key)) if key is not None and key != ALL else None

    def _go_along(self) -> None:
        self._draw()
        self.judge_all()

    def _draw(self) -> None:
        picture, one = self.picture.windowed(), self._chosen
        if one is None:
            series, name = (picture.compound, "all keys") if self._table.prefix == ALL else (None, "")
        else:
            found = picture.find(one.prefix.id)
            series, name = found.series if found else None, clean(one.prefix.name, 40)
        refused = one.refusal.message if one is not None and one.refusal is not None else ""
        self._traffic.draw(traffic_plot(picture, series), series, name, picture.time.seconds, refused)
