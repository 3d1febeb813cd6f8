"""What is said beneath what is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import var

from mctop.ui.badge import REFUSED
from mctop.ui.renderables.runs import Run
from mctop.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from mctop.ui.explain import Explanation

    Line = tuple[Run, ...]


class About(Lines):
    """Lines beneath the tables, as many as there are, after a blank one: first what goes wrong, if something does."""

    DEFAULT_CSS = """
    About { height: 0; }
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
