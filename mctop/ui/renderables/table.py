"""A table as values: its columns, its rows, and where they stand at a given width."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from mctop.ui.words.format import NOTHING
from mctop.ui.words.runs import Line, Run, fitted, merged
from mctop.ui.words.text import clean_name, is_altered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mctop.ui.words.badge import Tone
    from mctop.ui.words.text import Clean


GAP = 2
"""Blank columns of the screen between two columns of the table."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column is at least `width` wide and grows to `most`; of the columns that do not fit, the highest priority goes.

    Priority 0 is the last to go, and at least one column always stays.
    """

    id: str
    title: str
    width: int
    most: int = 0
    align: Literal["left", "right"] = "left"
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows; the tone colours it, and the text alone must still say it.

    `value` is the number that the text was written from, where it is one: the table is sorted by it.
    """

    text: Clean
    tone: Tone = ""
    value: float | None = None


def name_cell(name: str, tone: Tone = "") -> Cell:
    """A key or a prefix, in a tone of its own where it is not shown as it is."""
    text = clean_name(name)
    return Cell(text, "fair" if is_altered(text) else tone)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that the table lists; `key` is its identity, `cells` follow the order of the columns."""

    key: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sort:
    """The column that the rows are sorted by."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class ColumnPlace:
    """Where the column at `index` stands on the screen."""

    column: Column
    index: int
    x: int
    width: int


@lru_cache(maxsize=64)  # far more than tables on a screen; it is asked for each row that is drawn
def fit(columns: tuple[Column, ...], width: int) -> tuple[ColumnPlace, ...]:
    """The columns that fit `width` columns of the screen, each with its place."""
    fitting = list(enumerate(columns))
    while len(fitting) > 1 and _least(fitting) > width:
        fitting.remove(max(fitting, key=lambda item: (item[1].priority, item[0])))
    widths = {index: min(column.width, width) for index, column in fitting}
    growing = [(index, column) for index, column in fitting if column.most > column.width]
    spare = max(0, width - _least(fitting))
    while spare > 0 and growing:
        for index, _ in growing[:spare]:
            widths[index] += 1
            spare -= 1
        growing = [(index, column) for index, column in growing if widths[index] < column.most]
    return tuple(_placed(fitting, widths))


def header(places: tuple[ColumnPlace, ...], sort: Sort | None) -> Line:
    """The titles; the sorted column carries an arrow that points down where the greatest comes first.

    The arrow may stand in the gap between two columns.
    """
    text = ""
    for place in places:
        column = place.column
        arrow = "" if sort is None or sort.column != column.id else ("▼" if sort.descending else "▲")
        titled = arrow + column.title if _right(place) else column.title + arrow
        room = place.width + (1 if arrow and (place.x or not _right(place)) else 0)
        start = place.x + place.width - room if _right(place) else place.x
        text = text.ljust(start) + fitted(titled, room, right=_right(place))
    return (Run(text.rstrip(), "header"),)


def line(places: tuple[ColumnPlace, ...], row: Row) -> Line:
    """One row; cells that the row does not have are blank."""
    runs: list[Run] = []
    for place in places:
        text, tone = _look(row, place)
        runs.append(Run(" " * GAP if place.x else "", runs[-1].style if runs else ""))
        runs.append(Run(fitted(text, place.width, right=_right(place)), tone))
    return merged(runs)


def changed(places: tuple[ColumnPlace, ...], old: Row, new: Row) -> tuple[int, int] | None:
    """The columns of the screen, from and to, between which two rows differ, or None where they look the same."""
    if old == new:
        return None
    differing = [place for place in places if _look(old, place) != _look(new, place)]
    return (differing[0].x, differing[-1].x + differing[-1].width) if differing else None


def _look(row: Row, place: ColumnPlace) -> tuple[str, str]:
    """What can be seen of a cell."""
    cell = row.cells[place.index] if place.index < len(row.cells) else None
    return ("", "") if cell is None else (cell.text, cell.tone)


def _least(columns: list[tuple[int, Column]]) -> int:
    return sum(column.width for _, column in columns) + GAP * (len(columns) - 1)


def _placed(columns: list[tuple[int, Column]], widths: dict[int, int]) -> Iterator[ColumnPlace]:
    x = 0
    for index, column in columns:
        yield ColumnPlace(column, index, x, widths[index])
        x += widths[index] + GAP


def _right(place: ColumnPlace) -> bool:
    return place.column.align == "right"


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
    weighed = [(weight, row) for row in passing if (weight := _weight(row, index)) is not None]
    weighed.sort(key=lambda pair: pair[0], reverse=order.descending)
    return (*(row for _, row in weighed), *(row for row in passing if _weight(row, index) is None))


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
