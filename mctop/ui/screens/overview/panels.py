"""The panels of the Overview: each takes what it shows from the picture, and says why it cannot."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar

from mctop.ui.renderables.runs import Glyphs
from mctop.ui.renderables.table import Sort
from mctop.ui.screens.overview.arrangement import ALERTS, CHART, HIT, LOG, MISSED, SERVERS
from mctop.ui.screens.overview.chart import plot
from mctop.ui.screens.overview.tables import (
    ALERT_COLUMNS,
    LOG_COLUMNS,
    SERVER_COLUMNS,
    alert_rows,
    live,
    log_rows,
    note,
    server_rows,
    window,
)
from mctop.ui.screens.shared.key_table import KEY_COLUMNS, key_rows
from mctop.ui.widgets.chart import Chart
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.panel import SlicePanel
from mctop.ui.words.format import duration, time_slice
from mctop.ui.words.freshness_text import troubles
from mctop.ui.words.recovery_text import recovery_words
from mctop.ui.words.time_text import bucketed, length, spanned

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.api.models.introspection import PopularItem, PopularItems
    from mctop.store.store import Store
    from mctop.ui.screens.overview.picture import Picture


class OverviewPanel(SlicePanel):
    """A panel of the Overview. A subclass fills its content from a picture."""

    needs: ClassVar[frozenset[str]] = frozenset()
    """The fields of the picture that it looks at."""

    def show(self, picture: Picture) -> None:
        """Hand the picture to the content; override."""
        raise NotImplementedError


class ChartPanel(OverviewPanel):
    """Memory and hit rate over the window."""

    needs = frozenset({"insight", "charted", "time", "scale", "marks", "stats", "recovery"})

    def __init__(self, store: Store, *, lean: bool) -> None:
        self._chart = Chart()
        self._chart.can_focus = True
        self._chart.glyphs = Glyphs.ASCII if lean else Glyphs.BRAILLE
        self._api = store.api
        super().__init__("Memory and hit rate", self._chart, store.insight, store, id=CHART)

    def show(self, picture: Picture) -> None:
        """Draw the window."""
        drawn = self._chart.plot = plot(picture)
        span = spanned(picture.time)
        self.lacks = "" if drawn else f"no data in {span}"
        if drawn is not None:
            words = recovery_words(picture.recovery)
            each = bucketed(self._api.value, duration(drawn.bucket))
            whole = (f"{words[0]} · {span}", *words) if words else (f"{span} {each}", span)
            self.notes = (*whole, length(picture.time))


class ServersPanel(OverviewPanel):
    """Every server on a line."""

    needs = frozenset({"cache", "stats", "per_server", "latency", "scale"})

    def __init__(self, store: Store) -> None:
        self._grid = Grid(SERVER_COLUMNS)
        self._by_series, self._by_counters = store.per_server.health, store.stats.health
        super().__init__("Servers", self._grid, store.per_server, store, id=SERVERS)
        self._others = (store.latency.health,)

    def show(self, picture: Picture) -> None:
        """List the servers, once there is a number to any of them."""
        self._health = self._by_counters if live(picture) else self._by_series
        known = picture.per_server is not None or (picture.stats is not None and bool(picture.stats.servers))
        self._grid.rows = server_rows(picture) if known else ()
        self.lacks = "" if self._grid.rows else "the API names no servers"
        silent = len(troubles(picture.cache))
        self.title = f"Servers · {silent} silent" if silent else "Servers"
        self.notes = (window(picture),)


class KeysPanel(OverviewPanel):
    """The keys of which something happens most; `pick` takes its list from the popular items."""

    needs = frozenset({"popular"})

    def __init__(
        self,
        store: Store,
        title: str,
        pick: Callable[[PopularItems], tuple[PopularItem, ...]],
        *,
        id: str,
        lacks: str,
    ) -> None:
        self._grid = Grid(KEY_COLUMNS)
        self._pick = pick
        self._without = lacks
        super().__init__(title, self._grid, store.popular, store, id=id)

    def show(self, picture: Picture) -> None:
        """List the keys."""
        if picture.popular is not None:
            self._grid.rows = key_rows(self._pick(picture.popular))
            self.notes = (time_slice(picture.popular),)
        self.lacks = "" if self._grid.rows else self._without


class LogPanel(OverviewPanel):
    """The last lines of the log."""

    needs = frozenset({"log"})

    def __init__(self, store: Store) -> None:
        self._grid = Grid(LOG_COLUMNS)
        super().__init__("Log", self._grid, store.log, store, id=LOG)

    def show(self, picture: Picture) -> None:
        """List the newest lines."""
        if picture.log is None:
            return
        listed = log_rows(picture.log)
        self._grid.rows = listed.rows
        self._grid.sort = Sort("time", descending=True)
        self.notes = listed.notes
        self.lacks = "" if listed.rows else "no line but mctop's own" if listed.hidden else "no line in the log"


class AlertsPanel(OverviewPanel):
    """The enabled alerts."""

    needs = frozenset({"alerts"})

    def __init__(self, store: Store) -> None:
        self._grid = Grid(ALERT_COLUMNS, opens=False)
        super().__init__("Alerts", self._grid, store.alerts, store, id=ALERTS)
        self._others = (store.stats.health,)

    def show(self, picture: Picture) -> None:
        """List the alerts."""
        if picture.alerts is not None:
            self._grid.rows = alert_rows(picture.alerts)
            self.notes = (note(picture.alerts),)
        self.lacks = "" if self._grid.rows else "no alert is enabled"


def panels(store: Store, *, lean: bool) -> tuple[OverviewPanel, ...]:
    """All panels under the cards."""
    return (
        ChartPanel(store, lean=lean),
        ServersPanel(store),
        KeysPanel(store, "Most hit keys", attrgetter("most_hit_keys"), id=HIT, lacks="no key was hit lately"),
        KeysPanel(
            store,
            "Most missed keys",
            attrgetter("most_missed_keys"),
            id=MISSED,
            lacks="no key was missed lately",
        ),
        AlertsPanel(store),
        LogPanel(store),
    )
