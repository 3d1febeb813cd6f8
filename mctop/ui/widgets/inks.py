"""What the names of styles mean in the colours of the theme.

Component classes would say the same, but each of them is matched against every rule of every widget that has it, and
forty small widgets with ten classes each make that the greater part of the time to the first picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from mctop.ui.renderables.runs import Run


class Ink(NamedTuple):
    """A variable of the theme, and whether it is written in bold."""

    variable: str
    bold: bool = False


INKS = {
    "good": Ink("text-success"),
    "fair": Ink("text-warning"),
    "poor": Ink("text-error", bold=True),
    "muted": Ink("text-muted"),
    "accent": Ink("text-accent", bold=True),
    "rule": Ink("rule"),
    "heading": Ink("heading"),
    "focus": Ink("text-accent", bold=True),
    "value": Ink("value", bold=True),
    "trend": Ink("trend"),
}


class Inks:
    """The styles of a widget's runs, remembered until the theme changes."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._known: dict[str, Style] = {}

    def forget(self) -> None:
        """Look every style up anew."""
        self._known.clear()

    def strip(self, runs: Iterable[Run], width: int) -> Strip:
        """One line of the screen, exactly `width` wide."""
        return Strip([Segment(text, self._style(name)) for text, name in runs]).adjust_cell_length(
            width, self._style("")
        )

    def _style(self, name: str) -> Style:
        style = self._known.get(name)
        if style is None:
            style = self._widget.visual_style.rich_style
            if name:
                variable, bold = INKS[name]
                colour = Color.parse(self._widget.app.theme_variables[variable])
                style += Style(color=colour.rich_color, bold=bold)
            self._known[name] = style
        return style
