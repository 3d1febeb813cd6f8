"""What a panel says in place of what it cannot show."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from mctop.ui.renderables.runs import Run

if TYPE_CHECKING:
    from mctop.ui.badge import Badge
    from mctop.ui.explain import Explanation


def notice(explanation: Explanation, badge: Badge | None, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
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
