"""A light table: sorted and filtered as a person likes, and taken along by copying or as a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.reactive import var

from mctop.ui.commands import Where, bindings
from mctop.ui.copying import Copy
from mctop.ui.renderables.listing import Listing, after, has_words, listed
from mctop.ui.renderables.sheet import Sheet, sheet
from mctop.ui.renderables.table import Row, Sort
from mctop.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType

    from mctop.ui.renderables.table import Column


COPIES = ("the name", "the row", "the table")
"""What is copied, each time that the same row is copied again."""


class Grid(Rows):
    """Rows that come in the order `sort` says, or in none, and are shown as `listing` says.

    `opens` is whether there is something behind a row.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.TABLE)]

    rows: var[tuple[Row, ...]] = var(())
    sort: var[Sort | None] = var(None)
    listing: var[Listing] = var(Listing())

    @dataclass
    class Selected(Message):
        """A row was chosen, by enter or by click."""

        grid: Grid
        key: str

        @property
        def control(self) -> Grid:
            """The table it happened in."""
            return self.grid

    @dataclass
    class Relisted(Message):
        """The table is shown in another way."""

        grid: Grid

    @dataclass
    class Filtering(Message):
        """A filter is to be typed."""

        grid: Grid

    def __init__(
        self, columns: tuple[Column, ...], *, opens: bool = True, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(columns, id=id, classes=classes)
        self._opens = opens
        self._sought = ""
        self._copies = ("", 0)

    def to_sheet(self) -> Sheet:
        """What is shown, with every column."""
        return sheet(self._columns, self.shown)

    def watch_rows(self) -> None:
        """Show what has come, in the way that was chosen."""
        self._relist()

    def watch_sort(self, sort: Sort | None) -> None:
        """Say how the rows come, unless another order was chosen."""
        self.ordered = self.listing.order or sort

    def watch_listing(self, listing: Listing) -> None:
        """Show the rows in another way."""
        self.ordered = listing.order or self.sort
        self._sought = listing.filter or self._sought
        self._relist()
        self.post_message(self.Relisted(self))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say what works: nothing can be cleared or found before a filter was typed."""
        if action == "unfilter":
            return bool(self.listing.filter)
        if action == "find":
            return bool(self._sought)
        return self._opens if action == "select" else super().check_action(action, parameters)

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the pointer."""
        index = self.scroll_offset.y + event.y - 1
        if event.y > 0 and index < len(self.shown):
            self.cursor = self.shown[index].key
            self.action_select()

    def action_select(self) -> None:
        """Tell who listens which row was chosen."""
        if self.cursor is not None and self._opens:
            self.post_message(self.Selected(self, self.cursor))

    def action_sort(self) -> None:
        """Sort by the next column, and after the last one as the rows come."""
        columns = [place.column for place in self.places]
        self.listing = replace(self.listing, order=after(columns, self.listing.order))

    def action_reverse(self) -> None:
        """Turn the order round."""
        order = self.ordered or Sort(self._columns[0].id)
        self.listing = replace(self.listing, order=replace(order, descending=not order.descending))

    def action_filter(self) -> None:
        """Ask for a filter."""
        self.post_message(self.Filtering(self))

    def action_unfilter(self) -> None:
        """Show all rows."""
        self.listing = replace(self.listing, filter="")

    def action_find(self, step: int) -> None:
        """Go to the next row that passes the last filter, or to the one before."""
        start = self._indices.get(self.cursor or "", -1)
        turns = (self.shown[(start + step * turn) % len(self.shown)] for turn in range(1, len(self.shown) + 1))
        self.cursor = next((row.key for row in turns if has_words(row, self._sought)), self.cursor)

    def action_copy(self) -> None:
        """Copy the name under the cursor; if that was copied last, the row, and then the table."""
        row = next((row for row in self.shown if row.key == self.cursor), next(iter(self.shown), None))
        if row is not None:
            self._copies = (row.key, (self._copies[1] + 1) % len(COPIES) if self._copies[0] == row.key else 0)
            self.post_message(copied(self._columns, row, self.shown, self._copies[1]))

    def _relist(self) -> None:
        self.shown = listed(self.rows, self._columns, self.listing)


def copied(columns: tuple[Column, ...], row: Row, rows: tuple[Row, ...], level: int) -> Copy:
    """What is copied of a row at an index of COPIES: its name, all of it, or every row under the titles."""
    lines = ["\t".join(cell.text for cell in one.cells) for one in ((row,) if level < 2 else rows)]
    titles = "\t".join(column.title for column in columns)
    text = (row.cells[0].text, lines[0], "\n".join((titles, *lines)))[level]
    return Copy(text, COPIES[level], COPIES[(level + 1) % len(COPIES)])
