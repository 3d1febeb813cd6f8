"""The table of watched prefixes, the list of those to watch, and what is popular under one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.badge import band
from mctop.ui.format import count, percent, rate, size
from mctop.ui.renderables.glyphs import Glyphs
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.renderables.trend import trend
from mctop.ui.words.popularity import BAR, bar
from mctop.ui.screens.overview.past import over
from mctop.ui.screens.prefixes.facts import Facts, facts
from mctop.ui.screens.prefixes.picture import HITS, SIZE
from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from mctop.store.prefixes import WatchedPrefix
    from mctop.ui.screens.prefixes.picture import PrefixesPicture

TREND = 12
COLUMNS = (
    Column("prefix", "prefix", 14, 48),
    Column("share", "of cache", 8, align="right", priority=1),
    Column("share_bar", "", BAR, priority=8),
    Column("hit_rate", "hit rate", 8, align="right", priority=0),
    Column("misses", "misses", 7, align="right", priority=2),
    Column("hits", "hits", 7, align="right", priority=4),
    Column("mutations", "changes", 7, align="right", priority=6),
    Column("hit_trend", "hits", TREND, priority=7),
    Column("keys", "keys", 5, align="right", priority=5),
    Column("size", "size", 8, align="right", priority=3),
    Column("size_trend", "size", TREND, priority=9),
)
ALL = "\0all"
"""The key of the row about all keys; no id of a prefix is like it."""


def watched_rows(picture: PrefixesPicture, *, glyphs: Glyphs = Glyphs.BLOCK) -> tuple[Row, ...]:
    """One row a watched prefix, the largest first, by its id; all keys together come last."""
    read, windowed = picture.read(), picture.windowed()
    shown = {one.prefix.id: one for one in windowed.watched or ()}
    known = [(one, facts(one.series, read.compound)) for one in read.watched or ()]
    known.sort(key=lambda pair: (-(pair[1].size or 0), pair[0].prefix.name))
    rows = [
        _row(str(one.prefix.id), _name(one), fact, _trends(shown[one.prefix.id], picture, glyphs))
        for one, fact in known
    ]
    if rows and read.compound is not None:
        whole = facts(read.compound, read.compound)
        rows.append(_row(ALL, Cell(Clean("all keys"), "muted"), whole, (Cell(Clean("")), Cell(Clean("")))))
    return tuple(rows)


def _name(one: WatchedPrefix) -> Cell:
    """The prefix, marked where the API refuses its stats."""
    name = clean(one.prefix.name)
    return Cell(name) if one.refusal is None else Cell(Clean(f"✗ {name}"), "poor")


def _row(key: str, name: Cell, fact: Facts, trends: tuple[Cell, Cell]) -> Row:
    judged = band(fact.hit_rate)
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


def _trends(one: WatchedPrefix, picture: PrefixesPicture, glyphs: Glyphs) -> tuple[Cell, Cell]:
    def drawn(stat: str) -> Cell:
        values = over(one.series, stat, picture.time.seconds)
        newest = next((value for value in reversed(values) if value is not None), None)
        return Cell(Clean(trend(values, TREND, glyphs=glyphs)), "muted", newest)

    return drawn(HITS), drawn(SIZE)
