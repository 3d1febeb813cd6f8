"""The screens of the Servers: the table of all of them, and the page of one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from mctop.store.base.window import HOUR
from mctop.store.series.ratio_scale import FRACTIONS, RatioScale
from mctop.store.series.series_set import Wanted
from mctop.ui.registry.views import SERVER_PAGE
from mctop.ui.screens.base import FramedScreen
from mctop.ui.screens.servers.panels import (
    CONNECTIONS_CHART,
    HITS_CHART,
    LATENCY_CHART,
    MEMORY_CHART,
    SERVERS,
    ServerChart,
    ServerSummary,
    ServerTable,
    StandingOut,
    arrange_page,
    arrange_servers,
)
from mctop.ui.screens.servers.picture import (
    Pasts,
    ServersPicture,
    connections_plot,
    hits_plot,
    latency_plot,
    memory_plot,
    outliers,
    pasts,
    typical_latency,
)
from mctop.ui.screens.shared.server_names import short_names
from mctop.ui.screens.shared.server_stats import SERVER_STATS
from mctop.ui.stats import LATENCY, NewestStats
from mctop.ui.words.freshness_text import explain, failing, trouble
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from mctop.store.base.clock import Clock
    from mctop.store.base.topic import Topic
    from mctop.store.store import Store
    from mctop.ui.layout.bands import Arrangement
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.renderables.plot import PlotLine
    from mctop.ui.widgets.grid import Grid
    from mctop.ui.widgets.panel import SlicePanel

T = TypeVar("T")

LEAST = HOUR
"""Seconds that series reach back at least, to tell since when a server stands out."""


class PerServerScreen(FramedScreen):
    """Follows what there is of each server, and shows together what comes together.

    A subclass says which `slice_panels` it has, and shows the picture.
    """

    slice_panels: tuple[SlicePanel, ...] = ()

    def __init__(self, store: Store, clock: Clock, options: UiOptions, page: str = "") -> None:
        super().__init__(store, clock, options, page)
        self.picture = ServersPicture()
        self.pasts = Pasts()
        self.typical: PlotLine | None = None
        self._due = False
        self._shown: ServersPicture | None = None

    def show_picture(self, *, charts: bool) -> None:
        """Show the picture, in which more than the newest sample has changed if `charts`; override."""
        raise NotImplementedError

    def follow_topics(self) -> None:
        """Everything there is per server, and the time."""
        store = self.store
        self._due, self._shown = True, None  # nothing is shown before all that is known already has come
        self.when_hidden(partial(store.per_server.wanted.set, Wanted()))
        self.when_hidden(partial(store.latency.wanted.set, Wanted()))
        self.follow(store.window, self._want)
        self.follow(store.ratio_scale, self._want)
        self._show_with(store.window, lambda picture, window: replace(picture, time=window))
        self._show_with(store.ratio_scale, lambda picture, scale: replace(picture, scale=scale))
        self._show_with(store.cache.value, lambda picture, cache: replace(picture, cache=cache))
        self._show_with(store.stats.value, lambda picture, stats: replace(picture, stats=stats))
        self._show_with(store.per_server.value, lambda picture, series: replace(picture, per_server=series))
        self._show_with(store.latency.value, lambda picture, series: replace(picture, latency=series))
        self._show_with(store.marks, lambda picture, marks: replace(picture, marks=marks))
        self._show()

    def judge(self, now: float) -> None:
        """Say how honest each panel is, and what to do about what fails."""
        for panel in self.slice_panels:
            panel.judge(now)
        slices = (self.store.stats, self.store.per_server, self.store.latency)
        failure = failing((slice_.health.value for slice_ in slices), now)
        self.keys.problem = explain(failure) if failure else None

    def short_name(self, server: str) -> Clean:
        """What a server is called where there is little room."""
        return clean(short_names(tuple(name for name, _ in self.pasts.servers)).get(server, server), 40)

    def _want(self, changed: object) -> None:
        """Ask for what is shown; the fractions only tell the scale, and a hundred servers have a hundred of each."""
        store, window = self.store, self.store.window.value
        unknown = store.ratio_scale.value is RatioScale.UNKNOWN
        names = SERVER_STATS | FRACTIONS if unknown else SERVER_STATS
        seconds = max(window.seconds, LEAST)
        store.per_server.wanted.set(Wanted(names, seconds, window.end))
        store.latency.wanted.set(Wanted(frozenset({LATENCY.id}), seconds, window.end))

    def _show_with(self, topic: Topic[T], update: Callable[[ServersPicture, T], ServersPicture]) -> None:
        """Put each value of a topic into the picture, and show it once all that came together has come."""

        def show(value: T) -> None:
            self.picture = update(self.picture, value)
            if not self._due:
                self._due = True
                self.call_later(self._show)

        self.follow(topic, show)

    def _show(self) -> None:
        if not self._due:
            return
        picture, before = self.picture, self._shown
        self._due, self._shown = False, picture
        moved = before is None or replace(picture.time, cursor=None) != replace(before.time, cursor=None)
        if before is None or moved or picture.other_past(before):
            self.pasts = pasts(picture)
        elif picture.time is not before.time:
            self.pasts = outliers(self.pasts, picture)
        if before is None or moved or picture.latency is not before.latency:
            self.typical = typical_latency(picture.windowed())
        self.show_picture(charts=before is None or picture.other_charts(before))
        self.judge_all()


class ServerPage(PerServerScreen):
    """Everything there is about one server, which stays the same whatever moves in the table it was opened from."""

    VIEW = "Servers"

    def __init__(self, store: Store, clock: Clock, options: UiOptions, server: str, name: str) -> None:
        super().__init__(store, clock, options, name)
        series = store.per_server
        self.server = server
        self._summary = ServerSummary()
        self._latency = ServerChart("Latency", store.latency, store, id=LATENCY_CHART)
        self._hits = ServerChart("Hit rate and requests", series, store, id=HITS_CHART)
        self._memory = ServerChart("Memory", series, store, id=MEMORY_CHART)
        self._connections = ServerChart("Connections and evictions", series, store, id=CONNECTIONS_CHART)
        self.slice_panels = (self._latency, self._hits, self._memory, self._connections)

    def compose_panels(self) -> ComposeResult:
        """The numbers, and the charts."""
        yield from (self._summary, *self.slice_panels)

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand."""
        return arrange_page(width, height, full)

    def show_picture(self, *, charts: bool) -> None:
        """Say the numbers; draw every chart."""
        picture, server = self.picture.windowed(), self.server
        newest = self.picture.read().newest_of_servers().get(server, NewestStats())
        reach = picture.latency.reach(LATENCY.id, server) if picture.latency else 0.0
        seconds = min(picture.time.seconds, int(reach) or picture.time.seconds)
        self._summary.facts = (server, newest, self.pasts, seconds, picture.uptimes.get(server))
        if not charts:
            return
        about = ("", picture.time.seconds, trouble(picture.cache, server))
        self._latency.draw(latency_plot(picture, server, self.typical), picture.latency, *about)
        self._hits.draw(hits_plot(picture, server), picture.per_server, *about)
        self._memory.draw(memory_plot(picture, server), picture.per_server, *about)
        self._connections.draw(connections_plot(picture, server), picture.per_server, *about)


class ServersScreen(PerServerScreen):
    """A table of every server, and charts of one."""

    VIEW = "Servers"
    HOME = SERVERS

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        self._out = StandingOut()
        self._table = ServerTable(store)
        self._latency = ServerChart("Latency", store.latency, store, id=LATENCY_CHART)
        self._hits = ServerChart("Hit rate and requests", store.per_server, store, id=HITS_CHART)
        self.slice_panels = (self._table, self._latency, self._hits)

    def compose_panels(self) -> ComposeResult:
        """What stands out, the table, the charts."""
        yield from (self._out, *self.slice_panels)

    def on_mount(self) -> None:
        """The charts go with the cursor."""
        self.watch(self._table.grid, "cursor", self._go_along, init=False)

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand."""
        return arrange_servers(width, height, len(self._table.grid.rows), full)

    def show_picture(self, *, charts: bool) -> None:
        """List the servers; draw the one under the cursor."""
        count = len(self._table.grid.rows)
        self._out.tell(self.picture.read(), self.pasts)
        self._table.tell(self.picture, self.picture.read().newest_of_servers(), self.pasts)
        if charts:
            self._draw()
        if len(self._table.grid.rows) != count:
            self.pages.turn(self.pages.page)

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Open the page of a server."""
        name = self.short_name(message.key)
        self.ways.open_page(SERVER_PAGE, message.key, name)

    def _go_along(self) -> None:
        self._draw()
        self.judge_all()

    def _draw(self) -> None:
        picture, server = self.picture.windowed(), self._table.server or ""
        about = (self.short_name(server), picture.time.seconds, trouble(picture.cache, server))
        self._latency.draw(latency_plot(picture, server, self.typical), picture.latency, *about)
        self._hits.draw(hits_plot(picture, server), picture.per_server, *about)
