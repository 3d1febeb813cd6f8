"""The Prefixes view and the page of one prefix: they follow what is watched, and propose to watch more or less."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from mctop.store.changes.prefix_changes import UnwatchPrefix, WatchPrefix
from mctop.store.keys.hot_keys import HotList
from mctop.store.series.series_set import Wanted
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.registry.views import KEY_PAGE, PREFIX_PAGE
from mctop.ui.screens.base import FramedScreen
from mctop.ui.screens.prefixes.panels import (
    ALL,
    HIT,
    MISSED,
    MUTATED,
    RATIO,
    SHARE,
    SIZE_PANEL,
    TRAFFIC,
    WATCHED,
    PopularList,
    PrefixChart,
    PrefixKeys,
    PrefixSummary,
    WatchedTable,
    arrange_page,
    arrange_prefixes,
)
from mctop.ui.screens.prefixes.picture import (
    PrefixesPicture,
    facts,
    hit_rate_plot,
    share_plot,
    size_plot,
    traffic_plot,
    traffic_title,
)
from mctop.ui.words.format import time_slice
from mctop.ui.words.freshness_text import explain, failing
from mctop.ui.words.request_words import GETS, request_words
from mctop.ui.words.text import clean_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from mctop.api.models.introspection import Prefix
    from mctop.store.base.clock import Clock
    from mctop.store.base.health import Health
    from mctop.store.base.topic import Topic
    from mctop.store.base.window import TimeWindow
    from mctop.store.keys.prefixes import WatchedPrefix
    from mctop.store.series.series_set import SeriesSet
    from mctop.store.store import Store
    from mctop.ui.layout.bands import Arrangement
    from mctop.ui.modals.dialog import ChangingApp
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.renderables.plot import Plot
    from mctop.ui.widgets.grid import Grid
    from mctop.ui.widgets.panel import SlicePanel
    from mctop.ui.words.request_words import RequestWords


class PrefixScreenBase(FramedScreen):
    """A subclass says which `slice_panels` it has and which slices it `looks_at`, and shows the picture."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.PREFIX)]
    slice_panels: tuple[SlicePanel, ...] = ()

    def __init__(self, store: Store, clock: Clock, options: UiOptions, page: str = "") -> None:
        super().__init__(store, clock, options, page)
        self.picture = PrefixesPicture()
        self._outdated = False

    @property
    def looks_at(self) -> tuple[Topic[Health], ...]:
        """The slices whose failures are told."""
        store = self.store
        return (store.stats.health, store.prefixes.health, store.compound.health)

    def show_picture(self) -> None:
        """Show the picture; override."""
        raise NotImplementedError

    def follow_topics(self) -> None:
        """The watched prefixes, and all keys together to compare them with."""
        store = self.store
        self._outdated = True  # shown at the end of this, once all is followed that has a value already
        for series in (store.prefixes, store.compound):
            self.when_hidden(partial(series.wanted.set, Wanted()))
        self.follow(store.window, self._see_window)
        self.follow(store.prefixes.value, lambda watched: self.see(replace(self.picture, watched=watched)))
        self.follow(store.compound.value, lambda compound: self.see(replace(self.picture, compound=compound)))
        self.follow(store.marks, lambda marks: self.see(replace(self.picture, marks=marks)))
        self.follow(store.cache.value, lambda info: self.see(replace(self.picture, words=request_words(info))))
        self.follow_more()
        self._show()

    def follow_more(self) -> None:
        """Follow what else the screen shows; override."""

    def judge(self, now: float) -> None:
        """Say how honest each panel is, and what to do about what fails."""
        for panel in self.slice_panels:
            panel.judge(now)
        failure = failing((health.value for health in self.looks_at), now)
        self.keys.problem = explain(failure) if failure else None

    def see(self, picture: PrefixesPicture) -> None:
        """Take the picture with a new value, and show it once all values that come together have come."""
        self.picture = picture
        if not self._outdated:
            self.call_later(self._show)
        self._outdated = True

    def ask_to_watch(self, name: str) -> None:
        """Watch a prefix, once that is confirmed."""
        cast("ChangingApp", self.app).propose(WatchPrefix(name))

    def ask_to_unwatch(self, prefix: Prefix) -> None:
        """Stop watching a prefix, once that is confirmed."""
        cast("ChangingApp", self.app).propose(UnwatchPrefix(prefix))

    def _see_window(self, window: TimeWindow) -> None:
        for series in (self.store.prefixes, self.store.compound):
            series.wanted.set(Wanted(seconds=window.seconds, end=window.end))
        self.see(replace(self.picture, time=window))

    def _show(self) -> None:
        if self._outdated:
            self._outdated = False
            self.show_picture()
            self.judge_all()


class ChartOfPrefix(NamedTuple):
    """A chart of the page of a prefix: its title in the words for requests, and how it is drawn."""

    id: str
    title: Callable[[RequestWords], str]
    plot: Callable[[PrefixesPicture, SeriesSet | None], Plot | None]


CHARTS = (
    ChartOfPrefix(TRAFFIC, traffic_title, traffic_plot),
    ChartOfPrefix(RATIO, lambda words: words.hit_rate.capitalize(), hit_rate_plot),
    ChartOfPrefix(SIZE_PANEL, lambda _: "Size and keys", size_plot),
    ChartOfPrefix(SHARE, lambda _: "Share of the cache", share_plot),
)


class PrefixPage(PrefixScreenBase):
    """Everything there is about one prefix."""

    VIEW = "Prefixes"

    def __init__(self, store: Store, clock: Clock, options: UiOptions, prefix: Prefix) -> None:
        super().__init__(store, clock, options, prefix.name)
        self.prefix = prefix
        self._summary = PrefixSummary()
        words = self.picture.words
        self._charts = tuple(PrefixChart(title(words), store, id=id) for id, title, _ in CHARTS)
        self._lists = tuple(
            PrefixKeys(store, kind, id=id)
            for id, kind in ((HIT, HotList.HIT), (MISSED, HotList.MISSED), (MUTATED, HotList.MUTATED))
        )
        self.slice_panels = (*self._charts, *self._lists)

    @property
    def looks_at(self) -> tuple[Topic[Health], ...]:
        """The slices whose failures are told."""
        return (*super().looks_at, self.store.prefix_items.health)

    def compose_panels(self) -> ComposeResult:
        """The numbers, the charts and the lists."""
        yield from (self._summary, *self.slice_panels)

    def follow_more(self) -> None:
        """What is popular under the prefix."""
        items = self.store.prefix_items
        items.prefix.set(self.prefix.id)
        self.when_hidden(partial(items.prefix.set, None))
        self.follow(items.value, lambda items: self.see(replace(self.picture, items=items)))

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand."""
        return arrange_page(width, height, full)

    def show_picture(self) -> None:
        """Say the numbers, draw the charts, list the keys."""
        read, picture = self.picture.read(), self.picture.windowed()
        now, windowed = read.find(self.prefix.id), picture.find(self.prefix.id)
        self._summary.words = self.picture.words
        self._summary.facts = (facts(now.series if now else None, read.compound), read.when, now)
        series = windowed.series if windowed else None
        for panel, (_, title, plot) in zip(self._charts, CHARTS, strict=True):
            panel.title = title(self.picture.words)
            panel.draw(plot(picture, series), series, "", picture.time.seconds)
        self._list()

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open the page of a key."""
        self.ways.open_page(KEY_PAGE, message.key)

    def action_unwatch(self) -> None:
        """Stop watching this prefix."""
        self.ask_to_unwatch(self.prefix)

    def _list(self) -> None:
        popular = self.picture.items
        if popular is None or popular.prefix_id != self.prefix.id:
            return
        for panel in self._lists:
            panel.tell(popular.items)


class PrefixesScreen(PrefixScreenBase):
    """The watched prefixes, those to watch, and a chart of the one under the cursor."""

    VIEW = "Prefixes"
    HOME = WATCHED
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.PREFIXES)]

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        self._table = WatchedTable(store)
        self._popular = PopularList(store)
        self._traffic = PrefixChart(traffic_title(self.picture.words), store, id=TRAFFIC)
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
        self.follow(self.store.popular.value, lambda popular: self.see(replace(self.picture, popular=popular)))

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand."""
        return arrange_prefixes(width, height, len(self._table.grid.rows), full)

    def show_picture(self) -> None:
        """List the prefixes; draw the one under the cursor."""
        count, popular = len(self._table.grid.rows), self.picture.popular
        self._table.tell(self.picture)
        lately = time_slice(popular) if popular else ""
        off = ("read-only: w is off",) if self.options.read_only else ()
        certain_from = HotList.PREFIXES.certain_from(popular) if popular else 0
        self._popular.tell(self.picture.unwatched, certain_from, *off, lately)
        self._draw()
        if len(self._table.grid.rows) != count:
            self.pages.turn(self.pages.page)

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open the page of a watched prefix, or watch a popular one."""
        if message.grid is self._popular.grid:
            self.action_watch()
        elif (watched := self._chosen) is not None:
            self.ways.open_page(PREFIX_PAGE, watched.prefix)

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
        if (watched := self._chosen) is not None:
            self.ask_to_unwatch(watched.prefix)

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
        picture, watched = self.picture.windowed(), self._chosen
        if watched is None:
            series, name = None, ""
            if self._table.prefix == ALL:  # told by the counters, which tell gets from other commands
                picture, series, name = replace(picture, words=GETS), picture.compound, "all keys"
        else:
            windowed = picture.find(watched.prefix.id)
            series, name = windowed.series if windowed else None, clean_name(watched.prefix.name, 40)
        refused = watched.refusal.message if watched is not None and watched.refusal is not None else ""
        self._traffic.title = traffic_title(picture.words)
        self._traffic.draw(traffic_plot(picture, series), series, name, picture.time.seconds, refused)
