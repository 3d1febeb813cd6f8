"""Drawing a list that grows at its end: only the rows in view, and at the edge which part of all rows that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var

from mctop.ui.renderables.runs import Run, merged
from mctop.ui.widgets.inks import CURSOR, FOCUSED_CURSOR
from mctop.ui.widgets.lines import Lines
from mctop.ui.widgets.reading import Reading

if TYPE_CHECKING:
    from textual import events

    from mctop.store.logtail import Placed
    from mctop.ui.widgets.inks import Bar

THUMB = "┃"


class TailLines(Lines, can_focus=True):
    """Rows under a header. A subclass draws one of them; `reading` says which are in view."""

    DEFAULT_CSS = """
    TailLines { height: 1fr; }
    """
    rows: var[tuple[Placed, ...]] = var(())
    reading: var[Reading] = var(Reading())

    @dataclass
    class Moved(Message):
        """Other rows are in view."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cursor_line: int | None = None

    def header(self, width: int) -> tuple[Run, ...]:
        """The titles; override."""
        raise NotImplementedError

    def row(self, index: int, width: int) -> tuple[Run, ...]:
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

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """The titles, the rows in view, and at the right edge which part of all rows that is."""
        seen, room = self.in_view, width - 2
        thumb = thumb_lines(seen, len(self.rows), self.page)
        rows = (self.row(index, room) for index in seen)
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

    def _line_of_cursor(self) -> int | None:
        if self.reading.follows or not self.rows:
            return None
        return self.reading.index(self.rows) - self.in_view.start + 1


def thumb_lines(seen: range, rows: int, page: int) -> range:
    """The lines of the page that the thumb of its scrollbar takes: none where everything is in view."""
    if rows <= page:
        return range(0)
    length = max(1, page * page // rows)
    start = seen.start * (page - length) // (rows - page)
    return range(start, start + length)


def _with_thumb(row: tuple[Run, ...], width: int, thumb: bool) -> tuple[Run, ...]:
    if not thumb:
        return row
    blanks = width - 1 - sum(cell_len(run.text) for run in row)
    return merged((*row, Run(" " * max(0, blanks)), Run(THUMB, "rule")))
