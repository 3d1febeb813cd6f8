"""What a panel says in place of what it cannot show."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from textual.reactive import var

from mctop.ui.renderables.runs import Run
from mctop.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from mctop.ui.badge import Badge
    from mctop.ui.explain import Explanation


class Notice(Lines):
    """What happened, what to do, and the server's own words, as far as there is room."""

    DEFAULT_CSS = """
    Notice { height: 1fr; }
    """

    explanation: var[Explanation | None] = var(None)
    badge: var[Badge | None] = var(None)

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """The text, wrapped."""
        return () if self.explanation is None else notice(self.explanation, self.badge, width, height)

    def watch_explanation(self) -> None:
        """Say something else."""
        self.redraw()

    def watch_badge(self) -> None:
        """Show another state."""
        self.redraw()


def notice(explanation: Explanation, badge: Badge | None, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
    """The lines of a notice; the server's words are the first to go."""
    glyph = f"{badge.glyph} " if badge else ""
    what = wrap(glyph + explanation.what, width)
    todo = wrap(explanation.todo, width)
    words = wrap(f"It says: {explanation.words}", width) if explanation.words else []
    tone = badge.tone if badge else "muted"
    lines = [(Run(text, tone),) for text in what] + [(Run(text),) for text in todo]
    lines += [(Run(text, "muted"),) for text in words]
    return tuple(lines[:height])
