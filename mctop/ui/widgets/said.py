"""One line that says something at any width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import var

from mctop.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.ui.renderables.runs import Run


def nothing(width: int) -> tuple[Run, ...]:
    """Say nothing."""
    return ()


class Said(Lines):
    """Draws `saying`, a line for a width."""

    DEFAULT_CSS = """
    Said { height: 1; }
    """

    saying: var[Callable[[int], tuple[Run, ...]]] = var(lambda: nothing)

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """The one line."""
        return (self.saying(width),)

    def watch_saying(self) -> None:
        """Say something else."""
        self.redraw()
