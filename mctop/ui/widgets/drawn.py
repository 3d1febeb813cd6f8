"""From runs to strips: the colours of a widget that draws its own lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        """One line of the screen, exactly `width` wide; `under` names the style of a line that is picked out."""
        segments = [Segment(text, self._style(name, under)) for text, name in runs]
        return Strip(segments).adjust_cell_length(width, self._style("", under))

    def _style(self, name: str, under: str) -> Style:
        style = self._known.get((name, under))
        if style is None:
            style = self._component(name) if name else self._widget.visual_style.rich_style
            if under:
                style += self._over(under)
            self._known[name, under] = style
        return style

    def _component(self, name: str) -> Style:
        return self._widget.get_component_rich_style(f"{self._prefix}--{name}")

    def _over(self, name: str) -> Style:
        """A style with the colours that its rule names; the text keeps its own colour unless the rule names one."""
        if self._widget.get_component_rich_style(f"{self._prefix}--{name}", partial=True).color is not None:
            return self._component(name)
        return Style(bgcolor=self._component(name).bgcolor)
