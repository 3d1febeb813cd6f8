"""The findings about a cache, and its state, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.base.health import Freshness, freshness
from mctop.store.counters.cache_condition import CacheNow, Finding, Reason, Severity
from mctop.ui.words.badge import FAIR, LIVE, OFFLINE, POOR, REFUSED, STALE, WAITING, Badge
from mctop.ui.words.format import duration, percent
from mctop.ui.words.freshness_text import BY_ITSELF, SELDOM, explain
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from mctop.ui.words.badge import Tone


UNUSABLE = Badge(REFUSED.glyph, "unusable", "poor")
FAULTY = Badge(REFUSED.glyph, "failing", "poor")
STATES = {
    Reason.UNUSABLE: UNUSABLE, Reason.OFFLINE: OFFLINE, Reason.REFUSED: REFUSED, Reason.FAULTY: FAULTY,
    Reason.STALE: STALE,
}  # fmt: skip
LEVELS = {Severity.BAD: POOR, Severity.FAIR: FAIR}
WORDS = 200
"""Characters of the server's words that are shown, at most."""


def state(cache: CacheNow, findings: tuple[Finding, ...], now: float) -> Badge:
    """How far one can see the cache at monotonic time `now`."""
    if findings and findings[0].reason in STATES:
        return STATES[findings[0].reason]
    waiting = freshness(cache.health, now) is Freshness.WAITING
    return WAITING if waiting else LIVE


def tone(findings: tuple[Finding, ...]) -> Tone:
    """The colour of the worst finding."""
    return LEVELS[findings[0].reason.severity].tone if findings else "good"


def verdict(cache: CacheNow, findings: tuple[Finding, ...]) -> str:
    """Everything that is wrong, worst first, in one line; "" where nothing is known to be."""
    if not findings:
        return ""
    words = " · ".join(phrase(cache, finding) for finding in findings)
    return f"{LEVELS[findings[0].reason.severity].glyph} {words}"


def phrase(cache: CacheNow, finding: Finding) -> str:
    """One finding in a few words."""
    value = finding.value
    match finding.reason:
        case Reason.UNUSABLE:
            return clean(finding.words, WORDS)
        case Reason.OFFLINE | Reason.REFUSED | Reason.FAULTY:
            what = explain(cache.health.failure).what if cache.health.failure else "no answer"
            return what if value is None else f"{what} for {duration(value)}"
        case Reason.RESTARTED:
            return f"{clean(finding.words, WORDS) or 'restarted'} {duration(value)} ago"
        case Reason.EVICTIONS_ROSE:
            return "evictions began" if value is None else f"evictions {_times(value)} the usual"
        case Reason.HIT_RATE_POOR | Reason.HIT_RATE_FELL:
            fell = "" if finding.fell is None else f", down {finding.fell:.0f} pt"
            return f"hit rate {percent(value)}{fell}"
        case reason:
            return _NUMBERED[reason].format(percent=percent(value), ago=duration(value))


def advice(cache: CacheNow, finding: Finding) -> str:
    """What to do about a finding, or where to look."""
    failure = cache.health.failure
    if finding.reason in (Reason.OFFLINE, Reason.REFUSED, Reason.FAULTY) and failure is not None:
        return explain(failure).todo
    return _ADVICE[finding.reason]


def _times(value: float) -> str:
    return f"{value:.1f}×" if value < 9.95 else f"{value:.0f}×" if value < 999.5 else ">999×"


_NUMBERED = {
    Reason.STALE: "no sample for {ago}",
    Reason.TRAFFIC_GONE: "requests stopped",
    Reason.HIT_RATE_FAIR: "hit rate {percent}",
    Reason.FLUSHED: "flushed {ago} ago",
    Reason.AFRESH: "counters began again {ago} ago",
    Reason.MEMORY_FULL: "memory {percent} full",
}
_ADVICE = {
    Reason.UNUSABLE: "put the configuration right, then r tries again",
    Reason.OFFLINE: BY_ITSELF,
    Reason.REFUSED: SELDOM,
    Reason.FAULTY: BY_ITSELF,
    Reason.STALE: BY_ITSELF,
    Reason.TRAFFIC_GONE: "can its clients still reach it?",
    Reason.HIT_RATE_POOR: "Keys: which are missed most",
    Reason.HIT_RATE_FAIR: "Keys: which are missed most",
    Reason.HIT_RATE_FELL: "Keys: which are missed most · Charts: since when",
    Reason.EVICTIONS_ROSE: "Charts: memory and evictions · Prefixes: which grew",
    Reason.FLUSHED: "it fills again; the hit rate follows",
    Reason.RESTARTED: "it fills again; the hit rate follows",
    Reason.AFRESH: "a restart, which lost its items, or a reset: the API does not tell",
    Reason.MEMORY_FULL: "Prefixes: which takes the room",
}
