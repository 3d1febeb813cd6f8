"""Text in lines: one that fits any width, and several beneath a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import var

from mctop.ui.widgets.line_widget import Lines
from mctop.ui.words.badge import REFUSED
from mctop.ui.words.runs import Line, Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.ui.words.freshness_text import Explanation


class Footnotes(Lines):
    """Lines beneath the tables, as many as there are, after a blank one: first what goes wrong, if something does."""

    DEFAULT_CSS = """
    Footnotes { height: 0; }
    """

    text: var[tuple[Line, ...]] = var(())
    problem: var[Explanation | None] = var(None)

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """The problem, and the text."""
        return ((), *self._all)

    @property
    def rows(self) -> int:
        """How many rows it takes."""
        return len(self._all) + 1 if self._all else 0

    @property
    def _all(self) -> tuple[Line, ...]:
        if self.problem is None:
            return self.text
        what = Run(f"{REFUSED.glyph} {self.problem.what}", REFUSED.tone)
        return ((what, Run(f" · {self.problem.todo}")), *self.text)

    def watch_text(self) -> None:
        """Take as many rows as there are lines."""
        self.styles.height = self.rows
        self.redraw()

    def watch_problem(self) -> None:
        """Say what goes wrong, or that it no longer does."""
        self.watch_text()


def nothing(width: int) -> Line:
    """Say nothing."""
    return ()


class FittedLine(Lines):
    """Draws `saying`, a line for a width."""

    DEFAULT_CSS = """
    FittedLine { height: 1; }
    """

    saying: var[Callable[[int], Line]] = var(lambda: nothing)

    def lines(self, width: int, height: int) -> tuple[Line, ...]:
        """The one line."""
        return (self.saying(width),)

    def watch_saying(self) -> None:
        """Say something else."""
        self.redraw()
