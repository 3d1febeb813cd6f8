"""A tail of rows that is read at its end as it grows, or with one row held still."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var

from mctop.store.log.tail import at, index_of
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.widgets.line_widget import CURSOR, FOCUSED_CURSOR, Lines
from mctop.ui.words.runs import Line, Run, merged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.binding import BindingType

    from mctop.store.log.tail import Placed
    from mctop.ui.widgets.line_widget import Bar


@dataclass(frozen=True, slots=True)
class TailPosition:
    """Follows the end, or holds `row`, which has the cursor, `depth` lines below the top of the page."""

    row: Placed | None = None
    depth: int = 0

    @property
    def follows(self) -> bool:
        """Whether it stays at the end."""
        return self.row is None

    def index(self, rows: Sequence[Placed]) -> int:
        """The row with the cursor: the one that is held, the next where that is gone, or the last; -1 of none."""
        last = len(rows) - 1
        return last if self.row is None else min(index_of(rows, self.row), last)

    def top(self, rows: Sequence[Placed], page: int) -> int:
        """The first row on a page of so many lines."""
        lowest = max(0, len(rows) - page)
        return lowest if self.row is None else max(0, min(self.index(rows) - self.depth, lowest))

    def moved(self, rows: Sequence[Placed], page: int, by: int) -> TailPosition:
        """Move the cursor by so many rows; the page goes along where it must."""
        return self._holding(rows, page, self.index(rows) + by, self.top(rows, page))

    def scrolled(self, rows: Sequence[Placed], page: int, by: int) -> TailPosition:
        """Move the page by so many rows; the cursor goes along where it must."""
        top = max(0, min(self.top(rows, page) + by, len(rows) - page))
        return self._holding(rows, page, max(top, min(self.index(rows), top + page - 1)), top)

    def at_time(self, rows: Sequence[Placed], page: int, time: float) -> TailPosition:
        """Hold the first row from epoch seconds `time` on, in the middle of the page."""
        index = bisect_left(rows, time, key=at)
        return self._holding(rows, page, index, index - page // 2)

    def _holding(self, rows: Sequence[Placed], page: int, index: int, top: int) -> TailPosition:
        if not rows:
            return TailPosition()
        index = max(0, min(index, len(rows) - 1))
        return TailPosition(rows[index], max(0, min(index - top, page - 1)))


THUMB = "┃"
WHEEL = 3
"""Rows that one turn of the wheel moves the page by."""


class Tail(Lines, can_focus=True):
    """Rows under a header, read with keys and the mouse; `reading` says which are in view.

    A subclass draws a row, and copies what is under the cursor.
    """

    DEFAULT_CSS = """
    Tail { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.TAIL)]

    rows: var[tuple[Placed, ...]] = var(())
    reading: var[TailPosition] = var(TailPosition())

    @dataclass
    class Moved(Message):
        """Other rows are in view."""

    @dataclass
    class Read(Message):
        """A person went elsewhere."""

    @dataclass
    class Opened(Message):
        """More is asked of the row with the cursor."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cursor_line: int | None = None

    def header(self, width: int) -> Line:
        """The titles; override."""
        raise NotImplementedError

    def row(self, index: int, width: int) -> Line:
        """One row; override."""
        raise NotImplementedError

    @property
    def page(self) -> int:
        """How many rows are in view."""
        return max(1, self.size.height - 1)

    @property
    def in_view(self) -> range:
        """The indices of the rows in view."""
        top = self.reading.top(self.rows, self.page)
        return range(top, min(top + self.page, len(self.rows)))

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """The titles, the rows in view, and at the right edge which part of all rows that is."""
        in_view, room = self.in_view, width - 2
        thumb = thumb_lines(in_view, len(self.rows), self.page)
        rows = (self.row(index, room) for index in in_view)
        return (self.header(room), *(_with_thumb(row, width, y in thumb) for y, row in enumerate(rows)))

    def redraw(self) -> None:
        """Draw anew, and repaint what looks different, the cursor too."""
        old, self._cursor_line = self._cursor_line, self._line_of_cursor()
        super().redraw()
        if old != self._cursor_line:
            for line in (old, self._cursor_line):
                if line is not None:
                    self.refresh(Region(0, line, self.size.width, 1))

    def bar(self, y: int) -> Bar | None:
        """The line where the cursor is, is picked out."""
        if y != self._cursor_line:
            return None
        return FOCUSED_CURSOR if self.has_focus else CURSOR

    def watch_rows(self) -> None:
        """Show the new rows; those in view stay where they are, unless the end is followed."""
        self.redraw()

    def watch_reading(self) -> None:
        """Show another part."""
        self.redraw()
        self.post_message(self.Moved())

    def on_resize(self, event: events.Resize) -> None:
        """Draw at the new size."""
        self._cursor_line = None
        super().on_resize(event)
        self.post_message(self.Moved())

    def on_click(self, event: events.Click) -> None:
        """Hold the row under the pointer."""
        index = self.in_view.start + event.y - 1
        if event.y > 0 and index in self.in_view:
            self.read(TailPosition(self.rows[index], event.y - 1))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move the page down."""
        event.stop()
        if not self.reading.follows:
            self.read(self.reading.scrolled(self.rows, self.page, WHEEL))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move the page up, and follow no longer."""
        event.stop()
        self.read(self.reading.scrolled(self.rows, self.page, -WHEEL))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is followed already needs no key to follow it, and has no row with the cursor."""
        return (
            not self.reading.follows
            if action in ("follow", "open", "copy")
            else super().check_action(action, parameters)
        )

    def action_move(self, by: int) -> None:
        """Move the cursor; at the end that is followed, there is no way further down."""
        if by < 0 or not self.reading.follows:
            self.read(self.reading.moved(self.rows, self.page, by))

    def action_move_page(self, pages: int) -> None:
        """Move by what is in view."""
        self.action_move(pages * self.page)

    def action_top(self) -> None:
        """Go to the first row."""
        self.read(self.reading.moved(self.rows, self.page, -len(self.rows)))

    def action_follow(self) -> None:
        """Follow the end again."""
        self.read(TailPosition())

    def action_open(self) -> None:
        """Ask more of the row with the cursor."""
        self.post_message(self.Opened())

    def read(self, reading: TailPosition) -> None:
        """Go elsewhere, because a person wants to."""
        self.reading = reading
        self.post_message(self.Read())

    def _line_of_cursor(self) -> int | None:
        if self.reading.follows or not self.rows:
            return None
        return self.reading.index(self.rows) - self.in_view.start + 1


def thumb_lines(in_view: range, rows: int, page: int) -> range:
    """The lines of the page that the thumb of its scrollbar takes: none where everything is in view."""
    if rows <= page:
        return range(0)
    length = max(1, page * page // rows)
    start = in_view.start * (page - length) // (rows - page)
    return range(start, start + length)


def _with_thumb(row: Line, width: int, thumb: bool) -> Line:
    if not thumb:
        return row
    blanks = width - 1 - sum(cell_len(run.text) for run in row)
    return merged((*row, Run(" " * max(0, blanks)), Run(THUMB, "rule")))
