"""The table of a key's stats: what its counts grew by, and every row that the API tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.badge import band
from mctop.ui.format import NOTHING, duration, percent, size, time_of_day
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.text import Clean

if TYPE_CHECKING:
    from mctop.api.models.introspection import KeyStats
    from mctop.store.keystats import Counts, KeyReport

STAT_COLUMNS = (
    Column("time", "as of", 12, 16),
    Column("hits", "hits", 12, align="right"),
    Column("misses", "misses", 12, align="right"),
    Column("hit_rate", "hit rate", 8, align="right", priority=1),
    Column("mutations", "mutations", 12, align="right", priority=2),
    Column("size", "size", 8, align="right", priority=4),
    Column("in_cache", "in cache", 8, priority=3),
)
GROWTH = "growth"


def stat_rows(report: KeyReport) -> tuple[Row, ...]:
    """What the counts grew by since the page was opened, then every row of the newest answer."""
    grown = report.grown
    rows = [_growth(grown)] if grown is not None and report.rows else []
    return (*rows, *(_row(index, row) for index, row in enumerate(report.rows)))


def _growth(grown: Counts) -> Row:
    hits, misses, mutations = (
        Cell(Clean(f"+{many:,}" if many else "0"), "accent", many)
        for many in (grown.hits, grown.misses, grown.mutations)
    )
    what = Cell(Clean(f"+ in {duration(grown.time)}"), "accent")
    nothing = Cell(Clean(""))
    return Row(GROWTH, (what, hits, misses, _hit_rate(grown.hits, grown.misses), mutations, nothing, nothing))


def _row(index: int, row: KeyStats) -> Row:
    counts = (row.hit_count, row.miss_count)
    hits, misses, mutations = (Cell(Clean(f"{many:,}"), "", many) for many in (*counts, row.mutation_count))
    held = {True: Cell(Clean("● yes"), "good"), False: Cell(Clean("○ no"), "fair"), None: Cell(Clean(NOTHING), "muted")}
    return Row(
        f"{index}",
        (
            Cell(Clean(time_of_day(row.time)), "muted", row.time),
            hits,
            misses,
            _hit_rate(*counts),
            mutations,
            Cell(Clean(size(row.size)), "", row.size),
            held[row.in_cache],
        ),
    )


def _hit_rate(hits: int, misses: int) -> Cell:
    rate = 100 * hits / (hits + misses) if hits + misses > 0 else None
    state = band(rate)
    return Cell(Clean(f"{state.glyph} {percent(rate)}" if state else NOTHING), state.tone if state else "muted", rate)
