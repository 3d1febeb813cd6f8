"""The Overview: follows the store, keeps the picture, and hands it to the panels."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mctop.store.base.window import HOUR
from mctop.store.series.series_set import Wanted
from mctop.ui.layout.bands import SMALLEST, Arrangement
from mctop.ui.registry.views import KEY_PAGE, SERVER_PAGE
from mctop.ui.screens.base import FramedScreen
from mctop.ui.screens.overview.arrangement import LOG, SERVERS, Wants, arrange
from mctop.ui.screens.overview.cards import CardPanel
from mctop.ui.screens.overview.chart import CHARTED
from mctop.ui.screens.overview.panels import OverviewPanel, panels
from mctop.ui.screens.overview.picture import CACHE_STATS, DURATION, SERVER_STATS, Picture
from mctop.ui.screens.overview.tables import enabled, servers
from mctop.ui.widgets.panel import Panel
from mctop.ui.words.freshness_text import explain, failing

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mctop.store.base.clock import Clock
    from mctop.store.base.window import TimeWindow
    from mctop.store.store import Store
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.widgets.grid import Grid

LEAST_SECONDS = 2 * HOUR
"""Series reach at least so far back, for the change against the hour before."""


class OverviewScreen(FramedScreen):
    """Cards, chart, servers, hot keys, log and alerts."""

    VIEW = "Overview"

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        self._picture = Picture(store.window.value)
        lean = options.lean
        self._panels: tuple[CardPanel | OverviewPanel, ...] = (CardPanel(store, lean=lean), *panels(store, lean=lean))

    def compose_panels(self) -> ComposeResult:
        """All of them; which are seen, the size decides."""
        yield from self._panels

    def follow_topics(self) -> None:
        """Everything the panels show, and the time."""
        store = self.store
        self.when_hidden(store.window.follow(self._want))
        for series in (store.insight, store.per_server, store.latency, store.insight_before):
            self.when_hidden(partial(series.wanted.set, Wanted()))
        self.follow(store.window, partial(self._see, "time"))
        self.follow(store.insight_before.value, partial(self._see, "charted"))
        self.follow(store.cache.value, partial(self._see, "cache"))
        self.follow(store.stats.value, partial(self._see, "stats"))
        self.follow(store.insight.value, partial(self._see, "insight"))
        self.follow(store.per_server.value, partial(self._see, "per_server"))
        self.follow(store.latency.value, partial(self._see, "latency"))
        self.follow(store.popular.value, partial(self._see, "popular"))
        self.follow(store.log.value, partial(self._see, "log"))
        self.follow(store.alerts.value, lambda alerts: self._see("alerts", enabled(alerts)))
        self.follow(store.marks, partial(self._see, "marks"))
        self.follow(store.recovery, partial(self._see, "recovery"))
        self.follow(store.ratio_scale, partial(self._see, "scale"))

    def _want(self, window: TimeWindow) -> None:
        """Ask for the series of the present, and for those of the chart where they are others."""
        picture, store = Picture(window), self.store
        seconds = max(picture.window, LEAST_SECONDS)
        store.insight.wanted.set(Wanted(CACHE_STATS, seconds))
        store.per_server.wanted.set(Wanted(SERVER_STATS, seconds))
        store.latency.wanted.set(Wanted(frozenset({DURATION}), seconds))
        charted = Wanted() if picture.present else Wanted(CHARTED, window.seconds, window.end)
        store.insight_before.wanted.set(charted)

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand; nowhere on a terminal that is too small."""
        if self.size.width < SMALLEST[0] or self.size.height < SMALLEST[1]:
            return Arrangement()
        servers = self._picture.per_server.servers() if self._picture.per_server else ()
        return arrange(width, height, Wants(max(3, len(servers)), max(2, len(self._picture.alerts or ()))), full)

    def judge(self, now: float) -> None:
        """Say how honest each panel is, and what to do about what fails."""
        for panel in self._panels:
            panel.judge(now)
        store = self.store
        slices = (store.stats, store.insight, store.per_server, store.latency, store.popular, store.log, store.alerts)
        failure = failing((one.health.value for one in slices), now)
        self.keys.problem = explain(failure) if failure else None

    def on_resize(self) -> None:
        """Say why there is nothing to see, if so."""
        width, height = self.size
        small = width < SMALLEST[0] or height < SMALLEST[1]
        self.pages.saying = f"too small: {width}×{height}, needs {SMALLEST[0]}×{SMALLEST[1]}" if small else ""

    def _see(self, field: str, value: object) -> None:
        """Put a new value into the picture, and show it where it matters."""
        self._picture = replace(self._picture, **{field: value})  # type: ignore[arg-type]  # the topics' own types
        for panel in self._panels:
            if field in panel.needs:
                panel.show(self._picture)
                panel.judge(self.clock.monotonic())
        if field in ("per_server", "alerts"):
            self.pages.turn(self.pages.page)

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Go to the page of a server or a key, or to the Log."""
        panel = message.grid.parent
        if not isinstance(panel, Panel) or panel.id == LOG:
            self.ways.open_view("Log")
        elif panel.id == SERVERS:
            from mctop.ui.screens.shared.server_names import short_names

            name = short_names(servers(self._picture)).get(message.key, message.key)
            self.ways.open_page(SERVER_PAGE, message.key, name)
        else:
            self.ways.open_page(KEY_PAGE, message.key)
