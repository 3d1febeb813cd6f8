"""The screen of the Overview: follows the store, keeps the picture, and hands it to the panels."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from mctop.store.base.window import HOUR
from mctop.store.series.ratio_scale import FRACTIONS
from mctop.store.series.series_set import Wanted
from mctop.ui.layout.bands import SMALLEST, Arrangement
from mctop.ui.registry.views import KEY_PAGE, SERVER_PAGE
from mctop.ui.screens.base import FramedScreen
from mctop.ui.screens.overview.arrangement import LOG, SERVERS, Contents, arrange
from mctop.ui.screens.overview.cards import CardPanel, card_stats
from mctop.ui.screens.overview.panels import AlertsPanel, OverviewChart, RecentLog, ServersPanel, hit_keys, missed_keys
from mctop.ui.screens.overview.picture import CHARTED, OverviewPicture
from mctop.ui.screens.shared.server_stats import SERVER_STATS
from mctop.ui.stats import LATENCY
from mctop.ui.widgets.panel import Panel
from mctop.ui.words.freshness_text import explain, failing

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from mctop.api.models.introspection import PopularItems
    from mctop.store.alerts.outlook import AlertOutlook
    from mctop.store.base.clock import Clock
    from mctop.store.base.topic import Topic
    from mctop.store.base.window import TimeWindow
    from mctop.store.log.tail import LogTail
    from mctop.store.store import Store
    from mctop.ui.registry.options import UiOptions
    from mctop.ui.widgets.grid import Grid

T = TypeVar("T")

LEAST_SECONDS = 2 * HOUR
"""Series reach at least so far back, for the change against the hour before."""


class OverviewScreen(FramedScreen):
    """Cards, chart, servers, hot keys, log and alerts."""

    VIEW = "Overview"

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        self._picture = OverviewPicture(time=store.window.value)
        self._cards, self._chart = CardPanel(store), OverviewChart(store)
        self._servers = ServersPanel(store)
        self._hit, self._missed = hit_keys(store), missed_keys(store)
        self._alerts, self._log = AlertsPanel(store), RecentLog(store)
        self._panels = (
            self._cards, self._chart, self._servers, self._hit, self._missed, self._alerts, self._log,
        )  # fmt: skip

    def compose_panels(self) -> ComposeResult:
        """All of them; which are seen, the size decides."""
        yield from self._panels

    def follow_topics(self) -> None:
        """Everything the panels show, and the time."""
        store = self.store
        self.when_hidden(store.window.follow(self._want))
        for series in (store.insight, store.per_server, store.latency, store.insight_before):
            self.when_hidden(partial(series.wanted.set, Wanted()))
        cards, chart, servers = self._cards, self._chart, self._servers
        self._draw(store.window, lambda picture, window: replace(picture, time=window), chart)
        self._draw(store.insight_before.value, lambda picture, series: replace(picture, charted=series), chart)
        self._draw(store.cache.value, lambda picture, cache: replace(picture, cache=cache), cards, servers)
        self._draw(store.stats.value, lambda picture, stats: replace(picture, stats=stats), cards, chart, servers)
        self._draw(store.insight.value, lambda picture, series: replace(picture, insight=series), cards, chart)
        self._draw(store.per_server.value, lambda picture, series: replace(picture, per_server=series), servers)
        self.follow(store.per_server.value, self._make_room)
        self._draw(store.latency.value, lambda picture, series: replace(picture, latency=series), cards, servers)
        self.follow(store.popular.value, self._list_keys)
        self.follow(store.log.value, self._list_log)
        self.follow(store.alerts.value, self._list_alerts)
        self._draw(store.marks, lambda picture, marks: replace(picture, marks=marks), chart)
        self._draw(store.recovery, lambda picture, recovery: replace(picture, recovery=recovery), chart)
        self._draw(store.ratio_scale, lambda picture, scale: replace(picture, scale=scale), cards, chart, servers)

    def _draw(
        self,
        topic: Topic[T],
        update: Callable[[OverviewPicture, T], OverviewPicture],
        *panels: CardPanel | OverviewChart | ServersPanel,
    ) -> None:
        """Put each value of a topic into the picture, and show that on the panels that look at it."""

        def show(value: T) -> None:
            self._picture = update(self._picture, value)
            now = self.clock.monotonic()
            for panel in panels:
                panel.show(self._picture)
                panel.judge(now)

        self.follow(topic, show)

    def _make_room(self, _: object = None) -> None:
        """Place the panels anew, which have more rows or fewer."""
        self.pages.turn(self.pages.page)

    def _list_keys(self, popular: PopularItems | None) -> None:
        for panel in (self._hit, self._missed):
            panel.show(popular)
            panel.judge(self.clock.monotonic())

    def _list_log(self, tail: LogTail | None) -> None:
        self._log.show(tail)
        self._log.judge(self.clock.monotonic())

    def _list_alerts(self, alerts: tuple[AlertOutlook, ...] | None) -> None:
        self._alerts.show(alerts)
        self._alerts.judge(self.clock.monotonic())
        self._make_room()

    def _want(self, window: TimeWindow) -> None:
        """Ask for the series of the present, and for those of the chart where they are others."""
        picture, store = OverviewPicture(time=window), self.store
        seconds = max(picture.window, LEAST_SECONDS)
        store.insight.wanted.set(Wanted(FRACTIONS | CHARTED | card_stats(), seconds))
        store.per_server.wanted.set(Wanted(FRACTIONS | SERVER_STATS, seconds))
        store.latency.wanted.set(Wanted(frozenset({LATENCY.id}), seconds))
        charted = Wanted() if picture.present else Wanted(CHARTED, window.seconds, window.end)
        store.insight_before.wanted.set(charted)

    def arrange_panels(self, width: int, height: int, full: str | None) -> Arrangement:
        """Where the panels stand; nowhere on a terminal that is too small."""
        if self.size.width < SMALLEST[0] or self.size.height < SMALLEST[1]:
            return Arrangement()
        servers = self._picture.per_server.servers() if self._picture.per_server else ()
        contents = Contents(self._cards.count, max(3, len(servers)), max(2, self._alerts.count))
        return arrange(width, height, contents, full)

    def judge(self, now: float) -> None:
        """Say how honest each panel is, and what to do about what fails."""
        for panel in self._panels:
            panel.judge(now)
        store = self.store
        slices = (store.stats, store.insight, store.per_server, store.latency, store.popular, store.log, store.alerts)
        failure = failing((slice_.health.value for slice_ in slices), now)
        self.keys.problem = explain(failure) if failure else None

    def on_resize(self) -> None:
        """Say why there is nothing to see, if so."""
        width, height = self.size
        small = width < SMALLEST[0] or height < SMALLEST[1]
        self.pages.saying = f"too small: {width}×{height}, needs {SMALLEST[0]}×{SMALLEST[1]}" if small else ""

    def on_grid_selected(self, message: Grid.Selected) -> None:
        """Go to the page of a server or a key, or to the Log."""
        panel = message.grid.parent
        if not isinstance(panel, Panel) or panel.id == LOG:
            self.ways.open_view("Log")
        elif panel.id == SERVERS:
            from mctop.ui.screens.shared.server_names import short_names

            name = short_names(self._picture.servers).get(message.key, message.key)
            self.ways.open_page(SERVER_PAGE, message.key, name)
        else:
            self.ways.open_page(KEY_PAGE, message.key)
