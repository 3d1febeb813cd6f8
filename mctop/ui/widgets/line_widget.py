"""Widgets that draw lines of runs, whose names of styles mean variables of the theme.

Component classes would say the same, but each of them is matched against every rule of every widget that has it, and
forty small widgets with ten classes each make that the greater part of the time to the first picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from mctop.ui.words.runs import difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual import events

    from mctop.ui.words.runs import Line, Run


class Ink(NamedTuple):
    """A variable of the theme, whether it is written in bold, and how much of it covers what is behind it."""

    variable: str
    bold: bool = False
    cover: float = 1.0


class Bar(NamedTuple):
    """What is behind a line that is picked out, and the one ink of all its text, if not each run's own; variables."""

    variable: str
    ink: str = ""


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
CURSOR = Bar("block-cursor-blurred-background")
FOCUSED_CURSOR = Bar("block-cursor-background", "block-cursor-foreground")


class Inks:
    """The styles of a widget's runs, remembered until the theme changes."""

    def __init__(self, widget: Widget, inks: Mapping[str, Ink] = INKS) -> None:
        self._widget = widget
        self._inks = inks
        self._styles: dict[tuple[str, Bar | None], Style] = {}

    def forget(self) -> None:
        """Look every style up anew."""
        self._styles.clear()

    def strip(self, runs: Iterable[Run], width: int, bar: Bar | None = None) -> Strip:
        """One line of the screen, exactly `width` wide, picked out with a bar if one is given."""
        return Strip([Segment(text, self._style(name, bar)) for text, name in runs]).adjust_cell_length(
            width, self._style("", bar)
        )

    def _style(self, name: str, bar: Bar | None) -> Style:
        style = self._styles.get((name, bar))
        if style is None:
            style = self._widget.visual_style.rich_style
            if name:
                style += self._inked(self._inks[name])
            if bar is not None:
                ink = self._colour(bar.ink).rich_color if bar.ink else None
                style += Style(color=ink, bgcolor=self._colour(bar.variable).rich_color)
            self._styles[name, bar] = style
        return style

    def _inked(self, ink: Ink) -> Style:
        colour = self._colour(ink.variable)
        if ink.cover < 1:
            colour = self._widget.visual_style.background + colour.multiply_alpha(ink.cover)
        return Style(color=colour.rich_color, bold=ink.bold)

    def _colour(self, variable: str) -> Color:
        return Color.parse(self._widget.app.theme_variables[variable])


class Lines(Widget):
    """Lines of runs in shared styles. A subclass says what its lines are, and calls `redraw` when that may differ."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._drawn: tuple[Line, ...] = ()
        self._look = Inks(self)

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """What to show at this size; override."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw anew, and repaint the columns that look different."""
        width, height = self.size
        if not width or not height:
            return
        old, self._drawn = self._drawn, self.lines(width, height)
        for y in range(height):
            span = difference(old[y] if y < len(old) else (), self._drawn[y] if y < len(self._drawn) else (), width)
            if span is not None:
                self.refresh(Region(span[0], y, span[1] - span[0], 1))

    def render_line(self, y: int) -> Strip:
        """One line."""
        return self._look.strip(self._drawn[y] if y < len(self._drawn) else (), self.size.width, self.bar(y))

    def bar(self, y: int) -> Bar | None:
        """What picks a line out, if anything does; override."""
        return None

    def notify_style_update(self) -> None:
        """Forget the colours of the old theme."""
        self._look.forget()
        super().notify_style_update()

    def on_resize(self, event: events.Resize) -> None:
        """Draw at the new size."""
        self._drawn = ()
        self.redraw()
