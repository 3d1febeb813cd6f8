"""The base of the screens about servers: follows what there is per server, shows together what comes together."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mctop.store.base.window import HOUR
from mctop.store.series.ratio_scale import FRACTIONS, RatioScale
from mctop.store.series.series_set import Wanted
from mctop.ui.registry.views import SERVER_PAGE
from mctop.ui.screens.base import FramedScreen
from mctop.ui.screens.servers.panels import (
    CONNECTIONS,
    HITS,
    LATENCY,
    MEMORY,
    SERVERS,
    ServerChart,
    ServerTable,
    StandingOut,
    Summary,
    arrange_page,
    arrange_servers,
)
from mctop.ui.screens.servers.picture import DURATION, STATS, Pasts, Present, ServersPicture, outliers, pasts, present
from mctop.ui.screens.servers.plots import connections_plot, hits_plot, latency_plot, memory_plot, typical_latency
from mctop.ui.screens.shared.server_names import short_names
from mctop.ui.words.freshness_text import explain, failing, trouble
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mctop.store.base.clock import Clock
    from mctop.store.base.window import TimeWindow
    from mctop.store.store import Store
    from mctop.ui.layout.bands import Arrangement
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.renderables.plot import PlotLine
    from mctop.ui.widgets.grid import Grid
    from mctop.ui.widgets.panel import SlicePanel


LEAST = HOUR
"""Seconds that series reach back at least, to tell since when a server stands out."""
OF_THE_PAST = frozenset({"cache", "per_server", "latency", "scale"})
"""Fields of the picture that change what is known of the window."""


class PerServerScreen(FramedScreen):
    """A subclass says which `slice_panels` it has, and shows the picture."""

    slice_panels: tuple[SlicePanel, ...] = ()

    def __init__(self, store: Store, clock: Clock, options: UiOptions, page: str = "") -> None:
        super().__init__(store, clock, options, page)
        self.picture = ServersPicture()
        self.pasts = Pasts()
        self.typical: PlotLine | None = None
        self._changed: set[str] = set()
        self._shown: TimeWindow | None = None

    def show_picture(self, changed: set[str]) -> None:
        """Show the picture, in which these fields have changed; override."""
        raise NotImplementedError

    def follow_topics(self) -> None:
        """Everything there is per server, and the time."""
        store = self.store
        self._changed.add("time")  # nothing is shown before all is known that is known already
        self.when_hidden(partial(store.per_server.wanted.set, Wanted()))
        self.when_hidden(partial(store.latency.wanted.set, Wanted()))
        self.follow(store.window, self._want)
        self.follow(store.ratio_scale, self._want)
        self.follow(store.window, partial(self._see, "time"))
        self.follow(store.ratio_scale, partial(self._see, "scale"))
        self.follow(store.cache.value, partial(self._see, "cache"))
        self.follow(store.stats.value, partial(self._see, "stats"))
        self.follow(store.per_server.value, partial(self._see, "per_server"))
        self.follow(store.latency.value, partial(self._see, "latency"))
        self.follow(store.marks, partial(self._see, "marks"))
        self._show()

    def judge(self, now: float) -> None:
        """Say how honest each panel is, and what to do about what fails."""
        for panel in self.slice_panels:
            panel.judge(now)
        slices = (self.store.stats, self.store.per_server, self.store.latency)
        failure = failing((one.health.value for one in slices), now)
        self.keys.problem = explain(failure) if failure else None

    def short_name(self, server: str) -> Clean:
        """What a server is called where there is little room."""
        return clean(short_names(tuple(one for one, _ in self.pasts.servers)).get(server, server), 40)

    def _want(self, changed: object) -> None:
        """Ask for what is shown; the fractions only tell the scale, and a hundred servers have a hundred of each."""
        store, window = self.store, self.store.window.value
        names = STATS | FRACTIONS if store.ratio_scale.value is RatioScale.UNKNOWN else STATS
        seconds = max(window.seconds, LEAST)
        store.per_server.wanted.set(Wanted(names, seconds, window.end))
        store.latency.wanted.set(Wanted(frozenset({DURATION}), seconds, window.end))

    def _see(self, field: str, value: object) -> None:
        """Put a new value into the picture, and show it once all that came together has come."""
        self.picture = replace(self.picture, **{field: value})  # type: ignore[arg-type]  # the topics' own types
        if not self._changed:
            self.call_later(self._show)
        self._changed.add(field)

    def _show(self) -> None:
        changed, self._changed = self._changed, set()
        if not changed:
            return
        picture, shown = self.picture, replace(self.picture.time, cursor=None)
        moved, self._shown = shown != self._shown, shown
        if moved or changed & OF_THE_PAST:
            self.pasts = pasts(picture)
        elif "time" in changed:
            self.pasts = outliers(self.pasts, picture)
        if moved or "latency" in changed:
            self.typical = typical_latency(picture.windowed())
        self.show_picture(changed)
        self.judge_all()


class ServerPage(PerServerScreen):
    """Everything there is about one server, which stays the same whatever moves in the table it was opened from."""

    VIEW = "Servers"

    def __init__(self, store: Store, clock: Clock, options: UiOptions, server: str, name: str) -> None:
        super().__init__(store, clock, options, name)
        lean, series = options.lean, store.per_server
        self.server = server
        self._summary = Summary()
        self._latency = ServerChart("Latency", store.latency, store, lean=lean, id=LATENCY)
        self._hits = ServerChart("Hit rate and requests", series, store, lean=lean, id=HITS)
        self._memory = ServerChart("Memory", series, store, lean=lean, id=MEMORY)
        self._connections = ServerChart("Connections and evictions", series, store, lean=lean, id=CONNECTIONS)
        self.slice_panels = (self._latency, self._hits, self._memory, self._connections)

    def compose_panels(self) -> ComposeResult:
        """The numbers, and the charts."""
        yield from (self._summary, *self.slice_panels)

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand."""
        return arrange_page(width, height, full)

    def show_picture(self, changed: set[str]) -> None:
        """Say the numbers; draw every chart."""
        picture, server = self.picture.windowed(), self.server
        now = present(self.picture.read()).get(server, Present())
        self._summary.facts = (server, now, self.pasts, picture.time.seconds)
        if changed == {"stats"}:
            return
        told = ("", picture.time.seconds, trouble(picture.cache, server))
        self._latency.draw(latency_plot(picture, server, self.typical), picture.latency, *told)
        self._hits.draw(hits_plot(picture, server), picture.per_server, *told)
        self._memory.draw(memory_plot(picture, server), picture.per_server, *told)
        self._connections.draw(connections_plot(picture, server), picture.per_server, *told)


class ServersScreen(PerServerScreen):
    """A table of every server, and charts of one."""

    VIEW = "Servers"
    HOME = SERVERS

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        lean = options.lean
        self._out = StandingOut()
        self._table = ServerTable(store, lean=lean)
        self._latency = ServerChart("Latency", store.latency, store, lean=lean, id=LATENCY)
        self._hits = ServerChart("Hit rate and requests", store.per_server, store, lean=lean, id=HITS)
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

    def show_picture(self, changed: set[str]) -> None:
        """List the servers; draw the one under the cursor."""
        count = len(self._table.grid.rows)
        self._out.tell(self.picture.read(), self.pasts)
        self._table.tell(self.picture, present(self.picture.read()), self.pasts)
        if changed != {"stats"}:
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
        told = (self.short_name(server), picture.time.seconds, trouble(picture.cache, server))
        self._latency.draw(latency_plot(picture, server, self.typical), picture.latency, *told)
        self._hits.draw(hits_plot(picture, server), picture.per_server, *told)
