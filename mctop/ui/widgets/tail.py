"""A list that grows at its end: a person follows the end, or reads further up, where it then stands still."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from mctop.ui.commands import Where, bindings
from mctop.ui.widgets.reading import Reading
from mctop.ui.widgets.taillines import TailLines

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType

WHEEL = 3
"""Rows that one turn of the wheel moves the page by."""


class Tail(TailLines):
    """Rows that are read with keys and the mouse. A subclass copies what is under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.TAIL)]

    @dataclass
    class Read(Message):
        """A person went elsewhere."""

    @dataclass
    class Opened(Message):
        """More is asked of the row with the cursor."""

    def on_click(self, event: events.Click) -> None:
        """Hold the row under the pointer."""
        index = self.in_view.start + event.y - 1
        if event.y > 0 and index in self.in_view:
            self.read(Reading(self.rows[index], event.y - 1))

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
        self.read(Reading())

    def action_open(self) -> None:
        """Ask more of the row with the cursor."""
        self.post_message(self.Opened())

    def read(self, reading: Reading) -> None:
        """Go elsewhere, because a person wants to."""
        self.reading = reading
        self.post_message(self.Read())
