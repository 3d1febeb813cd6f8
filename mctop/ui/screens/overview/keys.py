"""The tables of hot keys: most hit, and most missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.format import duration
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from mctop.api.models.introspection import PopularItem, PopularItems

BAR = 8
COLUMNS = (
    Column("key", "key", 16, 80),
    Column("popularity", "popularity", 10, align="right"),
    Column("relative", "of top", BAR, priority=1),
)
MOST = 50
"""Keys that are listed."""
LONGEST_SLICE = 86_400
"""Seconds above which a time slice is not what we think it is, and is not shown."""
EIGHTHS = " ▏▎▍▌▋▊▉█"


def key_rows(items: tuple[PopularItem, ...]) -> tuple[Row, ...]:
    """One row a key, in the API's order; popularity as it is, and relative to the greatest."""
    top = max((item.popularity for item in items), default=0)
    return tuple(_row(item, index, top) for index, item in enumerate(items[:MOST]))


def window(popular: PopularItems) -> str:
    """How long the time slice is that popularity is about."""
    seconds = popular.time_slice / 1e9
    return f"last {duration(seconds)}" if 1 <= seconds <= LONGEST_SLICE else ""


def _row(item: PopularItem, index: int, top: float) -> Row:
    number, part = popularity(item.popularity), bar(item.popularity / top if top > 0 else 0)
    return Row(
        item.name or f"{index}",
        (
            Cell(clean(item.name)),
            Cell(Clean(number), "accent", item.popularity),
            Cell(Clean(part), "accent", item.popularity),
        ),
    )


def popularity(number: float) -> str:
    """Popularity as it is; it has no unit."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"


def bar(part: float) -> str:
    """A part of the greatest, 0-1, as a bar of at most `BAR` columns."""
    eighths = round(max(0.0, min(1.0, part)) * BAR * 8)
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()
