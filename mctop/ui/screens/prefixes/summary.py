"""What one prefix does now, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import var

from mctop.ui.badge import band
from mctop.ui.format import count, percent, rate, size
from mctop.ui.renderables.runs import Run
from mctop.ui.screens.numbers import fitting, named
from mctop.ui.screens.prefixes.arrangement import SUMMARY
from mctop.ui.text import clean
from mctop.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from mctop.store.prefixes import WatchedPrefix
    from mctop.ui.screens.prefixes.facts import Facts


class Summary(Lines):
    """The numbers of one prefix, or why there are none; those that have no room are left out."""

    facts: var[tuple[Facts, str, WatchedPrefix | None] | None] = var(None)

    def __init__(self) -> None:
        super().__init__(id=SUMMARY)

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """The one line."""
        return () if self.facts is None else (summary(*self.facts, width),)

    def watch_facts(self) -> None:
        """Show other numbers."""
        self.redraw()


def summary(now: Facts, when: str, one: WatchedPrefix | None, width: int) -> tuple[Run, ...]:
    """The line at `width` columns."""
    if one is None:
        return (Run("this prefix is not watched any more · q goes back", "poor"),)
    if one.refusal is not None:
        return (Run(f"✗ {clean(one.refusal.message, max(20, width - 2))}", "poor"),)
    judged = band(now.hit_rate)
    state = Run(judged.text, judged.tone) if judged else Run("· no lookups", "muted")
    parts = (
        (state,),
        named("hit rate", percent(now.hit_rate)),
        named("of the cache", percent(now.share)),
        named("misses", rate(now.misses)),
        named("hits", rate(now.hits)),
        named("changes", rate(now.mutations)),
        named("keys", count(now.keys)),
        named("size", size(now.size)),
        (Run(when, "muted"),),
    )
    return fitting(parts, width)
