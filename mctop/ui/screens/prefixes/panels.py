"""The panels of the Prefixes view and of the page of one prefix, and their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import var

from mctop.ui.layout.bands import (
    LEAST_CHART,
    MARGIN,
    TABLE_FRAME,
    WIDE,
    Arrangement,
    Place,
    equal_bands,
    equal_columns,
    full_page,
)
from mctop.ui.renderables.table import Cell, Column, Row, Sort, name_cell
from mctop.ui.renderables.trend import trend
from mctop.ui.screens.prefixes.picture import HITS, SIZE, PrefixFacts, facts
from mctop.ui.screens.shared.even_series import over
from mctop.ui.screens.shared.key_table import key_columns, key_rows
from mctop.ui.screens.shared.number_line import fitting, named
from mctop.ui.widgets.chart import Chart
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.widgets.panel import SlicePanel
from mctop.ui.words.format import BAR, bar, count, duration, percent, rate, size, time_slice
from mctop.ui.words.hit_rate_band import band
from mctop.ui.words.request_words import GETS, RequestWords, request_words
from mctop.ui.words.runs import Line, Run
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from mctop.api.models.introspection import PopularItem, PopularItems
    from mctop.store.keys.hot_keys import HotList
    from mctop.store.keys.prefixes import WatchedPrefix
    from mctop.store.series.series_set import SeriesSet
    from mctop.store.store import Store
    from mctop.ui.renderables.plot import Plot
    from mctop.ui.screens.prefixes.picture import PrefixesPicture


WATCHED, POPULAR, TRAFFIC, RATIO, SIZE_PANEL, SHARE = "watched", "popular", "traffic", "ratio", "size", "share"
SUMMARY, HIT, MISSED, MUTATED = "summary", "hit", "missed", "mutated"


def arrange_prefixes(width: int, height: int, watched: int, full: str | None = None) -> Arrangement:
    """The watched prefixes, and below them those to watch and, where there is room, a chart of one."""
    if full is not None:
        return full_page(full, width, height)
    table = max(4, min(watched, height // 2)) + TABLE_FRAME
    below = height - table
    if below < LEAST_CHART:
        return equal_bands(((WATCHED,), (POPULAR,)), width, height, LEAST_CHART)
    first = Place(WATCHED, 0, MARGIN, 0, width - 2 * MARGIN, table)
    return Arrangement(
        (first, *equal_columns((POPULAR, TRAFFIC) if width >= WIDE else (POPULAR,), 0, table, width, below))
    )


def arrange_page(width: int, height: int, full: str | None = None) -> Arrangement:
    """The numbers, the charts, and what is popular."""
    if full is not None:
        return full_page(full, width, height)
    if width >= WIDE:
        bands: tuple[tuple[str, ...], ...] = ((TRAFFIC, RATIO), (HIT, MISSED, MUTATED), (SIZE_PANEL, SHARE))
    else:
        bands = ((TRAFFIC,), (HIT, MISSED), (RATIO,), (SIZE_PANEL,), (SHARE,), (MUTATED,))
    return equal_bands(bands, width, height, LEAST_CHART, (SUMMARY, 1))


TREND = 12
"""Columns of a trend: with two of them every column fits a terminal of 120."""
ALL = "\0all"
"""The key of the row about all keys; no id of a prefix is like it."""


def watched_columns(words: RequestWords) -> tuple[Column, ...]:
    """The columns of the watched prefixes, with the words for what is counted."""
    return (
        Column("prefix", "prefix", 14, 48),
        Column("share", "of cache", 8, align="right", priority=1),
        Column("share_bar", "", BAR, priority=8),
        Column("hit_rate", words.hit_rate, 8, align="right", priority=0),
        Column("misses", words.misses, 7, align="right", priority=2),
        Column("hits", words.hits, 7, align="right", priority=4),
        Column("mutations", "mutated", 7, align="right", priority=6),
        Column("hit_trend", words.hits, TREND, priority=7),
        Column("keys", "keys", 5, align="right", priority=5),
        Column("size", "size", 8, align="right", priority=3),
        Column("size_trend", "size", TREND, priority=9),
    )


def watched_rows(picture: PrefixesPicture) -> tuple[Row, ...]:
    """One row a watched prefix, the largest first, by its id; all keys together come last."""
    read = picture.read()
    windowed = {watched.prefix.id: watched for watched in picture.windowed().watched or ()}
    numbers = [(watched, facts(watched.series, read.compound)) for watched in read.watched or ()]
    numbers.sort(key=lambda pair: (-(pair[1].size or 0), pair[0].prefix.name))
    rows = [
        _row(
            str(watched.prefix.id),
            _name(watched),
            fact,
            _trends(windowed[watched.prefix.id], picture),
            picture.words,
        )
        for watched, fact in numbers
    ]
    if rows and read.compound is not None:
        whole = facts(read.compound, read.compound)
        name = Cell(Clean("all keys" if picture.words.judged else "all keys, gets"), "muted")
        rows.append(_row(ALL, name, whole, (Cell(Clean("")), Cell(Clean(""))), GETS))
    return tuple(rows)


def _name(watched: WatchedPrefix) -> Cell:
    """The prefix, marked where the API refuses its stats."""
    cell = name_cell(watched.prefix.name)
    return cell if watched.refusal is None else Cell(Clean(f"✗ {cell.text}"), "poor")


def _row(key: str, name: Cell, fact: PrefixFacts, trends: tuple[Cell, Cell], words: RequestWords) -> Row:
    judged = band(fact.hit_rate) if words.judged else None
    hits, sizes = trends
    return Row(
        key,
        (
            name,
            Cell(Clean(percent(fact.share)), value=fact.share),
            Cell(Clean(bar((fact.share or 0) / 100)), "accent", fact.share),
            Cell(Clean(f"{judged.glyph} {percent(fact.hit_rate)}" if judged else percent(fact.hit_rate)),
                 judged.tone if judged else "muted", fact.hit_rate),
            Cell(Clean(rate(fact.misses)), value=fact.misses),
            Cell(Clean(rate(fact.hits)), value=fact.hits),
            Cell(Clean(rate(fact.mutations)), value=fact.mutations),
            hits,
            Cell(Clean(count(fact.keys)), value=fact.keys),
            Cell(Clean(size(fact.size)), value=fact.size),
            sizes,
        ),
    )  # fmt: skip


def _trends(watched: WatchedPrefix, picture: PrefixesPicture) -> tuple[Cell, Cell]:
    def drawn(stat: str) -> Cell:
        values = over(watched.series, stat, picture.time.seconds)
        newest = next((value for value in reversed(values) if value is not None), None)
        return Cell(Clean(trend(values, TREND)), "muted", newest)

    return drawn(HITS), drawn(SIZE)


class PrefixSummary(Lines):
    """The numbers of one prefix, or why there are none; those that have no room are left out."""

    facts: var[tuple[PrefixFacts, str, WatchedPrefix | None] | None] = var(None)
    words: var[RequestWords] = var(GETS)

    def __init__(self) -> None:
        super().__init__(id=SUMMARY)

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """A single line."""
        return () if self.facts is None else (summary(*self.facts, width, self.words),)

    def watch_facts(self) -> None:
        """Show other numbers."""
        self.redraw()

    def watch_words(self) -> None:
        """Call them something else."""
        self.redraw()


def summary(now: PrefixFacts, when: str, watched: WatchedPrefix | None, width: int, words: RequestWords = GETS) -> Line:
    """The line at `width` columns."""
    if watched is None:
        return (Run("this prefix is not watched any more · q goes back", "poor"),)
    if watched.refusal is not None:
        return (Run(f"✗ {clean(watched.refusal.message, max(20, width - 2))}", "poor"),)
    judged = band(now.hit_rate) if words.judged else None
    state = Run(judged.text, judged.tone) if judged else Run("· no lookups", "muted")
    parts = (
        *(((state,),) if words.judged or now.hit_rate is None else ()),
        named(words.hit_rate, percent(now.hit_rate)),
        named("of the cache", percent(now.share)),
        named(words.misses, rate(now.misses)),
        named(words.hits, rate(now.hits)),
        named("mutated", rate(now.mutations)),
        named("keys", count(now.keys)),
        named("size", size(now.size)),
        (Run(when, "muted"),),
    )
    return fitting(parts, width)


class WatchedTable(SlicePanel):
    """Every watched prefix on a line, the largest first."""

    def __init__(self, store: Store) -> None:
        self.grid = Grid(watched_columns(request_words(store.cache.value.value)))
        self.grid.sort = Sort("size", descending=True)
        super().__init__("Watched prefixes", self.grid, store.prefixes, store, id=WATCHED)

    @property
    def prefix(self) -> str | None:
        """The key of the row under the cursor, or else of the first."""
        rows = self.grid.shown
        return self.grid.cursor or (rows[0].key if rows else None)

    def tell(self, picture: PrefixesPicture) -> None:
        """List the prefixes."""
        self.grid.take_columns(watched_columns(picture.words))
        self.grid.rows = watched_rows(picture)
        self.lacks = "" if self.grid.rows else "no prefix is watched · w watches the popular prefix under the cursor"
        self.notes = (
            f"rates {picture.when} · trends {picture.span} · share of the bytes of all keys",
            f"rates {picture.when} · trends {picture.span}",
            picture.span,
        )


class PopularList(SlicePanel):
    """Popular prefixes that are not watched."""

    def __init__(self, store: Store) -> None:
        self.grid = Grid(key_columns("prefix"))
        super().__init__("Popular prefixes, not watched", self.grid, store.popular, store, id=POPULAR)

    def tell(self, items: tuple[PopularItem, ...], certain_from: int, *notes: str) -> None:
        """List the items."""
        self.grid.rows = key_rows(items)
        self.certain_from = certain_from
        self.lacks = "" if self.grid.rows else "no popular prefix that is not watched"
        self.notes = notes


class PrefixKeys(SlicePanel):
    """The keys of a prefix in one list of its popular items."""

    def __init__(self, store: Store, kind: HotList, *, id: str) -> None:
        self.grid = Grid(key_columns())
        self._kind = kind
        title = request_words(store.cache.value.value).of(kind).panel
        super().__init__(title, self.grid, store.prefix_items, store, id=id)
        self.graded = kind.graded_in_part

    def tell(self, items: PopularItems) -> None:
        """List the keys."""
        words = self.words.of(self._kind)
        self.title = words.panel
        self.grid.take_columns(key_columns(counts=words.counts))
        self.grid.rows = key_rows(self._kind.of(items))
        self.certain_from = self._kind.certain_from(items)
        self.lacks = "" if self.grid.rows else words.lacks
        self.notes = (time_slice(items),)


class PrefixChart(SlicePanel):
    """A chart of one prefix."""

    def __init__(self, title: str, store: Store, *, id: str) -> None:
        self.chart = Chart()
        self.chart.can_focus = True
        super().__init__(title, self.chart, store.prefixes, store, id=id)

    def draw(self, plot: Plot | None, series: SeriesSet | None, name: str, seconds: int, refused: str = "") -> None:
        """Draw a prefix, which has a clean `name`, over the window; `refused` is why there is nothing, if so."""
        self.chart.plot = plot
        span = duration(seconds)
        self.lacks = "" if plot else clean(refused, 200) or f"no data in the last {span}"
        if series is not None:
            self.notes = (f"{name} · {span} in buckets of {duration(series.bucket)}".lstrip(" ·"), span)
