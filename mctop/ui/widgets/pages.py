"""Panels on pages: every panel stands whole on its page, pages are turned, and keys go from panel to panel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.message import Message
from textual.reactive import var

from mctop.ui.registry.commands import Where, bindings
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.widgets.panel import Panel
from mctop.ui.words.runs import Line, Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.binding import BindingType
    from textual.widget import Widget

    from mctop.ui.layout.bands import Arrangement

    Arrange = Callable[[int, int, str | None], Arrangement]


def panel_around(widget: Widget | None) -> Panel | None:
    """The panel that a widget is in."""
    return next((node for node in widget.ancestors if isinstance(node, Panel)), None) if widget else None


class OnePage(Layout):
    """Asks the pages where their children stand."""

    name = "one-page"

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Place the children of the pages."""
        return self._pages.placed(size, children)


class Pages(Lines, can_focus=True):
    """Places panels, by their ids, as `arrange` says for a width, a height, and the one that is full screen.

    Says `saying` where there is no panel. `turned` is the page and how many there are. `home` is the panel that has
    the keys from the start, "" if none has.
    """

    DEFAULT_CSS = """
    Pages { height: 1fr; overflow: hidden; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.PANELS)]

    saying: var[str] = var("")
    page: var[int] = var(0)
    full: var[str | None] = var(None)

    @dataclass
    class Turned(Message):
        """Another page is shown, or there are more or fewer of them."""

        page: int
        pages: int

    @dataclass
    class Left(Message):
        """The way back leads out of here."""

    def __init__(self, arrange: Arrange, home: str = "") -> None:
        super().__init__()
        self._home = home
        self._settled = False
        self._plan = arrange
        self.turned = (0, 1)
        self._layout = OnePage(self)

    @property
    def layout(self) -> Layout:
        """Places the panels of the page that is shown."""
        return self._layout

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """What is said, in the middle."""
        above: tuple[Line, ...] = ((),) * ((height - 1) // 2)
        return (*above, (Run(self.saying[:width].center(width), "muted"),))

    def watch_saying(self) -> None:
        """Say something else."""
        self.redraw()

    def turn(self, page: int) -> None:
        """Show a page, as far as there are any, and place the panels anew."""
        arrangement = self._plan(*self.size, self.full)
        self.page = max(0, min(page, arrangement.pages - 1))
        focused = panel_around(self.screen.focused)
        if focused is not None and arrangement.page_of(str(focused.id), self.page) != self.page:
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

    @property
    def chosen(self) -> Panel | None:
        """Of the panels that make a sheet the one that is full screen, or has the keys, or else the first."""
        panels = [panel for panel in self.placed_panels() if panel.sheeted]
        focused = panel_around(self.screen.focused)
        return next((panel for panel in panels if panel.id == self.full or panel is focused), next(iter(panels), None))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There may be no panel to go to, and no page to turn."""
        if action == "full":
            return bool(self._panels()) and len(self.placed_panels()) > 1
        if action == "go":
            panels = self._panels()
            return bool(panels) and panels != [panel_around(self.screen.focused)]
        return self.turned[1] > 1 if action == "turn" else super().check_action(action, parameters)

    def action_go(self, step: int) -> None:
        """Go to the next panel that takes keys, or the one before; full screen goes along."""
        panels = self._panels()
        focused = panel_around(self.screen.focused)
        index = panels.index(focused) if focused in panels else -1 if step > 0 else 0
        if panels:
            self._show(panels[(index + step) % len(panels)])

    def action_full(self) -> None:
        """Give the panel that has the keys, or else the first, the whole screen, or take it back."""
        panels = self._panels()
        shown = next((panel for panel in panels if panel.id == self.full), None)
        panel = shown or panel_around(self.screen.focused) or next(iter(panels), None)
        if panel is not None:
            self.full = None if self.full else panel.id
            self._show(panel)

    def action_back(self) -> None:
        """Leave full screen, or else the panel, or else all of this."""
        focused = panel_around(self.screen.focused)
        if self.full is not None:
            self.action_full()
        elif focused is not None and focused.id != self._home:
            self.go_home()
        else:
            self.post_message(self.Left())

    def settle(self) -> None:
        """Give the keys to the panel that has them from the start, once it takes them, unless they went elsewhere."""
        if self._home and not self._settled and self.has_focus:
            self.go_home()
            self._settled = not self.has_focus

    def go_home(self) -> None:
        """Give the keys to the panel that has them from the start, or take them from all panels."""
        home = next((panel for panel in self._panels() if panel.id == self._home), None)
        if home is None:
            self.focus()
        else:
            self._show(home)

    def _show(self, panel: Panel) -> None:
        """Turn to a panel, and give it the keys."""
        if self.full is not None:
            self.full = panel.id
        self.screen.set_focus(panel.target, scroll_visible=False)
        self.turn(self._plan(*self.size, self.full).page_of(str(panel.id), self.page))

    def _panels(self) -> list[Panel]:
        """The panels that have a place and take keys, page by page."""
        return [panel for panel in self.placed_panels() if panel.target]
