"""Prompts: for a line of text, a key to look up, a range of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from mctop.store.base.window import RANGES, SAMPLED, TimeWindow
from mctop.store.keys.patterns import LONGEST_KEY
from mctop.ui.modals.dialog import Dialog
from mctop.ui.words.format import duration

if TYPE_CHECKING:
    from textual.app import ComposeResult


LONGEST = 200
"""Characters of an answer, at most."""


class TextPrompt(Dialog[str]):
    """Answers what was typed, without the blanks around it; escape answers None. `hint` says what is expected."""

    DEFAULT_CSS = """
    TextPrompt Input { width: 60; max-width: 100%; height: 1; border: none; padding: 0; background: $surface; }
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
        yield Input(placeholder="the whole key, as the cache has it", max_length=LONGEST_KEY)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Answer; nothing typed is no key."""
        self.dismiss(message.value or None)


class Ranges(Dialog[str]):
    """Answers the name of a range, one of RANGES; the one of `seconds` is chosen already."""

    DEFAULT_CSS = """
    Ranges OptionList, Ranges OptionList:focus {
        width: 40; height: auto; max-height: 100%; border: none; padding: 0; background: $surface;
    }
    """
    AUTO_FOCUS = "OptionList"
    HINT = "⏎ takes it · esc closes"

    def __init__(self, seconds: int) -> None:
        super().__init__("Range")
        self._seconds = seconds

    def compose_body(self) -> ComposeResult:
        """One line a range."""
        options = OptionList(*(Option(_described(name), id=name) for name in RANGES), markup=False)
        lengths = list(RANGES.values())
        options.highlighted = lengths.index(self._seconds) if self._seconds in lengths else None
        yield options

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Answer."""
        self.dismiss(message.option_id)


def _described(name: str) -> str:
    window = TimeWindow(RANGES[name])
    each = "live samples" if window.seconds <= SAMPLED else f"in buckets of {duration(window.bucket)}"
    return f"{name:<5}{each}"
