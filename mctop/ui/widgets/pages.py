"""Pages of panels under the keys: from panel to panel, full screen, and out again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from mctop.ui.commands import Where, bindings
from mctop.ui.widgets.turning import Turning, panel_around

if TYPE_CHECKING:
    from textual.binding import BindingType

    from mctop.ui.widgets.panel import Panel
    from mctop.ui.widgets.turning import Arrange


class Pages(Turning, can_focus=True):
    """Gives the keys to its panels; `home` is the one that has them from the start, "" if none has."""

    DEFAULT_CSS = """
    Pages { height: 1fr; overflow: hidden; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.PANELS)]

    @dataclass
    class Left(Message):
        """The way back leads out of here."""

    def __init__(self, arrange: Arrange, home: str = "") -> None:
        super().__init__(arrange)
        self._home = home
        self._settled = False

    @property
    def chosen(self) -> Panel | None:
        """Of the panels that make a sheet the one that is full screen, or has the keys, or else the first."""
        panels = [panel for panel in self.placed_panels() if panel.sheeted]
        held = panel_around(self.screen.focused)
        return next((panel for panel in panels if panel.id == self.full or panel is held), next(iter(panels), None))

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
        held = panel_around(self.screen.focused)
        index = panels.index(held) if held in panels else -1 if step > 0 else 0
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
        held = panel_around(self.screen.focused)
        if self.full is not None:
            self.action_full()
        elif held is not None and held.id != self._home:
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
