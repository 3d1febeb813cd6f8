"""What is wrong with one cache, line by line, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.reactive import var

from mctop.store.condition import Reason
from mctop.ui.format import count, duration, percent, rate, share, size
from mctop.ui.renderables.runs import Run, fitted
from mctop.ui.screens.caches.rows import numbers
from mctop.ui.text import clean
from mctop.ui.verdict import LEVELS, WORDS, advice, phrase
from mctop.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from mctop.store.condition import CacheNow, Finding

    Line = tuple[Run, ...]

WHAT = 30
"""Columns of a finding beside its advice."""
SPOKEN = frozenset({Reason.OFFLINE, Reason.REFUSED, Reason.FAULTY})
"""Findings that come with the server's words."""
OLD = frozenset({*SPOKEN, Reason.STALE})
"""Findings that say how old the numbers are."""


class Detail(Lines):
    """Says everything that is wrong with a cache."""

    about: var[tuple[CacheNow, tuple[Finding, ...]] | None] = var(None)
    """The cache, and its findings."""

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """As much as has room."""
        return detail(*self.about, width)[:height] if self.about else ()

    def watch_about(self) -> None:
        """Say it of another cache, or anew."""
        self.redraw()


def detail(cache: CacheNow, found: tuple[Finding, ...], width: int) -> tuple[Line, ...]:
    """The findings with their advice, the server's words, and the numbers of a cache, in `width` columns."""
    lines = [line for one in found for line in _finding(cache, one, width)]
    if not found:
        calm = "nothing is wrong, as far as its counters tell" if cache.live else "no sample yet"
        lines = [(Run(f"{'✓' if cache.live else '◌'} {calm}", "good" if cache.live else "muted"),)]
    return (*lines, *_numbers(cache, found))


def _finding(cache: CacheNow, finding: Finding, width: int) -> tuple[Line, ...]:
    badge, todo = LEVELS[finding.reason.level], advice(cache, finding)
    what = f"{badge.glyph} {phrase(cache, finding)}"
    what += " " * max(0, WHAT - cell_len(what))
    beside = cell_len(what) + 2 + cell_len(todo) <= width
    lines: tuple[Line, ...] = (
        ((Run(f"{what}  ", badge.tone), Run(todo, "muted")),)
        if beside
        else ((Run(fitted(what, width), badge.tone),), (Run(fitted(f"  {todo}", width), "muted"),))
    )
    words = clean(finding.words, WORDS) if finding.reason in SPOKEN else ""
    return (*lines, (Run(fitted(f"  “{words}”", width), "muted"),)) if words else lines


def _numbers(cache: CacheNow, found: tuple[Finding, ...]) -> tuple[Line, ...]:
    if cache.live is None:
        return ()
    known, counters = numbers(cache), cache.live.counters
    old = found[0].value if found and found[0].reason in OLD else None
    when = "over the last minute" if old is None else f"as it was {duration(old)} ago"
    return (
        (),
        _facts(
            ("hit rate", percent(known.hit_rate)), ("requests", rate(known.requests)),
            ("evictions", rate(known.evictions)), ("", when),
        ),
        _facts(
            ("memory", f"{size(known.used)} of {size(known.limit)}, {share(known.used, known.limit)}"),
            ("items", count(counters.curr_items)), ("connections", count(counters.curr_connections)),
        ),
    )  # fmt: skip


def _facts(*facts: tuple[str, str]) -> Line:
    runs: list[Run] = []
    for name, value in facts:
        if value:
            runs += [Run("   " if runs else ""), Run(f"{name} " if name else "", "muted"), Run(value)]
    return tuple(runs)
