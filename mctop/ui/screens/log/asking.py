"""What a person asks of the Log by its keys: filters, stacked or taken away, hiding or highlighting."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from mctop.store.sieve import MOST
from mctop.ui.commands import Where, bindings
from mctop.ui.screens.framed import FramedScreen
from mctop.ui.screens.log.panel import LogPanel

if TYPE_CHECKING:
    from textual.binding import BindingType

    from mctop.store.clock import Clock
    from mctop.store.store import Store
    from mctop.ui.options import UiOptions
    from mctop.ui.screens.log.asked import Asked
    from mctop.ui.screens.log.prompt import Prompt


class AskingScreen(FramedScreen):
    """A view of the log, of which a person asks for a part."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.LOG)]

    def __init__(self, store: Store, clock: Clock, options: UiOptions) -> None:
        super().__init__(store, clock, options)
        self.panel = LogPanel(store)

    def adopt(self, other: FramedScreen) -> None:
        """Ask of this cache's log what was asked of the other one's."""
        if isinstance(other, AskingScreen):
            self.panel.ask(replace(other.panel.asked, draft=None))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is not there cannot be filtered, and filters that are not there cannot be taken away or highlighted."""
        if action in ("filter", "own", "save"):
            return self.panel.notice is None and not self.panel.body.prompt.display
        if action in ("unfilter", "highlight", "match"):
            return bool(self._asked.filters)
        return super().check_action(action, parameters)

    def action_filter(self, excludes: bool) -> None:
        """Ask for another filter."""
        if self._asked.full:
            self.notify(f"{MOST} filters are the most; ⌫ takes the last one away", markup=False)
        else:
            self.panel.body.prompt.open(excludes=excludes)
            self.show_keys()

    def action_unfilter(self) -> None:
        """Take the last filter away."""
        self._ask(self._asked.without_last())

    def action_highlight(self) -> None:
        """Tell what passes the filters from the rest, or hide the rest."""
        self._ask(replace(self._asked, highlights=not self._asked.highlights))

    def action_own(self) -> None:
        """Show or hide the lines that mctop causes itself."""
        self._ask(replace(self._asked, with_own=not self._asked.with_own))

    def action_match(self, step: int) -> None:
        """Go to the next line that passes the filters, or the one before."""
        self.panel.rows.go_to_match(step)

    def on_prompt_typed(self, message: Prompt.Typed) -> None:
        """Show what the filter does while it is typed."""
        self._ask(replace(self._asked, draft=message.draft))

    def on_prompt_closed(self, message: Prompt.Closed) -> None:
        """Keep the filter or not, and go back to the rows."""
        self._ask(self._asked.kept() if message.kept else replace(self._asked, draft=None))
        self.panel.rows.focus()

    @property
    def _asked(self) -> Asked:
        return self.panel.asked

    def _ask(self, asked: Asked) -> None:
        self.panel.ask(asked)
        self.show_keys()
