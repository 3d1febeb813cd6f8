"""A chart on the screen: drawn when its plot, size or characters change, and at no other time."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.reactive import var
from textual.widget import Widget

from mctop.ui.renderables.sheet import plotted
from mctop.ui.widgets.line_widget import Ink, Inks
from mctop.ui.words.runs import Glyphs, Line, Run, fitted

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

    from mctop.ui.renderables.plot import Plot
    from mctop.ui.renderables.sheet import Sheet

INKED = {
    "line1": Ink("text-primary"),
    "line2": Ink("text-accent"),
    "line3": Ink("text-success"),
    "line4": Ink("text-secondary"),
    "line5": Ink("text-warning"),
    "line6": Ink("text-error"),
    "good": Ink("text-success"),
    "fair": Ink("text-warning"),
    "poor": Ink("text-error"),
    "muted": Ink("text-muted"),
    "axis": Ink("text-muted"),
    "label": Ink("text-muted"),
    "grid": Ink("foreground", cover=0.2),
    "ghost": Ink("foreground", cover=0.4),
    "mark": Ink("foreground"),
    "cursor": Ink("text-accent"),
    "placeholder": Ink("text-muted"),
}


class Chart(Widget):
    """Lines over time, as large as the widget; without a plot it says `placeholder`, which must be clean."""

    DEFAULT_CSS = """
    Chart { height: 1fr; }
    """
    plot: var[Plot | None] = var(None)
    placeholder: var[str] = var("")
    glyphs: var[Glyphs] = var(Glyphs.BRAILLE)

    def __init__(self, placeholder: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Line, ...] = ()
        self._look = Inks(self, INKED)
        self.set_reactive(Chart.placeholder, placeholder)

    def to_sheet(self) -> Sheet | None:
        """The values that are drawn."""
        return None if self.plot is None else plotted(self.plot)

    def render_line(self, y: int) -> Strip:
        """One line of the drawing."""
        runs = self._lines[y] if y < len(self._lines) else ()
        return self._look.strip(runs, self.size.width)

    def watch_plot(self) -> None:
        """Draw what is new."""
        self._draw()

    def watch_placeholder(self) -> None:
        """Say something else, if it is said at all."""
        if self.plot is None:
            self._draw()

    def watch_glyphs(self) -> None:
        """Draw in other characters."""
        self._draw()

    def notify_style_update(self) -> None:
        """Forget the colours of the old theme."""
        self._look.forget()
        super().notify_style_update()

    def on_resize(self, event: events.Resize) -> None:
        """Draw at the new size."""
        self._draw()

    def _draw(self) -> None:
        width, height = self.size
        if self.plot is None:
            words = Run(fitted(self.placeholder, min(width, len(self.placeholder))).center(width), "placeholder")
            lines: tuple[Line, ...] = tuple((words,) if y == (height - 1) // 2 else () for y in range(height))
        else:
            from mctop.ui.renderables.chart import draw  # here: the first frame has no plot, and need not wait 10 ms

            lines = draw(self.plot, width, height, glyphs=self.glyphs, signs=self.app.no_color)
        for y, (old, new) in enumerate(zip_longest(self._lines, lines)):
            if old != new:
                self.refresh(Region(0, y, width, 1))
        self._lines = lines
