"""The tables of hot keys: most hit, and most missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.renderables.table import Cell, Column, Row, name_cell
from mctop.ui.words.format import BAR, bar, popularity
from mctop.ui.words.text import Clean

if TYPE_CHECKING:
    from mctop.api.models.introspection import PopularItem


def key_columns(item: str = "key", counts: str = "popularity") -> tuple[Column, ...]:
    """The columns of a list: what a row is, and what is counted."""
    return (
        Column("key", item, 16, 80),
        Column("popularity", counts, 10, align="right"),
        Column("relative", "of top", BAR, priority=1),
    )


MOST = 50
"""Keys that are listed."""


def key_rows(items: tuple[PopularItem, ...]) -> tuple[Row, ...]:
    """One row a key, in the API's order; popularity as it is, and relative to the greatest."""
    top = max((item.popularity for item in items), default=0)
    return tuple(_row(item, index, top) for index, item in enumerate(items[:MOST]))


def _row(item: PopularItem, index: int, top: float) -> Row:
    number, part = popularity(item.popularity), bar(item.popularity / top if top > 0 else 0)
    return Row(
        item.name or f"{index}",
        (
            name_cell(item.name),
            Cell(Clean(number), "accent", item.popularity),
            Cell(Clean(part), "accent", item.popularity),
        ),
    )
