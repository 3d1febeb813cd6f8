"""Rows that are drawn one line each: only the cells that changed are repainted, and the cursor follows a row's key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region, Size
from textual.reactive import var
from textual.scroll_view import ScrollView

from mctop.ui.commands import Where, bindings
from mctop.ui.renderables.table import Column, Place, Row, Sort, changed, fit, header, line
from mctop.ui.widgets.inks import CURSOR, FOCUSED_CURSOR, INKS, Ink, Inks

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.strip import Strip

INKED = {**INKS, "accent": Ink("text-accent"), "header": Ink("text-muted", bold=True)}


class Rows(ScrollView, can_focus=True):
    """Rows under a fixed header, as they come; `ordered` only says by what."""

    DEFAULT_CSS = """
    Rows { height: auto; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
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
    def places(self) -> tuple[Place, ...]:
        """The columns that fit beside the scrollbar."""
        return fit(self._columns, self.scrollable_content_region.width)

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
