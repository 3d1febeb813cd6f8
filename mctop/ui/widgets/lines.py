"""The base of widgets that draw a few lines of text themselves, and repaint only the columns that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.widget import Widget

from mctop.ui.renderables.difference import difference
from mctop.ui.widgets.inks import Inks

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

    from mctop.ui.renderables.runs import Run
    from mctop.ui.widgets.inks import Bar


class Lines(Widget):
    """Lines of runs in shared styles. A subclass says what its lines are, and calls `redraw` when that may differ."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._drawn: tuple[tuple[Run, ...], ...] = ()
        self._look = Inks(self)

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
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
