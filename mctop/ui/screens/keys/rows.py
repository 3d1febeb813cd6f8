"""The tables of the Keys: their columns, and a standing as a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.format import NOTHING, count, percent, time_of_day
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.renderables.trend import trend
from mctop.ui.words.popularity import BAR, bar, popularity
from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mctop.ui.renderables.glyphs import Glyphs
    from mctop.ui.screens.keys.standings import Move, Named, Standing

TREND = 12
LEVEL = 0.3
"""Shares of the middle that values must leave it by to fill the height of a trend."""
RECENT = 600
"""Seconds for which what is first seen is news."""
FROM_START = "from start"
"""First seen in the first slice: nobody knows since when."""


def columns(title: str, *, grouped: bool) -> tuple[Column, ...]:
    """The columns of a list; `title` says what a row is. Only patterns stand for several keys."""
    keys = (Column("keys", "keys", 4, align="right", priority=1),) if grouped else ()
    return (
        Column("rank", "rank", 4, align="right", priority=5),
        Column("key", title, 20, 72),
        *keys,
        Column("popularity", "popularity", 10, align="right"),
        Column("share", "share", 6, align="right", priority=1 if grouped else 7),
        Column("relative", "of top", BAR, priority=6),
        Column("moved", "moved", 5, align="right", priority=2),
        Column("mark", "since mark", 10, align="right", priority=4),
        Column("first", "first seen", 10, align="right", priority=8),
        Column("trend", "trend", TREND, priority=3),
    )


def rows(listed: Iterable[Standing], now: float, glyphs: Glyphs, *, grouped: bool) -> tuple[Row, ...]:
    """One row a standing; `now` is the time of the slice, epoch seconds."""
    return tuple(Row(key_of(one.named), _cells(one, now, glyphs, grouped=grouped)) for one in listed)


def key_of(named: Named) -> str:
    """The identity of a row, whether the list is grouped or not."""
    return f"{'pattern' if named.pattern else 'key'} {named.text}"


def moved(move: Move | None) -> Cell:
    """How many ranks up or down, or that it is new in the list, which is sorted as the greatest climb of all."""
    if move is None:
        return Cell(Clean(NOTHING), "muted")
    if move.ranks is None:
        return Cell(Clean("new"), "accent", float("inf"))
    if move.ranks == 0:
        return Cell(Clean("="), "muted", 0)
    return Cell(Clean(f"{'▲' if move.ranks > 0 else '▼'} {abs(move.ranks)}"), "", move.ranks)


def past(values: Sequence[float | None], width: int, glyphs: Glyphs) -> Cell:
    """Values over time, level where they change little: popularity is counted in a sample, and no two are the same."""
    known = [value for value in values if value is not None]
    middle = (min(known) + max(known)) / 2 if known else 0.0
    half = max(LEVEL * abs(middle), max(known) - middle) if known else 0.0
    return Cell(
        Clean(trend(values, width, glyphs=glyphs, low=middle - half, high=middle + half)), "muted", _growth(known)
    )


def _cells(one: Standing, now: float, glyphs: Glyphs, *, grouped: bool) -> tuple[Cell, ...]:
    keys = (Cell(Clean(count(one.keys)), "" if one.named.pattern else "muted", one.keys),) if grouped else ()
    return (
        Cell(Clean(f"{one.rank}"), "muted", one.rank),
        Cell(clean(one.named.text, 250), "accent" if one.named.pattern else ""),
        *keys,
        Cell(Clean(popularity(one.popularity)), "accent", one.popularity),
        Cell(Clean(percent(100 * one.share)), "", 100 * one.share),
        Cell(Clean(bar(one.relative)), "accent", one.relative),
        moved(one.moved),
        moved(one.moved_since_mark),
        _first(one.first_seen, now),
        past(one.trend, TREND, glyphs),
    )


def _first(seen: float | None, now: float) -> Cell:
    if seen is None:
        return Cell(Clean(FROM_START), "muted")
    return Cell(Clean(time_of_day(seen)), "accent" if now - seen < RECENT else "", seen)


def _growth(known: Sequence[float]) -> float | None:
    """By how much the newest value is above the mean of those before."""
    return known[-1] - sum(known[:-1]) / (len(known) - 1) if len(known) > 1 else None
