"""Where the panels of the Servers view, and of the page of one server, stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import var

from mctop.ui.layout.bands import MARGIN, WIDE, Arrangement, Place, equal_bands, equal_columns, full_page
from mctop.ui.renderables.runs import Glyphs, Run, longest
from mctop.ui.renderables.table import Sort
from mctop.ui.screens.servers.picture import Past, Pasts, Present
from mctop.ui.screens.servers.rows import COLUMNS, PastCells, past_cells, sentence, server_rows, trouble
from mctop.ui.screens.shared.number_line import fitting, named
from mctop.ui.screens.shared.server_names import short_names
from mctop.ui.widgets.chart import Chart
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.widgets.panel import SlicePanel
from mctop.ui.words.format import count, duration, latency, percent, rate, size
from mctop.ui.words.freshness_text import troubles
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mctop.store.series.series_set import SeriesSet
    from mctop.store.store import SeriesSlice, Store
    from mctop.ui.renderables.plot import Plot
    from mctop.ui.screens.servers.picture import ServersPicture


STANDING_OUT, SERVERS, LATENCY, HITS, MEMORY, CONNECTIONS = (
    "standing-out", "servers", "latency", "hits", "memory", "connections",
)  # fmt: skip
FRAME = 2
"""Lines of a table that are not rows: its heading and its titles."""
CHART = 9
"""Rows of a chart that is worth its place."""
SUMMARY = 2
"""Lines of the numbers above the charts of a page."""


def arrange_servers(width: int, height: int, servers: int, full: str | None = None) -> Arrangement:
    """What stands out, the table, and below it charts of the server under the cursor where the table leaves room."""
    if full is not None:
        return full_page(full, width, height)
    inner, room = width - 2 * MARGIN, height - 1
    charts = room - max(1, min(servers, room // 2)) - FRAME
    if charts < CHART:
        charts = 0
    places = [Place(STANDING_OUT, 0, MARGIN, 0, inner, 1), Place(SERVERS, 0, MARGIN, 1, inner, room - charts)]
    if charts:
        places += equal_columns((LATENCY, HITS) if width >= WIDE else (LATENCY,), 0, room + 1 - charts, width, charts)
    return Arrangement(tuple(places))


def arrange_page(width: int, height: int, full: str | None = None) -> Arrangement:
    """The numbers, and the charts two by two where there is room, else one below the other."""
    if full is not None:
        return full_page(full, width, height)
    charts = (LATENCY, HITS, MEMORY, CONNECTIONS)
    across = 2 if width >= WIDE else 1
    bands = tuple(charts[index : index + across] for index in range(0, len(charts), across))
    return equal_bands(bands, width, height, CHART, (STANDING_OUT, SUMMARY))


class Summary(Lines):
    """The state and the numbers of one server; those that have no room are left out."""

    facts: var[tuple[str, Present, Pasts, int] | None] = var(None)

    def __init__(self) -> None:
        super().__init__(id=STANDING_OUT)

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """Now, and the latency over the window."""
        return () if self.facts is None else summary(*self.facts, width)

    def watch_facts(self) -> None:
        """Show other numbers."""
        self.redraw()


def summary(server: str, now: Present, pasts: Pasts, window: int, width: int) -> tuple[tuple[Run, ...], ...]:
    """The lines at `width` columns; `window` is in seconds."""
    state = trouble(server, now, pasts).badge
    spread = dict(pasts.servers).get(server, Past()).spread
    first = (
        (Run(state.text, state.tone),),
        named("hit rate", percent(now.hit_rate)),
        named("requests", rate(now.requests)),
        named("memory", size(now.used)),
        named("connections", count(now.connections)),
        named("evicted", rate(now.evictions)),
    )
    second = (
        named("latency", latency(now.latency)),
        named("p50", latency(spread.p50 if spread else None)),
        named("p95", latency(spread.p95 if spread else None)),
        named("max", latency(spread.greatest if spread else None)),
        (Run(f"over {duration(window)}", "muted"),),
    )
    return fitting(first, width), fitting(second, width)


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
        found = (
            (pasts.slow, picture.latency, "latency"),
            (pasts.missing, picture.per_server, "hit rate"),
            (pasts.busy, picture.per_server, "requests"),
        )
        refused = tuple((f"{name}: {why}", name) for name, why in _named(troubles(picture.cache), names))
        self.sentences = refused + tuple(
            sentence(one, clean(names.get(one.server, one.server), 40), what, window=picture.time.seconds, now=of.end)
            for one, of, what in found
            if one is not None and of is not None
        )

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """The one line; where there is little room, each sentence is shorter."""
        if not self.comparing:
            return ()
        room = width // max(1, len(self.sentences)) - 4
        said = [text for variants in self.sentences if (text := longest(room, variants))]
        runs = [Run(f"{'   ' if index else ''}! {text}", "poor") for index, text in enumerate(said)]
        return (tuple(runs) or (QUIET,),)

    def watch_sentences(self) -> None:
        """Say something else."""
        self.redraw()

    def watch_comparing(self) -> None:
        """Say something, or nothing."""
        self.redraw()


def _named(found: tuple[tuple[str, str], ...], names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What is wrong with each server, which is called as elsewhere on the line."""
    return tuple((clean(names.get(server, server), 40), why) for server, why in found)


class ServerTable(SlicePanel):
    """Every server on a line, the worst first."""

    def __init__(self, store: Store, *, lean: bool) -> None:
        self.grid = Grid(COLUMNS)
        self.grid.sort = Sort("state", descending=True)
        self._glyphs = Glyphs.ASCII if lean else Glyphs.BLOCK
        self._pasts: tuple[tuple[str, Past], ...] | None = None
        self._cells: dict[str, PastCells] = {}
        super().__init__("Servers", self.grid, store.per_server, store, id=SERVERS)

    @property
    def server(self) -> str | None:
        """The server under the cursor, or else the worst."""
        rows = self.grid.shown
        return self.grid.cursor or (rows[0].key if rows else None)

    def tell(self, picture: ServersPicture, now: Mapping[str, Present], pasts: Pasts) -> None:
        """List the servers, once there is a number to any of them."""
        if pasts.servers is not self._pasts:
            self._pasts = pasts.servers
            self._cells = {server: past_cells(past, glyphs=self._glyphs) for server, past in pasts.servers}
        known = picture.per_server is not None or any(not one.silent for one in now.values())
        self.grid.rows = server_rows(now, pasts, self._cells) if known else ()
        self.lacks = "" if self.grid.rows else "the API names no servers"
        servers = "1 server" if len(now) == 1 else f"{len(now)} servers"
        self.notes = (
            f"{servers} · rates {picture.when} · trend, p50, p95, max over {picture.span}",
            f"rates {picture.when} · trends {picture.span}",
            picture.span,
        )


class ServerChart(SlicePanel):
    """A chart of one server."""

    def __init__(self, title: str, about: SeriesSlice, store: Store, *, lean: bool, id: str) -> None:
        self.chart = Chart()
        self.chart.can_focus = True
        self.chart.glyphs = Glyphs.ASCII if lean else Glyphs.BRAILLE
        super().__init__(title, self.chart, about, store, id=id)

    def draw(self, plot: Plot | None, found: SeriesSet | None, name: str, seconds: int, trouble: str) -> None:
        """Draw a server, which has a clean `name`, over the window; or say what is wrong with it, if something is."""
        self.chart.plot = plot
        span = duration(seconds)
        self.lacks = "" if plot else trouble or f"no data in the last {span}"
        if found is not None:
            self.notes = (f"{name} · {span} in buckets of {duration(found.bucket)}".lstrip(" ·"), span)
