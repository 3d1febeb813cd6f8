"""Asks for a line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from mctop.ui.modals.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult

LONGEST = 200
"""Characters of an answer, at most."""


class Ask(Dialog[str]):
    """Answers what was typed, without the blanks around it; escape answers None. `hint` says what is expected."""

    DEFAULT_CSS = """
    Ask Input { width: 60; max-width: 100%; height: 1; border: none; padding: 0; background: $surface; }
    """
    AUTO_FOCUS = "Input"

    def __init__(self, title: str, hint: str, value: str = "") -> None:
        super().__init__(title)
        self._hint = hint
        self._value = value

    def compose_body(self) -> ComposeResult:
        """The line."""
        yield Input(self._value, placeholder=self._hint, max_length=LONGEST)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Answer."""
        self.dismiss(message.value.strip())
