"""A trend on the screen: one row that is repainted only when it looks different."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget

from mctop.ui.renderables.glyphs import Glyphs
from mctop.ui.renderables.trend import trend

if TYPE_CHECKING:
    from textual import events


class Trend(Widget):
    """Values over time in one row, as wide as the widget; `low` and `high` fix the ends of the scale."""

    DEFAULT_CSS = """
    Trend { height: 1; color: $text-primary; }
    """

    values: var[tuple[float | None, ...]] = var(())
    glyphs: var[Glyphs] = var(Glyphs.BLOCK)

    def __init__(
        self, *, low: float | None = None, high: float | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._low = low
        self._high = high
        self._text = ""

    def render_line(self, y: int) -> Strip:
        """The row."""
        return Strip([Segment(self._text if y == 0 else "", self.visual_style.rich_style)]).adjust_cell_length(
            self.size.width, self.visual_style.rich_style
        )

    def watch_values(self) -> None:
        """Repaint if the new values look different."""
        self._draw()

    def watch_glyphs(self) -> None:
        """Repaint in other characters."""
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Draw at the new width."""
        self._draw()

    def _draw(self) -> None:
        text = trend(self.values, self.size.width, glyphs=self.glyphs, low=self._low, high=self._high)
        if text != self._text:
            self._text = text
            self.refresh()
