"""The heading of a panel: its title on a rule, and at the end of the rule how honest it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.reactive import var

from mctop.ui.renderables.runs import Run
from mctop.ui.renderables.words import spread
from mctop.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.ui.badge import Badge

RULE, FOCUSED_RULE = "─", "━"


class Heading(Lines):
    """A title, the first of `notes` that fits, longest first, and a badge in their place while there is one."""

    DEFAULT_CSS = """
    Heading { height: 1; }
    """

    title: var[str] = var("")
    notes: var[tuple[str, ...]] = var(())
    badge: var[Badge | None] = var(None)
    focused: var[bool] = var(False)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.set_reactive(Heading.title, title)

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """The one line."""
        ends = tuple((Run(note, "muted"),) for note in self.notes) if self.badge is None else badge_ends(self.badge)
        return (heading(self.title, ends, width, focused=self.focused),)

    def watch_title(self) -> None:
        """Show the new title."""
        self.redraw()

    def watch_notes(self) -> None:
        """Show the new units and windows."""
        self.redraw()

    def watch_badge(self) -> None:
        """Show the new state."""
        self.redraw()

    def watch_focused(self) -> None:
        """Show where the keys go."""
        self.redraw()


def heading(title: str, ends: Sequence[tuple[Run, ...]], width: int, *, focused: bool = False) -> tuple[Run, ...]:
    """The line of a heading, with the first of `ends`, longest first, that has room beside the title."""
    room = width - cell_len(title) - 2
    end = next((runs for runs in ends if sum(cell_len(run.text) for run in runs) <= room), ())
    rule = Run(FOCUSED_RULE if focused else RULE, "focus" if focused else "rule")
    shown = tuple(run for run in end if run.text)
    return spread((Run(title, "focus" if focused else "heading"),), shown, width, rule)


def badge_ends(badge: Badge) -> tuple[tuple[Run, ...], ...]:
    """A badge with all its words, without the last, and as a glyph."""
    texts = (badge.text, badge.text.rpartition(" ")[0], badge.glyph)
    return tuple((Run(text, badge.tone),) for text in texts)
