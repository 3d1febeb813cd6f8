"""The tables of the Keys: their columns, and a standing as a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.format import NOTHING, count, percent, time_of_day
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.renderables.trend import trend
from mctop.ui.screens.overview.keys import BAR, bar, popularity
from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mctop.ui.renderables.glyphs import Glyphs
    from mctop.ui.renderables.table import Sort
    from mctop.ui.screens.keys.standings import Move, Named, Standing

TREND = 12
LEVEL = 0.3
"""Shares of the middle that values must leave it by to fill the height of a trend."""
RECENT = 600
"""Seconds for which what is first seen is news."""
KEPT = "from start"
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


def ordered(listed: Iterable[Standing], sort: Sort) -> tuple[Standing, ...]:
    """Sorted by a column; what a standing does not have comes last, whichever way."""
    ranked = sorted(listed, key=lambda one: one.rank)
    known = [(value, one) for one in ranked if (value := _value(one, sort.column)) is not None]
    known.sort(key=lambda pair: pair[0], reverse=sort.descending)
    return (*(one for _, one in known), *(one for one in ranked if _value(one, sort.column) is None))


def moved(move: Move | None) -> Cell:
    """How many ranks up or down, or that it is new in the list."""
    if move is None:
        return Cell(Clean(NOTHING), "muted")
    if move.ranks is None:
        return Cell(Clean("new"), "accent")
    if move.ranks == 0:
        return Cell(Clean("="), "muted")
    return Cell(Clean(f"{'▲' if move.ranks > 0 else '▼'} {abs(move.ranks)}"))


def past(values: Sequence[float | None], width: int, glyphs: Glyphs) -> Cell:
    """Values over time, level where they change little: popularity is counted in a sample, and no two are the same."""
    known = [value for value in values if value is not None]
    middle = (min(known) + max(known)) / 2 if known else 0.0
    half = max(LEVEL * abs(middle), max(known) - middle) if known else 0.0
    return Cell(Clean(trend(values, width, glyphs=glyphs, low=middle - half, high=middle + half)), "muted")


def _cells(one: Standing, now: float, glyphs: Glyphs, *, grouped: bool) -> tuple[Cell, ...]:
    recent = one.first_seen is not None and now - one.first_seen < RECENT
    first = (
        Cell(Clean(KEPT), "muted")
        if one.first_seen is None
        else Cell(Clean(time_of_day(one.first_seen)), "accent" if recent else "")
    )
    keys = (Cell(Clean(count(one.keys)), "" if one.named.pattern else "muted"),) if grouped else ()
    return (
        Cell(Clean(f"{one.rank}"), "muted"),
        Cell(clean(one.named.text, 250), "accent" if one.named.pattern else ""),
        *keys,
        Cell(Clean(popularity(one.popularity)), "accent"),
        Cell(Clean(percent(100 * one.share))),
        Cell(Clean(bar(one.relative)), "accent"),
        moved(one.moved),
        moved(one.moved_since_mark),
        first,
        past(one.trend, TREND, glyphs),
    )


def _value(one: Standing, column: str) -> tuple[float, str] | None:
    """What a standing is sorted by: a number, or a text."""
    if column == "key":
        return 0.0, one.named.text
    numbers = {
        "rank": one.rank,
        "keys": one.keys,
        "moved": _climbed(one.moved),
        "mark": _climbed(one.moved_since_mark),
        "first": one.first_seen,
        "trend": _growth(one.trend),
    }
    number = numbers.get(column, one.popularity)
    return None if number is None else (number, "")


def _climbed(move: Move | None) -> float | None:
    """Ranks climbed; what is new climbed most of all."""
    return None if move is None else float("inf") if move.ranks is None else move.ranks


def _growth(past: tuple[float | None, ...]) -> float | None:
    """By how much the newest value is above the mean of those before."""
    known = [value for value in past if value is not None]
    return known[-1] - sum(known[:-1]) / (len(known) - 1) if len(known) > 1 else None
