"""How a person wants to see a table: sorted by a column of their choice, and only the rows that say something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.ui.format import NOTHING
from mctop.ui.renderables.table import Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.ui.renderables.table import Cell, Column, Row


@dataclass(frozen=True, slots=True)
class Listing:
    """`order` None leaves the rows as they come. A row passes if it has every word of `filter`, in whatever case."""

    order: Sort | None = None
    filter: str = ""


def listed(rows: tuple[Row, ...], columns: tuple[Column, ...], listing: Listing) -> tuple[Row, ...]:
    """The rows to show; cells that say nothing come last, whichever way they are sorted."""
    words = listing.filter.casefold().split()
    passing = tuple(row for row in rows if _has(row, words)) if words else rows
    order = listing.order
    index = next((i for i, column in enumerate(columns) if order and column.id == order.column), None)
    if order is None or index is None:
        return passing
    known = [(weight, row) for row in passing if (weight := _weight(row, index)) is not None]
    known.sort(key=lambda pair: pair[0], reverse=order.descending)
    return (*(row for _, row in known), *(row for row in passing if _weight(row, index) is None))


def has_words(row: Row, text: str) -> bool:
    """Whether a row would pass a filter."""
    return _has(row, text.casefold().split())


def after(columns: Sequence[Column], order: Sort | None) -> Sort | None:
    """The order to try next: each column in turn, numbers greatest first, and then as the rows come."""
    ids = [column.id for column in columns]
    index = ids.index(order.column) + 1 if order is not None and order.column in ids else 0
    return None if index >= len(columns) else Sort(columns[index].id, descending=columns[index].align == "right")


def _has(row: Row, words: Sequence[str]) -> bool:
    text = " ".join((row.key, *(cell.text for cell in row.cells))).casefold()
    return all(word in text for word in words)


def _weight(row: Row, index: int) -> tuple[int, float, str] | None:
    """What a cell is sorted by: its number before any text; None where it says nothing."""
    cell: Cell | None = row.cells[index] if index < len(row.cells) else None
    if cell is None or cell.text in ("", NOTHING):
        return None
    return (0, cell.value, "") if cell.value is not None else (1, 0.0, cell.text.casefold())
