"""The panels of the Servers view and of the page of one server, their places, and the rows of the table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.reactive import var

from mctop.ui.layout.bands import MARGIN, TABLE_FRAME, WIDE, Arrangement, Place, equal_bands, equal_columns, full_page
from mctop.ui.renderables.table import Cell, Column, Row, Sort
from mctop.ui.renderables.trend import trend
from mctop.ui.screens.servers.picture import Past, Pasts
from mctop.ui.screens.shared.number_line import fitting, named
from mctop.ui.screens.shared.server_names import short_names
from mctop.ui.screens.shared.server_stats import JUST_STARTED
from mctop.ui.screens.shared.stat_table import stat_cell, stat_column
from mctop.ui.stats import CONNECTIONS, EVICTIONS, HIT_RATE, LATENCY, MEMORY, REQUESTS
from mctop.ui.widgets.chart import Chart
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.widgets.panel import SlicePanel
from mctop.ui.words.badge import FAIR, GOOD, POOR, Badge
from mctop.ui.words.format import duration, time_of_day
from mctop.ui.words.freshness_text import troubles
from mctop.ui.words.hit_rate_band import band, band_tone
from mctop.ui.words.runs import Run, longest
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mctop.store.series.outlier import Outlier
    from mctop.store.series.series_set import SeriesSet
    from mctop.store.store import SeriesSlice, Store
    from mctop.ui.renderables.plot import Plot
    from mctop.ui.screens.servers.picture import ServersPicture
    from mctop.ui.screens.shared.even_series import Values
    from mctop.ui.stats import NewestStats, Stat


STANDING_OUT, SERVERS = "standing-out", "servers"
LATENCY_CHART, HITS_CHART, MEMORY_CHART, CONNECTIONS_CHART = "latency", "hits", "memory", "connections"
CHART = 9
"""Rows of a chart that is worth its place."""
SUMMARY = 2
"""Lines of the numbers above the charts of a page."""


def arrange_servers(width: int, height: int, servers: int, full: str | None = None) -> Arrangement:
    """What stands out, the table, and below it charts of the server under the cursor where the table leaves room."""
    if full is not None:
        return full_page(full, width, height)
    inner, room = width - 2 * MARGIN, height - 1
    charts = room - max(1, min(servers, room // 2)) - TABLE_FRAME
    if charts < CHART:
        charts = 0
    places = [Place(STANDING_OUT, 0, MARGIN, 0, inner, 1), Place(SERVERS, 0, MARGIN, 1, inner, room - charts)]
    if charts:
        places += equal_columns(
            (LATENCY_CHART, HITS_CHART) if width >= WIDE else (LATENCY_CHART,), 0, room + 1 - charts, width, charts
        )
    return Arrangement(tuple(places))


def arrange_page(width: int, height: int, full: str | None = None) -> Arrangement:
    """The numbers, and the charts two by two where there is room, else one below the other."""
    if full is not None:
        return full_page(full, width, height)
    charts = (LATENCY_CHART, HITS_CHART, MEMORY_CHART, CONNECTIONS_CHART)
    across = 2 if width >= WIDE else 1
    bands = tuple(charts[index : index + across] for index in range(0, len(charts), across))
    return equal_bands(bands, width, height, CHART, (STANDING_OUT, SUMMARY))


NUMBERS = (HIT_RATE, REQUESTS, MEMORY, CONNECTIONS, EVICTIONS)
"""The stats on the first line of the page of a server."""


class ServerSummary(Lines):
    """The state and the numbers of one server; those that have no room are left out."""

    facts: var[tuple[str, NewestStats, Pasts, int, int | None] | None] = var(None)

    def __init__(self) -> None:
        super().__init__(id=STANDING_OUT)

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """Now, and the latency over the window."""
        return () if self.facts is None else summary(*self.facts, width)

    def watch_facts(self) -> None:
        """Show other numbers."""
        self.redraw()


def summary(
    server: str, newest: NewestStats, pasts: Pasts, window: int, uptime: int | None, width: int
) -> tuple[tuple[Run, ...], ...]:
    """The lines at `width` columns; `window` and `uptime` are in seconds, the latter None where it is not told."""
    state = server_state(server, newest, pasts).badge
    spread = dict(pasts.servers).get(server, Past()).spread
    first = (
        (Run(state.text, state.tone),),
        *((named("up", duration(uptime)),) if uptime is not None else ()),
        *(named(stat.label, stat.text(newest.value(stat))) for stat in NUMBERS),
    )
    second = (
        named(LATENCY.label, LATENCY.text(newest.value(LATENCY))),
        named("p50", LATENCY.text(spread.p50 if spread else None)),
        named("p95", LATENCY.text(spread.p95 if spread else None)),
        named("max", LATENCY.text(spread.greatest if spread else None)),
        (Run(f"over {duration(window)}", "muted"),),
    )
    return fitting(first, width), fitting(second, width)


SILENT = Badge("○", "silent", "poor")
UNKNOWN = Badge("·", "no data", "muted")
IDLE = Badge("·", "no lookups", "muted")
UNTOLD = Badge("·", "hits not told", "muted")
STEP = 5
"""Percentage points of hit rate that make one server worse than another where both are fair, or both are poor."""
WEIGHTS = {GOOD: 0, IDLE: 0, UNTOLD: 0, FAIR: 1, POOR: 2}


@dataclass(frozen=True, slots=True)
class ServerState:
    """The state of a server; of two, the one with the greater `weight` is worse off."""

    badge: Badge
    weight: tuple[float, float] = (0, 0)


def is_silent(newest: NewestStats) -> bool:
    """Whether a server says nothing at all."""
    return newest.counters is None and all(newest.value(stat) is None for stat in (REQUESTS, MEMORY, CONNECTIONS))


def server_state(server: str, newest: NewestStats, pasts: Pasts, *, heard: bool = True) -> ServerState:
    """Judge one server: silent is worst, then standing out, then a poor hit rate, many requests, or a fair hit rate.

    It is not silent where all servers are, which says nothing of it: `heard` is whether any of them says something.
    """
    if is_silent(newest):
        return ServerState(SILENT, (4, 0)) if heard else ServerState(UNKNOWN)
    if pasts.slow is not None and pasts.slow.server == server:
        return ServerState(Badge("!", f"{times(pasts.slow.by)} slow", "poor"), (3, pasts.slow.by))
    if pasts.missing is not None and pasts.missing.server == server:
        return ServerState(Badge("!", f"−{pasts.missing.by:.0f} pt hits", "poor"), (3, 0))
    hit_rate = newest.value(HIT_RATE)
    badge = band(hit_rate) or (UNTOLD if newest.lacks(HIT_RATE) else IDLE)
    if badge is not POOR and pasts.busy is not None and pasts.busy.server == server:
        return ServerState(Badge("!", f"{times(pasts.busy.by)} busy", "fair"), (1.5, pasts.busy.by))
    lost = (100 - (hit_rate or 0)) // STEP
    return ServerState(badge, (WEIGHTS[badge], lost if WEIGHTS[badge] else 0))


def sentence(outlier: Outlier, name: str, stat: Stat, *, window: float, now: float) -> tuple[str, ...]:
    """How far a server stands out by a stat and since when, the longest wording first; `now` is epoch seconds."""
    if outlier.since is None:
        since, ago = "", f"for {duration(window)} or longer"
    else:
        since, ago = f"since {time_of_day(outlier.since)[:5]}", f"{duration(now - outlier.since)} ago"
    by = f"{outlier.by:.0f} points below the median" if stat is HIT_RATE else f"{times(outlier.by)} the median"
    what = f"{name} {by}"
    if not since:
        return f"{what} {stat.label} {ago}", f"{what} {ago}", what
    return f"{what} {stat.label} {since} · {ago}", f"{what} {since}", what


def times(factor: float) -> str:
    """A factor as text: `4.1×`."""
    return f"{factor:.1f}×" if factor < 99.95 else f"{min(factor, 9_999):.0f}×"


TREND = 12
"""Columns of a trend."""
# Where there is little room the name and the state stay longest, then the numbers that a server is judged by: hit rate,
# latency, requests and p95; then memory and evictions, the trends, and last what is seen on the page of the server too.
COLUMNS = (
    Column("server", "server", 14, 40),
    Column("state", "state", 13),
    stat_column(HIT_RATE, priority=1),
    Column("hit_trend", "trend", TREND, priority=9),
    stat_column(REQUESTS, priority=3),
    Column("request_trend", "trend", TREND, priority=8),
    stat_column(MEMORY, priority=5),
    stat_column(CONNECTIONS, priority=12),
    stat_column(EVICTIONS, priority=6),
    stat_column(LATENCY, priority=2),
    Column("p50", "p50", LATENCY.unit.width, align="right", priority=10),
    Column("p95", "p95", LATENCY.unit.width, align="right", priority=4),
    Column("greatest", "max", LATENCY.unit.width, align="right", priority=11),
    Column("latency_trend", "trend", TREND, priority=7),
)


UPTIME = Column("uptime", "up", len("99d 23h"), align="right", priority=7)
"""Stands behind the others where servers tell it."""


@dataclass(frozen=True, slots=True)
class PastCells:
    """The cells of a server that only change with its series."""

    hit_rate: Cell
    requests: Cell
    latency: Cell
    spread: tuple[Cell, ...]


def past_cells(past: Past) -> PastCells:
    """The trends and the spread of the latency of one server."""
    spread = past.spread
    numbers = (spread.p50, spread.p95, spread.greatest) if spread else (None, None, None)
    return PastCells(
        _trend(past.hit_rate),
        _trend(past.requests),
        _trend(past.latency),
        tuple(Cell(Clean(LATENCY.text(number)), value=number) for number in numbers),
    )


def server_rows(
    now: Mapping[str, NewestStats],
    pasts: Pasts,
    cells: Mapping[str, PastCells],
    uptimes: Mapping[str, int] | None = None,
) -> tuple[Row, ...]:
    """One row a server, the worst first; those alike by name. The last cell is the uptime, where any is told."""
    heard = any(not is_silent(newest) for newest in now.values())
    states = {server: server_state(server, newest, pasts, heard=heard) for server, newest in now.items()}
    order = sorted(now, key=lambda server: (*(-weight for weight in states[server].weight), server))
    nothing = past_cells(Past())
    rows = []
    for place, server in enumerate(order):
        badge = states[server].badge
        state = Cell(Clean(badge.text), badge.tone, len(order) - place)
        row = _row(server, state, now[server], cells.get(server, nothing))
        rows.append(replace(row, cells=(*row.cells, uptime_cell(uptimes.get(server)))) if uptimes else row)
    return tuple(rows)


def uptime_cell(uptime: int | None) -> Cell:
    """For how long a server runs, which stands out while that is short."""
    return Cell(Clean(duration(uptime)), "fair" if uptime is not None and uptime < JUST_STARTED else "", uptime)


def _row(server: str, state: Cell, newest: NewestStats, past: PastCells) -> Row:
    hit_rate = newest.value(HIT_RATE)
    return Row(
        server,
        (
            Cell(clean(server)),
            state,
            Cell(Clean(HIT_RATE.text(hit_rate)), band_tone(hit_rate), hit_rate),
            past.hit_rate,
            stat_cell(REQUESTS, newest),
            past.requests,
            *(stat_cell(stat, newest) for stat in (MEMORY, CONNECTIONS, EVICTIONS, LATENCY)),
            *past.spread,
            past.latency,
        ),
    )


def _trend(values: Values) -> Cell:
    newest = next((value for value in reversed(values) if value is not None), None)
    return Cell(Clean(trend(values, TREND)), "muted", newest)


QUIET = Run("✓ no server stands out", "good")


class StandingOut(Lines):
    """One line: which servers stand out, how far, and since when; the first of each one's `sentences` that fits."""

    sentences: var[tuple[tuple[str, ...], ...]] = var(())
    comparing: var[bool] = var(False)
    """Whether there is anything to compare."""

    def __init__(self) -> None:
        super().__init__(id=STANDING_OUT)

    def tell(self, picture: ServersPicture, pasts: Pasts) -> None:
        """Say which servers stand out."""
        names = short_names(tuple(server for server, _ in pasts.servers))
        self.comparing = any(bool(past.latency or past.hit_rate) for _, past in pasts.servers) or bool(
            troubles(picture.cache)
        )
        outliers = (
            (pasts.slow, picture.latency, LATENCY),
            (pasts.missing, picture.per_server, HIT_RATE),
            (pasts.busy, picture.per_server, REQUESTS),
        )
        refusing = ((_name(server, names), why) for server, why in troubles(picture.cache))
        refused = tuple((f"{name}: {why}", name) for name, why in refusing)
        self.sentences = refused + tuple(
            sentence(
                outlier,
                _name(outlier.server, names),
                stat,
                window=min(picture.time.seconds, series.reach(stat.id, outlier.server)),
                now=series.end,
            )
            for outlier, series, stat in outliers
            if outlier is not None and series is not None
        )

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """The one line; where there is little room, each sentence is shorter."""
        if not self.comparing:
            return ()
        room = width // max(1, len(self.sentences)) - 4
        texts = [text for variants in self.sentences if (text := longest(room, variants))]
        runs = [Run(f"{'   ' if index else ''}! {text}", "poor") for index, text in enumerate(texts)]
        return (tuple(runs) or (QUIET,),)

    def watch_sentences(self) -> None:
        """Say something else."""
        self.redraw()

    def watch_comparing(self) -> None:
        """Say something, or nothing."""
        self.redraw()


def _name(server: str, names: Mapping[str, str]) -> Clean:
    """The name of a server in the line, which has no room for whole ones."""
    return clean(names.get(server, server), 40)


class ServerTable(SlicePanel):
    """Every server on a line, the worst first."""

    def __init__(self, store: Store) -> None:
        self.grid = Grid(COLUMNS)
        self.grid.sort = Sort("state", descending=True)
        self._pasts: tuple[tuple[str, Past], ...] | None = None
        self._cells: dict[str, PastCells] = {}
        super().__init__("Servers", self.grid, store.per_server, store, id=SERVERS)

    @property
    def server(self) -> str | None:
        """The server under the cursor, or else the worst."""
        rows = self.grid.shown
        return self.grid.cursor or (rows[0].key if rows else None)

    def tell(self, picture: ServersPicture, now: Mapping[str, NewestStats], pasts: Pasts) -> None:
        """List the servers, once there is a number to any of them."""
        if pasts.servers is not self._pasts:
            self._pasts = pasts.servers
            self._cells = {server: past_cells(past) for server, past in pasts.servers}
        numbers = picture.per_server is not None or any(not is_silent(newest) for newest in now.values())
        self.grid.show_columns((*COLUMNS, UPTIME) if picture.uptimes else COLUMNS)
        self.grid.rows = server_rows(now, pasts, self._cells, picture.uptimes) if numbers else ()
        self.lacks = "" if self.grid.rows else "the API names no servers"
        servers = "1 server" if len(now) == 1 else f"{len(now)} servers"
        self.notes = (
            f"{servers} · rates {picture.when} · trend, p50, p95, max over {picture.span}",
            f"rates {picture.when} · trends {picture.span}",
            picture.span,
        )


class ServerChart(SlicePanel):
    """A chart of one server."""

    def __init__(self, title: str, about: SeriesSlice, store: Store, *, id: str) -> None:
        self.chart = Chart()
        self.chart.can_focus = True
        super().__init__(title, self.chart, about, store, id=id)

    def draw(self, plot: Plot | None, series: SeriesSet | None, name: str, seconds: int, trouble: str) -> None:
        """Draw a server, which has a clean `name`, over the window; or say what is wrong with it, if something is."""
        self.chart.plot = plot
        span = duration(seconds)
        self.lacks = "" if plot else trouble or f"no data in the last {span}"
        if series is not None:
            self.notes = (f"{name} · {span} in buckets of {duration(series.bucket)}".lstrip(" ·"), span)
