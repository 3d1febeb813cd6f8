"""The table of caches, over the last minute of their counters, and everything that is wrong with one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.reactive import var

from mctop.store.counters.cache_condition import Reason, mean, recently
from mctop.store.counters.live_rates import recent_hit_rate
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.renderables.trend import trend
from mctop.ui.screens.shared.stat_table import stat_column
from mctop.ui.stats import CONNECTIONS, EVICTIONS, HIT_RATE, ITEMS, MEMORY, REQUESTS
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.words.badge import LIVE
from mctop.ui.words.condition_text import LEVELS, WORDS, advice, phrase, state, tone, verdict
from mctop.ui.words.format import Unit, duration, percent, share, size
from mctop.ui.words.hit_rate_band import band_tone
from mctop.ui.words.runs import Run, fitted
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from mctop.api.models.stats import Counters
    from mctop.store.counters.cache_condition import CacheNow, Finding
    from mctop.store.counters.live_rates import Rates
    from mctop.ui.stats import Stat
    from mctop.ui.words.badge import Tone

    Line = tuple[Run, ...]

TREND = 15
"""Columns of a trend, one a minute."""
HERE = "▸"
"""Stands before the cache that is opened."""
# Where there is little room the name and what is wrong stay longest: they say which cache to open. The state repeats
# the worst of it in a word, the hit rate is the number that a cache is judged by, and trends only say since when.
COLUMNS = (
    Column("state", "state", 10, priority=1),
    Column("cache", "cache", 13, 32),
    stat_column(HIT_RATE, priority=1),
    stat_column(REQUESTS, priority=2),
    Column("memory", MEMORY.heading, Unit.PERCENT.width, align="right", priority=3),
    stat_column(EVICTIONS, priority=4),
    Column("hit_trend", f"{HIT_RATE.label}, {TREND}m", TREND, priority=5),
    Column("request_trend", f"{REQUESTS.label}, {TREND}m", TREND, priority=6),
    Column("why", "what is wrong", 22, 90),
)


@dataclass(frozen=True, slots=True)
class CacheNumbers:
    """The numbers of a cache: `hit_rate` is a percentage, `requests` and `evictions` are per second; None is not known.

    They are means over the last minute; `used` and `limit` are bytes of the newest sample.
    """

    hit_rate: float | None = None
    requests: float | None = None
    evictions: float | None = None
    used: int | None = None
    limit: int | None = None


def numbers(cache: CacheNow) -> CacheNumbers:
    """The numbers of a cache, as old as its newest sample."""
    live = cache.live
    if live is None:
        return CacheNumbers()
    recent = recently(live.history)
    hits = recent_hit_rate(recent)
    return CacheNumbers(
        hit_rate=None if hits is None else 100 * hits,
        requests=mean(recent, lambda rates: rates.requests),
        evictions=mean(recent, lambda rates: rates.evictions),
        used=live.counters.bytes,
        limit=live.counters.limit_maxbytes or None,
    )


def minutes(history: tuple[Rates, ...], count: int, stat: Stat) -> tuple[float | None, ...]:
    """A stat, minute by minute, the newest last; a minute without a sample is None."""
    if not history:
        return ()
    sums, seconds, end = [0.0] * count, [0.0] * count, history[-1].time
    for rates in history:
        value, index = stat.sampled(rates), count - 1 - int((end - rates.time) // 60)
        if value is not None and index >= 0:
            sums[index] += value * rates.window
            seconds[index] += rates.window
    return tuple(total / span if span else None for total, span in zip(sums, seconds, strict=True))


def cache_row(cache: CacheNow, findings: tuple[Finding, ...], now: float, *, opened: bool) -> Row:
    """One cache at monotonic time `now`; what is not of now is muted."""
    recent, badge = numbers(cache), state(cache, findings, now)
    old: Tone = "" if badge is LIVE else "muted"
    history = cache.live.history if cache.live else ()
    name = f"{HERE if opened else ' '} {clean(cache.label, 80)}"
    used = 100 * recent.used / recent.limit if recent.used is not None and recent.limit else None
    cells = (
        (REQUESTS.text(recent.requests), recent.requests),
        (percent(used), used),
        (EVICTIONS.text(recent.evictions), recent.evictions),
    )
    trends = (trend(minutes(history, TREND, stat), TREND) for stat in (HIT_RATE, REQUESTS))
    return Row(
        cache.name,
        (
            Cell(Clean(badge.text), badge.tone),
            Cell(Clean(name), "accent" if opened else ""),
            Cell(Clean(HIT_RATE.text(recent.hit_rate)), old or band_tone(recent.hit_rate), recent.hit_rate),
            *(Cell(Clean(text), old, value) for text, value in cells),
            *(Cell(Clean(text), "muted") for text in trends),
            Cell(Clean(verdict(cache, findings)), tone(findings)),
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


def detail(cache: CacheNow, findings: tuple[Finding, ...], width: int) -> tuple[Line, ...]:
    """The findings with their advice, the server's words, and the numbers of a cache, in `width` columns."""
    lines = [line for finding in findings for line in _finding(cache, finding, width)]
    if not findings:
        calm = "nothing is wrong, as far as its counters tell" if cache.live else "no sample yet"
        lines = [(Run(f"{'✓' if cache.live else '◌'} {calm}", "good" if cache.live else "muted"),)]
    return (*lines, *_numbers(cache, findings))


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


def _numbers(cache: CacheNow, findings: tuple[Finding, ...]) -> tuple[Line, ...]:
    if cache.live is None:
        return ()
    recent, counters = numbers(cache), cache.live.counters
    old = findings[0].value if findings and findings[0].reason in OLD else None
    when = "over the last minute" if old is None else f"as it was {duration(old)} ago"
    return (
        (),
        _facts(
            (HIT_RATE.label, HIT_RATE.text(recent.hit_rate)), (REQUESTS.label, REQUESTS.text(recent.requests)),
            (EVICTIONS.label, EVICTIONS.text(recent.evictions)), ("", when),
        ),
        _facts(
            (MEMORY.label, f"{size(recent.used)} of {size(recent.limit)}, {share(recent.used, recent.limit)}"),
            _gauge(ITEMS, counters), _gauge(CONNECTIONS, counters),
        ),
    )  # fmt: skip


def _gauge(stat: Stat, counters: Counters) -> tuple[str, str]:
    return stat.label, stat.text(stat.gauge(counters) if stat.gauge else None)


def _facts(*facts: tuple[str, str]) -> Line:
    runs: list[Run] = []
    for name, value in facts:
        if value:
            runs += [Run("   " if runs else ""), Run(f"{name} " if name else "", "muted"), Run(value)]
    return tuple(runs)
