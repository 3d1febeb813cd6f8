"""The line in which the filter of a table is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.reactive import var

from mctop.ui.widgets.line_widget import Lines
from mctop.ui.words.runs import Line, Run, longest, spread
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from textual import events


LONGEST = 200
"""Characters of a filter, at most."""
CURSOR = "▏"
EDITING = frozenset({"enter", "tab", "escape", "backspace", "ctrl+u", "ctrl+w", "up", "down"})
"""Keys that mean something else here."""


class FilterLine(Lines, can_focus=True):
    """Text that is typed at its end; `left` says how many rows there are."""

    DEFAULT_CSS = """
    FilterLine { height: 1; background: $panel; }
    """

    text: var[str] = var("")
    left: var[str] = var("")

    @dataclass
    class Changed(Message):
        """Something was typed."""

        text: str

    @dataclass
    class Done(Message):
        """Typing is over."""

    @dataclass
    class Moved(Message):
        """The cursor of the table is to move by so many rows."""

        rows: int

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """The one line."""
        typing = self.has_focus
        ends = ("enter keeps it · esc shows all", "esc shows all") if typing else ("esc shows all rows",)
        sign, text = Run("/ ", "accent"), Run(self.text, "value" if typing else "")
        room = width - len(self.text) - len(self.left) - 6
        said = " · ".join(part for part in (self.left, longest(room - 3, ends)) if part)
        return (spread((sign, text, Run(CURSOR if typing else "", "accent")), (Run(said, "muted"),), width),)

    def watch_text(self, text: str) -> None:
        """Show what was typed."""
        self.redraw()

    def watch_left(self) -> None:
        """Show how many are left."""
        self.redraw()

    def watch_has_focus(self, value: bool) -> None:
        """Show whether keys go here."""
        super().watch_has_focus(value)
        self.redraw()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is text, or works here, so that no command gets it."""
        return key in EDITING or (character is not None and character.isprintable())

    def on_key(self, event: events.Key) -> None:
        """Type; what is not text leaves the line, and up and down go to the table."""
        match event.key:
            case "enter" | "tab":
                self.post_message(self.Done())
            case "escape":
                self._type("")
                self.post_message(self.Done())
            case "backspace":
                self._type(self.text[:-1])
            case "ctrl+u":
                self._type("")
            case "ctrl+w":
                self._type(self.text.rstrip().rpartition(" ")[0])
            case "up" | "down":
                self.post_message(self.Moved(1 if event.key == "down" else -1))
            case _ if event.is_printable and event.character:
                self._type(self.text + event.character)
            case _:
                return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Type what was pasted, its first line."""
        event.stop()
        self._type(self.text + (event.text.splitlines() or [""])[0])

    def _type(self, text: str) -> None:
        self.text = clean(text)[:LONGEST]
        self.post_message(self.Changed(self.text))
