"""From runs to strips: the colours of a widget that draws its own lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.style import Style
    from textual.widget import Widget

    from mctop.ui.renderables.runs import Run


class Styles:
    """The component styles of a widget, by short name, remembered until the theme changes.

    The name `x` of a run is the component class `PREFIX--x`.
    """

    def __init__(self, widget: Widget, prefix: str) -> None:
        self._widget = widget
        self._prefix = prefix
        self._known: dict[tuple[str, str], Style] = {}

    def forget(self) -> None:
        """Look every style up anew."""
        self._known.clear()

    def strip(self, runs: Iterable[Run], width: int, *, under: str = "") -> Strip:
        """One line of the screen, exactly `width` wide; `under` names a style that lies over the whole line."""
        segments = [Segment(text, self._style(name, under)) for text, name in runs]
        return Strip(segments).adjust_cell_length(width, self._style("", under))

    def _style(self, name: str, under: str) -> Style:
        style = self._known.get((name, under))
        if style is None:
            style = self._widget.visual_style.rich_style
            for part in (name, under):
                if part:
                    style += self._widget.get_component_rich_style(f"{self._prefix}--{part}", partial=True)
            self._known[name, under] = style
        return style
