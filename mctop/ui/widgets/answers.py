"""Two answers side by side, of which one changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.reactive import var

from mctop.ui.renderables.runs import Run
from mctop.ui.widgets.guard import WIDEST, Guard

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size

    from mctop.store.clock import Clock

CANCEL = "Cancel"
SPACE = 3
"""Columns between the two answers."""
OTHERS = frozenset({"left", "right", "h", "l", "tab", "shift+tab"})


class Answers(Guard):
    """Two answers side by side; `chosen` is the one that enter gives, at first the one that changes nothing."""

    chosen: var[int] = var(0)

    def __init__(self, do: str, clock: Clock) -> None:
        super().__init__(clock)
        self._texts = (f" {CANCEL} ", f" {do} ")

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """Both answers, the chosen one between brackets."""
        runs: list[Run] = []
        for index, text in enumerate(self._texts):
            marked = f"[{text}]" if index == self.chosen else f" {text} "
            runs += [Run(" " * SPACE if runs else ""), Run(marked, "accent" if index == self.chosen else "muted")]
        return (tuple(runs), (Run(self.remark, "fair"),))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as both answers and every remark."""
        return max(WIDEST, sum(cell_len(text) + 2 for text in self._texts) + SPACE)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The answers, and a remark."""
        return 2

    def watch_chosen(self) -> None:
        """Show which one is chosen."""
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Choose the answer under the pointer; the keys give it."""
        self.note()
        self.chosen = int(event.x >= len(self._texts[0]) + 2)

    def on_key(self, event: events.Key) -> None:
        """Choose the other answer, or give the chosen one; what changes something only to a key that came alone."""
        self.note()
        if event.key in OTHERS:
            self.remark, self.chosen = "", 1 - self.chosen
        elif event.key == "enter" and self.chosen == 0:
            self.post_message(self.Given(False))
        elif event.key == "enter":
            self.give()
        else:
            return
        event.stop()
        event.prevent_default()
