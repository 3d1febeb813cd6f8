"""Asks for a key to look up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from mctop.ui.modals.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult

LONGEST = 250
"""Characters of an answer, at most: memcached knows no key of more bytes."""


class Lookup(Dialog[str]):
    """Answers the key exactly as it was typed, blanks and all; escape answers None."""

    DEFAULT_CSS = """
    Lookup Input { width: 60; max-width: 100%; height: 1; padding: 0; background: $surface; }
    Lookup Input, Lookup Input:focus { border: none; }
    """
    AUTO_FOCUS = "Input"

    def __init__(self) -> None:
        super().__init__("Look up a key")

    def compose_body(self) -> ComposeResult:
        """The line."""
        yield Input(placeholder="the whole key, as the cache has it", max_length=LONGEST)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Answer; nothing typed is no key."""
        self.dismiss(message.value or None)
