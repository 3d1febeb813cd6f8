"""Rows that are drawn one line each: only the cells that changed are repainted, and the cursor follows a row's key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView

from mctop.ui.registry.commands import Where, bindings
from mctop.ui.renderables.sheet import Sheet, harmless, sheet
from mctop.ui.renderables.table import (
    Column,
    ColumnPlace,
    Listing,
    Row,
    Sort,
    after,
    changed,
    fit,
    has_words,
    header,
    line,
    listed,
)
from mctop.ui.terminal.clipboard import Copy
from mctop.ui.widgets.line_widget import CURSOR, FOCUSED_CURSOR, INKS, Ink, Inks

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType
    from textual.strip import Strip


INKED = {**INKS, "accent": Ink("text-accent"), "header": Ink("text-muted", bold=True)}


class RowList(ScrollView, can_focus=True):
    """Rows under a fixed header, as they come; `ordered` only says by what."""

    DEFAULT_CSS = """
    RowList { height: auto; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.ROWS)]

    shown: var[tuple[Row, ...]] = var(())
    ordered: var[Sort | None] = var(None)
    cursor: var[str | None] = var(None)

    def __init__(self, columns: tuple[Column, ...], *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._columns = columns
        self._indices: dict[str, int] = {}
        self._look = Inks(self, INKED)

    @property
    def places(self) -> tuple[ColumnPlace, ...]:
        """The columns that fit beside the scrollbar."""
        return fit(self._columns, self.scrollable_content_region.width)

    def show_columns(self, columns: tuple[Column, ...]) -> None:
        """Have these columns from now on; the rows that come next follow their order."""
        if columns != self._columns:
            self._columns = columns
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The header, or one row."""
        width = self.size.width
        if y == 0:
            return self._look.strip(header(self.places, self.ordered), width)
        index = self.scroll_offset.y + y - 1
        if index >= len(self.shown):
            return self._look.strip((), width)
        row = self.shown[index]
        cursor = FOCUSED_CURSOR if self.has_focus else CURSOR
        return self._look.strip(line(self.places, row), width, cursor if row.key == self.cursor else None)

    def watch_shown(self, old: tuple[Row, ...], new: tuple[Row, ...]) -> None:
        """Repaint what differs, and keep the cursor on its key, or near where its key was."""
        was = self._indices.get(self.cursor or "")
        self._indices = {row.key: index for index, row in enumerate(new)}
        top = self.scroll_offset.y
        for index in range(top, top + self.size.height - 1):
            self._repaint(index, old[index : index + 1], new[index : index + 1])
        if len(old) != len(new):
            self.virtual_size = Size(1, len(new) + 1)
        if self.cursor is not None and self.cursor not in self._indices:
            self.cursor = new[min(was or 0, len(new) - 1)].key if new else None
        elif was is not None and self._visible(was):
            self._show_cursor()

    def watch_cursor(self, old: str | None, new: str | None) -> None:
        """Repaint the two rows concerned, and scroll to the new one."""
        for key in (old, new):
            if key in self._indices:
                self.refresh_line(self._indices[key] + 1)
        self._show_cursor()

    def watch_ordered(self) -> None:
        """Repaint the header."""
        self.refresh(Region(0, 0, self.size.width, 1))

    def notify_style_update(self) -> None:
        """Forget the colours of the old theme."""
        self._look.forget()
        super().notify_style_update()

    def on_focus(self) -> None:
        """A table that is worked with has a cursor."""
        if self.cursor is None and self.shown:
            self.cursor = self.shown[min(self.scroll_offset.y, len(self.shown) - 1)].key

    def action_move(self, rows: int) -> None:
        """Move the cursor down by `rows`, as far as there are any."""
        if self.shown:
            index = self._indices.get(self.cursor or "", -1 if rows > 0 else len(self.shown))
            self.cursor = self.shown[max(0, min(index + rows, len(self.shown) - 1))].key

    def action_move_page(self, pages: int) -> None:
        """Move the cursor by a screenful."""
        self.action_move(pages * max(1, self.size.height - 1))

    def action_go_top(self) -> None:
        """Move to the first row."""
        self.action_move(-len(self.shown))

    def action_go_bottom(self) -> None:
        """Move to the last row."""
        self.action_move(len(self.shown))

    def _repaint(self, index: int, old: tuple[Row, ...], new: tuple[Row, ...]) -> None:
        if old and new and old[0].key == new[0].key:
            if span := changed(self.places, old[0], new[0]):
                start, end = span
                self.refresh(Region(start, index + 1 - self.scroll_offset.y, end - start, 1))
        elif old or new:
            self.refresh_line(index + 1)

    def _visible(self, index: int) -> bool:
        return 1 <= index + 1 - self.scroll_offset.y < self.size.height

    def _show_cursor(self) -> None:
        if self.cursor not in self._indices:
            return
        index, page = self._indices[self.cursor], self.size.height - 1
        if page < 1:
            return
        top = self.scroll_offset.y
        if index < top or index >= top + page:
            self.scroll_to(y=index if index < top else index - page + 1, animate=False)


NAMING = ("key", "cache")
"""Columns that say what a row is about even where they are not the first one."""
COPIES = ("the name", "the row", "the table")
"""What is copied, each time that the same row is copied again."""


class Grid(RowList):
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

    def take_columns(self, columns: tuple[Column, ...]) -> None:
        """Show other columns, or other titles of them; the rows that fit them come next."""
        if columns != self._columns:
            self._columns = columns
            self.refresh()

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
    """What is copied of a row at an index of COPIES: its name, all of it, or every row under the titles.

    The name is as it is shown; rows are for a spreadsheet, so they hold nothing that it would run.
    """
    naming = next((place for place, column in enumerate(columns) if column.id in NAMING), 0)
    lines = ["\t".join(harmless(cell.text) for cell in copy.cells) for copy in ((row,) if level < 2 else rows)]
    titles = "\t".join(column.title for column in columns)
    text = (row.cells[naming].text, lines[0], "\n".join((titles, *lines)))[level]
    return Copy(text, COPIES[level], COPIES[(level + 1) % len(COPIES)])
