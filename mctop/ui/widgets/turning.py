"""Panels on pages: every panel stands whole on its page, and pages are turned, not scrolled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.message import Message
from textual.reactive import var

from mctop.ui.renderables.runs import Run
from mctop.ui.widgets.lines import Lines
from mctop.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.widget import Widget

    from mctop.ui.layout.arrangement import Arrangement

    Arrange = Callable[[int, int, str | None], Arrangement]


class Turning(Lines):
    """Places its children, by their ids, as `arrange` says for a width, a height, and the panel that is full screen.

    Says `saying` where there is no panel. `turned` is the page and how many there are.
    """

    saying: var[str] = var("")
    page: var[int] = var(0)
    full: var[str | None] = var(None)

    @dataclass
    class Turned(Message, namespace="pages"):
        """Another page is shown, or there are more or fewer of them."""

        page: int
        pages: int

    def __init__(self, arrange: Arrange) -> None:
        super().__init__()
        self._plan = arrange
        self.turned = (0, 1)
        self._layout = OnePage(self)

    @property
    def layout(self) -> Layout:
        """Places the panels of the page that is shown."""
        return self._layout

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """What is said, in the middle."""
        above: tuple[tuple[Run, ...], ...] = ((),) * ((height - 1) // 2)
        return (*above, (Run(self.saying[:width].center(width), "muted"),))

    def watch_saying(self) -> None:
        """Say something else."""
        self.redraw()

    def turn(self, page: int) -> None:
        """Show a page, as far as there are any, and place the panels anew."""
        arrangement = self._plan(*self.size, self.full)
        self.page = max(0, min(page, arrangement.pages - 1))
        held = panel_around(self.screen.focused)
        if held is not None and arrangement.page_of(str(held.id), self.page) != self.page:
            self.focus()
        for child in self.children[:1]:  # Textual forgets the places of siblings, not those a widget gave itself
            child.refresh(layout=True)
        if (self.page, arrangement.pages) != self.turned:
            self.turned = (self.page, arrangement.pages)
            self.post_message(self.Turned(self.page, arrangement.pages))

    def action_turn(self, pages: int) -> None:
        """Turn by so many pages."""
        self.turn(self.page + pages)

    def on_resize(self, event: events.Resize) -> None:
        """Stay on a page there is."""
        super().on_resize(event)
        self.turn(self.page)

    def on_mouse_scroll_down(self) -> None:
        """Turn on."""
        self.action_turn(1)

    def on_mouse_scroll_up(self) -> None:
        """Turn back."""
        self.action_turn(-1)

    def placed(self, size: Size, children: list[Widget]) -> ArrangeResult:
        """The children that are on this page, where they stand."""
        arrangement = self._plan(*size, self.full)
        page = min(self.page, arrangement.pages - 1)
        regions = {place.panel: Region(*place[2:]) for place in arrangement.places if place.page == page}
        return [
            WidgetPlacement(regions[child.id], NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if child.id in regions
        ]

    def placed_panels(self) -> list[Panel]:
        """The panels that have a place, page by page."""
        places = self._plan(*self.size, None).places
        panels = {panel.id: panel for panel in self.query_children(Panel)}
        named = dict.fromkeys(place.panel for place in places)
        return [panel for name in named if (panel := panels.get(name))]


def panel_around(widget: Widget | None) -> Panel | None:
    """The panel that a widget is in."""
    return next((node for node in widget.ancestors if isinstance(node, Panel)), None) if widget else None


class OnePage(Layout):
    """Asks the pages where their children stand."""

    name = "one-page"

    def __init__(self, pages: Turning) -> None:
        self._pages = pages

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Place the children of the pages."""
        return self._pages.placed(size, children)
