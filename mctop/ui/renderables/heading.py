"""The heading of a panel, and the notice that stands in place of what it cannot show."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from rich.cells import cell_len

from mctop.ui.words.runs import Line, Run, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.ui.words.badge import Badge
    from mctop.ui.words.freshness_text import Explanation


RULE, FOCUSED_RULE = "─", "━"


def heading(title: str, ends: Sequence[Line], width: int, *, focused: bool = False) -> Line:
    """The line of a heading, with the first of `ends`, longest first, that has room beside the title."""
    room = width - cell_len(title) - 2
    end = next((runs for runs in ends if sum(cell_len(run.text) for run in runs) <= room), ())
    rule = Run(FOCUSED_RULE if focused else RULE, "focus" if focused else "rule")
    shown = tuple(run for run in end if run.text)
    return spread((Run(title, "focus" if focused else "heading"),), shown, width, rule)


def badge_ends(badge: Badge) -> tuple[Line, ...]:
    """A badge with all its words, without the last, and as a glyph."""
    texts = (badge.text, badge.text.rpartition(" ")[0], badge.glyph)
    return tuple((Run(text, badge.tone),) for text in texts)


def note_ends(notes: Sequence[str]) -> tuple[Line, ...]:
    """Units and windows, longest first."""
    return tuple((Run(note, "muted"),) for note in notes)


def notice(explanation: Explanation, badge: Badge | None, width: int, height: int) -> tuple[Line, ...]:
    """What happened, what to do, and the server's own words, which are the first to go; at most `height` lines."""
    if width < 1:
        return ()
    glyph = f"{badge.glyph} " if badge else ""
    what = wrap(glyph + explanation.what, width)
    todo = wrap(explanation.todo, width)
    words = wrap(f"It says: {explanation.words}", width) if explanation.words else []
    tone = badge.tone if badge else "muted"
    lines = [(Run(text, tone),) for text in what] + [(Run(text),) for text in todo]
    lines += [(Run(text, "muted"),) for text in words]
    return tuple(lines[: max(0, height)])
