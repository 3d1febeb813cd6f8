"""Asks for a range of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import OptionList
from textual.widgets.option_list import Option

from mctop.store.window import RANGES, SAMPLED, TimeWindow
from mctop.ui.format import duration
from mctop.ui.modals.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult


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
