"""The table of caches: one row each, over the last minute of its counters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.reactive import var

from mctop.store.counters.cache_condition import Reason, mean, recently
from mctop.store.counters.live_rates import recent_hit_rate
from mctop.ui.renderables.runs import Glyphs, Run, fitted
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.renderables.trend import trend
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.words.badge import LIVE, band
from mctop.ui.words.condition_text import LEVELS, WORDS, advice, phrase, state, tone, verdict
from mctop.ui.words.format import count, duration, percent, rate, share, size
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from mctop.store.counters.cache_condition import CacheNow, Finding
    from mctop.store.counters.live_rates import Rates
    from mctop.ui.renderables.table import Tone

    Line = tuple[Run, ...]

TREND = 15
"""Columns of a trend, one a minute."""
HERE = "▸"
"""Stands before the cache that is opened."""
COLUMNS = (
    Column("state", "state", 10, priority=1),
    Column("cache", "cache", 13, 32),
    Column("hit_rate", "hit rate", 8, align="right", priority=1),
    Column("requests", "requests", 8, align="right", priority=2),
    Column("memory", "memory", 6, align="right", priority=3),
    Column("evictions", "evicted", 7, align="right", priority=4),
    Column("hit_trend", "hit rate, 15m", TREND, priority=5),
    Column("request_trend", "requests, 15m", TREND, priority=6),
    Column("why", "what is wrong", 22, 90),
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What one cache does: `hit_rate` is a percentage, `requests` and `evictions` are per second; None is not known.

    They are means over the last minute; `used` and `limit` are bytes of the newest sample.
    """

    hit_rate: float | None = None
    requests: float | None = None
    evictions: float | None = None
    used: int | None = None
    limit: int | None = None


def numbers(cache: CacheNow) -> Numbers:
    """The numbers of a cache, as old as its newest sample."""
    live = cache.live
    if live is None:
        return Numbers()
    recent = recently(live.history)
    hits = recent_hit_rate(recent)
    return Numbers(
        hit_rate=None if hits is None else 100 * hits,
        requests=mean(recent, lambda one: one.requests),
        evictions=mean(recent, lambda one: one.evictions),
        used=live.counters.bytes,
        limit=live.counters.limit_maxbytes or None,
    )


def minutes(history: tuple[Rates, ...], count: int, field: str) -> tuple[float | None, ...]:
    """One field of the rates, minute by minute, the newest last; a minute without a sample is None."""
    if not history:
        return ()
    sums, seconds, end = [0.0] * count, [0.0] * count, history[-1].time
    for rates in history:
        value, index = getattr(rates, field), count - 1 - int((end - rates.time) // 60)
        if value is not None and index >= 0:
            sums[index] += value * rates.window
            seconds[index] += rates.window
    return tuple(total / span if span else None for total, span in zip(sums, seconds, strict=True))


def cache_row(
    cache: CacheNow, found: tuple[Finding, ...], now: float, *, opened: bool, glyphs: Glyphs = Glyphs.BLOCK
) -> Row:
    """One cache at monotonic time `now`; what is not of now is muted."""
    known, badge = numbers(cache), state(cache, found, now)
    judged = band(known.hit_rate)
    old: Tone = "" if badge is LIVE else "muted"
    history = cache.live.history if cache.live else ()
    name = f"{HERE if opened else ' '} {clean(cache.label, 80)}"
    used = 100 * known.used / known.limit if known.used is not None and known.limit else None
    facts = ((rate, known.requests), (percent, used), (rate, known.evictions))
    trends = (
        trend(minutes(history, TREND, "hit_rate"), TREND, glyphs=glyphs),
        trend(minutes(history, TREND, "requests"), TREND, glyphs=glyphs),
    )
    return Row(
        cache.name,
        (
            Cell(Clean(badge.text), badge.tone),
            Cell(Clean(name), "accent" if opened else ""),
            Cell(Clean(percent(known.hit_rate)), old or (judged.tone if judged else "muted"), known.hit_rate),
            *(Cell(Clean(text(value)), old, value) for text, value in facts),
            *(Cell(Clean(text), "muted") for text in trends),
            Cell(Clean(verdict(cache, found)), tone(found)),
        ),
    )


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
    badge, todo = LEVELS[finding.reason.severity], advice(cache, finding)
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
