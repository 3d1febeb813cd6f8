"""The panels of the Overview below its cards, each with the rows of its table."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from mctop.store.log.filters import OWN
from mctop.store.log.tail import Entry, GapEntry, LogTail
from mctop.ui.renderables.table import Cell, Column, Row, Sort
from mctop.ui.screens.overview.arrangement import ALERTS, CHART, HIT, LOG, MISSED, SERVERS
from mctop.ui.screens.overview.picture import plot
from mctop.ui.screens.shared.key_table import KEY_COLUMNS, key_rows
from mctop.ui.screens.shared.stat_table import stat_cell, stat_column
from mctop.ui.stats import CONNECTIONS, EVICTIONS, HIT_RATE, LATENCY, MEMORY, REQUESTS
from mctop.ui.widgets.chart import Chart
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.panel import SlicePanel
from mctop.ui.words.badge import FIRES, QUIET, UNKNOWN
from mctop.ui.words.format import count, duration, percent, size, time_of_day, time_slice
from mctop.ui.words.freshness_text import troubles
from mctop.ui.words.hit_rate_band import band
from mctop.ui.words.log_text import gap_text
from mctop.ui.words.recovery_text import recovery_words
from mctop.ui.words.runs import Glyphs
from mctop.ui.words.text import Clean, clean
from mctop.ui.words.time_text import bucketed, length, spanned

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.api.models.introspection import PopularItem, PopularItems
    from mctop.store.alerts.outlook import AlertOutlook
    from mctop.store.store import Store
    from mctop.ui.screens.overview.picture import OverviewPicture
    from mctop.ui.screens.shared.server_stats import ServersData
    from mctop.ui.stats import NewestStats


class OverviewChart(SlicePanel):
    """Memory and hit rate over the window."""

    def __init__(self, store: Store, *, lean: bool) -> None:
        self._chart = Chart()
        self._chart.can_focus = True
        self._chart.glyphs = Glyphs.ASCII if lean else Glyphs.BRAILLE
        self._api = store.api
        super().__init__("Memory and hit rate", self._chart, store.insight, store, id=CHART)

    def show(self, picture: OverviewPicture) -> None:
        """Draw the window."""
        drawn = self._chart.plot = plot(picture)
        span = spanned(picture.time)
        self.lacks = "" if drawn else f"no data in {span}"
        if drawn is not None:
            words = recovery_words(picture.recovery)
            each = bucketed(self._api.value, duration(drawn.bucket))
            whole = (f"{words[0]} · {span}", *words) if words else (f"{span} {each}", span)
            self.notes = (*whole, length(picture.time))


# Where there is little room the server's name and hit rate stay longest, then requests, latency and memory.
SERVER_COLUMNS = (
    Column("server", "server", 14, 40),
    stat_column(HIT_RATE),
    stat_column(REQUESTS, priority=1),
    stat_column(MEMORY, priority=3),
    stat_column(CONNECTIONS, priority=5),
    stat_column(EVICTIONS, priority=4),
    stat_column(LATENCY, priority=2),
)


def server_rows(data: ServersData) -> tuple[Row, ...]:
    """One row a server."""
    return tuple(_server_row(server, newest) for server, newest in data.newest_of_servers().items())


def rates_window(data: ServersData) -> str:
    """Over how long the rates of the table are taken."""
    if data.live is not None:
        return f"over {round(data.live.window)}s"
    return "last minute" if data.per_server and data.per_server.bucket == 60 else ""


def _server_row(server: str, newest: NewestStats) -> Row:
    hit_rate = newest.value(HIT_RATE)
    state, text = band(hit_rate), HIT_RATE.text(hit_rate)
    return Row(
        server,
        (
            Cell(clean(server)),
            Cell(Clean(f"{state.glyph} {text}" if state else text), state.tone if state else "muted", hit_rate),
            *(stat_cell(stat, newest) for stat in (REQUESTS, MEMORY, CONNECTIONS, EVICTIONS, LATENCY)),
        ),
    )


class ServersPanel(SlicePanel):
    """Every server on a line."""

    def __init__(self, store: Store) -> None:
        self._grid = Grid(SERVER_COLUMNS)
        self._by_series, self._by_counters = store.per_server.health, store.stats.health
        super().__init__("Servers", self._grid, store.per_server, store, id=SERVERS)
        self._others = (store.latency.health,)

    def show(self, data: ServersData) -> None:
        """List the servers, once there is a number to any of them."""
        self._health = self._by_counters if data.live else self._by_series
        numbers = data.per_server is not None or (data.stats is not None and bool(data.stats.servers))
        self._grid.rows = server_rows(data) if numbers else ()
        self.lacks = "" if self._grid.rows else "the API names no servers"
        silent = len(troubles(data.cache))
        self.title = f"Servers · {silent} silent" if silent else "Servers"
        self.notes = (rates_window(data),)


class KeysPanel(SlicePanel):
    """The keys of which something happens most; `pick` takes its list from the popular items."""

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

    def show(self, popular: PopularItems | None) -> None:
        """List the keys."""
        if popular is not None:
            self._grid.rows = key_rows(self._pick(popular))
            self.notes = (time_slice(popular),)
        self.lacks = "" if self._grid.rows else self._without


def hit_keys(store: Store) -> KeysPanel:
    """The keys that are hit most."""
    return KeysPanel(store, "Most hit keys", attrgetter("most_hit_keys"), id=HIT, lacks="no key was hit lately")


def missed_keys(store: Store) -> KeysPanel:
    """The keys that are missed most."""
    return KeysPanel(
        store, "Most missed keys", attrgetter("most_missed_keys"), id=MISSED, lacks="no key was missed lately"
    )


LOG_COLUMNS = (
    Column("time", "time", 9),
    Column("command", "command", 7, 9),
    Column("key", "key", 14, 80),
    Column("status", "status", 6, 10),
    Column("size", "size", 8, align="right", priority=1),
    Column("server", "server", 10, 24, priority=2),
)
MOST = 100
"""Lines that are listed: more than the panel has rows on any terminal that people have; the Log has them all."""


@dataclass(frozen=True, slots=True)
class RecentRows:
    """The newest rows of the log, and how many of mctop's own lines among them are left out."""

    rows: tuple[Row, ...]
    hidden: int

    @property
    def notes(self) -> tuple[str, ...]:
        """How many lines are left out, in words, longest first."""
        if not self.hidden:
            return ()
        return f"{count(self.hidden)} of mctop's own STATS/AUTH hidden", f"{count(self.hidden)} own hidden"


def recent_rows(tail: LogTail) -> RecentRows:
    """The newest rows of the tail."""
    rows: list[Row] = []
    hidden = 0
    for entry in reversed(tail.rows):
        if isinstance(entry, Entry) and entry.command.upper() in OWN:
            hidden += 1
        else:
            rows.append(_entry_row(entry) if isinstance(entry, Entry) else _gap_row(entry))
        if len(rows) == MOST:
            break
    return RecentRows(tuple(rows), hidden)


def _entry_row(entry: Entry) -> Row:
    return Row(
        f"{entry.serial}",
        (
            Cell(Clean(time_of_day(entry.time)), "muted", entry.time),
            Cell(clean(entry.command, 24)),
            Cell(clean(entry.key, 250)),
            Cell(clean(entry.status, 24)),
            Cell(Clean(size(entry.size)), value=entry.size),
            Cell(clean(entry.server, 80), "muted"),
        ),
    )


def _gap_row(entry: GapEntry) -> Row:
    gap = entry.gap
    return Row(
        f"gap {entry.serial}",
        (
            Cell(Clean(time_of_day(gap.end)), "muted", gap.end),
            Cell(Clean("◆ gap"), "fair"),
            Cell(Clean(gap_text(gap)), "fair"),
            Cell(Clean("")),
            Cell(Clean("")),
            Cell(clean(gap.server, 80), "muted"),
        ),
    )


class RecentLog(SlicePanel):
    """The last lines of the log."""

    def __init__(self, store: Store) -> None:
        self._grid = Grid(LOG_COLUMNS)
        super().__init__("Log", self._grid, store.log, store, id=LOG)

    def show(self, tail: LogTail | None) -> None:
        """List the newest lines."""
        if tail is None:
            return
        recent = recent_rows(tail)
        self._grid.rows = recent.rows
        self._grid.sort = Sort("time", descending=True)
        self.notes = recent.notes
        self.lacks = "" if recent.rows else "no line but mctop's own" if recent.hidden else "no line in the log"


ALERT_COLUMNS = (
    Column("alert", "alert", 19, 40),
    Column("now", "now", 6, align="right", priority=1),
    Column("outlook", "outlook", 12),
    Column("description", "description", 12, 40, priority=2),
)
TRIGGERS = {"hit_rate": HIT_RATE, "memory_usage": MEMORY}
"""The stats behind the types of triggers that the API knows."""


def enabled(alerts: tuple[AlertOutlook, ...]) -> tuple[AlertOutlook, ...]:
    """The alerts that are enabled."""
    return tuple(outlook for outlook in alerts if outlook.alert.enabled)


def alert_rows(alerts: tuple[AlertOutlook, ...]) -> tuple[Row, ...]:
    """One row an alert; those that would fire first."""
    order = sorted(alerts, key=lambda outlook: (outlook.fires is not True, outlook.alert.id))
    return tuple(map(_alert_row, order))


def note(alerts: tuple[AlertOutlook, ...]) -> str:
    """How many are enabled."""
    return f"{len(alerts)} enabled" if alerts else ""


def _alert_row(outlook: AlertOutlook) -> Row:
    alert = outlook.alert
    verdict = UNKNOWN if outlook.fires is None else FIRES if outlook.fires else QUIET
    stat = TRIGGERS.get(alert.trigger_type)
    words = f"{stat.label} {stat.worse.value}" if stat else alert.trigger_type
    return Row(
        f"{alert.id}",
        (
            Cell(clean(f"{words} {alert.trigger_threshold:g} %", 60)),
            Cell(Clean(percent(outlook.value)), value=outlook.value),
            Cell(Clean(verdict.text), verdict.tone),
            Cell(clean(alert.description, 80), "muted"),
        ),
    )


class AlertsPanel(SlicePanel):
    """The enabled alerts."""

    def __init__(self, store: Store) -> None:
        self._grid = Grid(ALERT_COLUMNS, opens=False)
        super().__init__("Alerts", self._grid, store.alerts, store, id=ALERTS)
        self._others = (store.stats.health,)

    @property
    def count(self) -> int:
        """How many alerts are listed."""
        return len(self._grid.rows)

    def show(self, alerts: tuple[AlertOutlook, ...] | None) -> None:
        """List the alerts that are enabled; None while they are not known."""
        if alerts is not None:
            listed = enabled(alerts)
            self._grid.rows = alert_rows(listed)
            self.notes = (note(listed),)
        self.lacks = "" if self._grid.rows else "no alert is enabled"
