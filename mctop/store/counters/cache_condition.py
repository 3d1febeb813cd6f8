"""The condition of a cache: its findings, worst first, by its counters alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

from mctop.store.base.health import UNREACHED, FailureKind, Freshness, Health, freshness
from mctop.store.base.marks import MarkKind
from mctop.store.counters.hit_rate_bands import FAIR_FROM, GOOD_FROM
from mctop.store.counters.live_rates import HISTORY, mean_hit_rate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mctop.api.models.stats import Counters
    from mctop.store.base.health import Failure
    from mctop.store.base.marks import Mark
    from mctop.store.counters.live_rates import LiveStats, Rates


RECENT = 60.0
"""Seconds that count as now: twelve samples of an opened cache, four of another."""
ENOUGH = 120.0
"""Seconds of history before them, twice as long as now, without which nothing can have changed."""
BUSY = 1.0
"""Per second: of less traffic, or fewer evictions, nothing is concluded; now is then fewer than 60 of them."""
DROP = 10.0
"""Percentage points by which a hit rate must fall to have fallen: a third of the band between fair and good, so that
the noise of a minute with few lookups is none. No measurement chose it."""
RISE = 2.0
"""Times the evictions before at which they have risen. A rule of thumb that no measurement chose."""
GONE = 0.05
"""The part of the requests before below which the traffic is gone: no daily rhythm takes 95 % away within minutes."""
FULL = 95.0
"""Percentage of the limit from which the memory is full: memcached evicts per slab class, before all of it is used."""
FAULTY = frozenset({FailureKind.SERVER_FAULT, FailureKind.BAD_ANSWER, FailureKind.RATE_LIMITED})


class Severity(Enum):
    """The weight of a finding."""

    BAD = "bad"
    FAIR = "fair"


class Reason(IntEnum):
    """The reasons of findings, worst first."""

    UNUSABLE = 0
    """It cannot be polled: no password, a bad URL."""
    OFFLINE = 1
    REFUSED = 2
    FAULTY = 3
    STALE = 4
    TRAFFIC_GONE = 5
    HIT_RATE_POOR = 6
    HIT_RATE_FELL = 7
    EVICTIONS_ROSE = 8
    FLUSHED = 9
    RESTARTED = 10
    AFRESH = 11
    """The counters began again: a restart, or a reset."""
    HIT_RATE_FAIR = 12
    MEMORY_FULL = 13

    @property
    def severity(self) -> Severity:
        """BAD down to a poor hit rate, FAIR below that."""
        return Severity.BAD if self <= Reason.HIT_RATE_POOR else Severity.FAIR


EMPTYING = {
    MarkKind.FLUSH: Reason.FLUSHED, MarkKind.RESTART: Reason.RESTARTED, MarkKind.AFRESH: Reason.AFRESH,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    `value` is percent of the hit rate or of the memory, times the evictions rose, requests per second, or seconds ago;
    `fell` is percentage points of the hit rate; `words` are the server's, the configuration's or a mark's, raw and
    untrusted.
    """

    reason: Reason
    value: float | None = None
    fell: float | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class CacheNow:
    """The state of one cache as one line of a list needs it; `problem` says why it cannot be polled at all."""

    name: str
    label: str
    health: Health
    live: LiveStats | None = None
    problem: str | None = None
    marks: tuple[Mark, ...] = ()


def findings(cache: CacheNow, now: float) -> tuple[Finding, ...]:
    """The findings on a cache at monotonic time `now`, worst first; old numbers prove nothing."""
    reached = _reached(cache, now)
    if reached is not None:
        return (reached,)
    live = cache.live
    if live is None or not live.history:
        return ()
    return tuple(sorted(_judged(live, cache.marks), key=lambda finding: finding.reason))


def worst_first(caches: Iterable[CacheNow], now: float) -> tuple[tuple[CacheNow, tuple[Finding, ...]], ...]:
    """Caches with the findings on them at monotonic time `now`, in an order that does not flutter."""
    judged = [(cache, findings(cache, now)) for cache in caches]
    return tuple(sorted(judged, key=_rank))


def _rank(judged: tuple[CacheNow, tuple[Finding, ...]]) -> tuple[object, ...]:
    cache, cache_findings = judged
    if not cache_findings:
        return (len(Reason), 0.0, 0, cache.label, cache.name)
    worst = cache_findings[0]
    return (worst.reason, _badness(worst), -len(cache_findings), cache.label, cache.name)


def _badness(finding: Finding) -> float:
    """Less is worse, among findings of one reason; in steps, so that noise changes no order."""
    match finding.reason:
        case Reason.HIT_RATE_POOR | Reason.HIT_RATE_FELL | Reason.HIT_RATE_FAIR:
            return (finding.value or 0.0) // 5
        case Reason.EVICTIONS_ROSE | Reason.MEMORY_FULL:
            return -((finding.value or 0.0) // 5)
        case _:
            return 0.0


def _reached(cache: CacheNow, now: float) -> Finding | None:
    """Why there are no numbers of now, if so."""
    if cache.problem is not None:
        return Finding(Reason.UNUSABLE, words=cache.problem)
    health = cache.health
    old = None if health.last_good is None else max(0.0, now - health.last_good)
    match freshness(health, now):
        case Freshness.STALE | Freshness.REFUSED if health.failure is not None:
            return Finding(_failed(health.failure), old, words=health.failure.message)
        case Freshness.STALE:
            return Finding(Reason.STALE, old)
        case _:
            return None


def _failed(failure: Failure) -> Reason:
    if failure.kind in UNREACHED:
        return Reason.OFFLINE
    return Reason.FAULTY if failure.kind in FAULTY else Reason.REFUSED


def _judged(live: LiveStats, marks: tuple[Mark, ...]) -> Iterator[Finding]:
    recent = recently(live.history)
    before = live.history[: len(live.history) - len(recent)]
    if sum(rates.window for rates in before) < ENOUGH:
        before = ()
    yield from _hit_rate(recent, before)
    yield from _changes(recent, before)
    yield from _emptied(live, marks)
    used = memory_used(live.counters)
    if used is not None and used >= FULL:
        yield Finding(Reason.MEMORY_FULL, used)


def _hit_rate(recent: tuple[Rates, ...], before: tuple[Rates, ...]) -> Iterator[Finding]:
    rate = hit_rate(recent)
    if rate is None:
        return
    usual = hit_rate(before)
    fell = usual - rate if usual is not None and usual - rate >= DROP else None
    if rate < FAIR_FROM:
        yield Finding(Reason.HIT_RATE_POOR, rate, fell)
    elif fell is not None:
        yield Finding(Reason.HIT_RATE_FELL, rate, fell)
    elif rate < GOOD_FROM:
        yield Finding(Reason.HIT_RATE_FAIR, rate)


def _changes(recent: tuple[Rates, ...], before: tuple[Rates, ...]) -> Iterator[Finding]:
    requests, usual = mean(recent, lambda rates: rates.requests), mean(before, lambda rates: rates.requests)
    if usual is not None and usual >= BUSY and requests is not None and requests < GONE * usual:
        yield Finding(Reason.TRAFFIC_GONE, requests)
    evictions, usual = mean(recent, lambda rates: rates.evictions), mean(before, lambda rates: rates.evictions)
    if usual is not None and evictions is not None and evictions >= max(BUSY, RISE * usual):
        yield Finding(Reason.EVICTIONS_ROSE, evictions / usual if usual else None)


def _emptied(live: LiveStats, marks: tuple[Mark, ...]) -> Iterator[Finding]:
    """The last flush or restart, for as long as the history shows what came of it; a reset empties nothing."""
    last = next((mark for mark in reversed(marks) if mark.kind in EMPTYING), None)
    if last is not None and (ago := max(0.0, live.counters.time - last.time)) <= HISTORY:
        yield Finding(EMPTYING[last.kind], ago, words=last.note)


def recently(history: tuple[Rates, ...]) -> tuple[Rates, ...]:
    """The rates that count as now."""
    return tuple(rates for rates in history if rates.time > history[-1].time - RECENT)


def hit_rate(history: tuple[Rates, ...]) -> float | None:
    """The hit rate, percent, over some rates; None where there were too few lookups to tell."""
    lookups = mean(history, lambda rates: rates.lookups)
    if lookups is None or lookups < BUSY:
        return None
    rate = mean_hit_rate(history)
    return None if rate is None else 100 * rate


def memory_used(counters: Counters) -> float | None:
    """The memory in use as a percentage of its limit; None where either is not told."""
    return (
        100 * counters.bytes / counters.limit_maxbytes
        if counters.bytes is not None and counters.limit_maxbytes
        else None
    )


def mean(history: tuple[Rates, ...], of: Callable[[Rates], float | None]) -> float | None:
    """The mean per second over those of some rates that tell it; None over none."""
    told = [(value, rates.window) for rates in history if (value := of(rates)) is not None]
    seconds = sum(window for _, window in told)
    return sum(value * window for value, window in told) / seconds if seconds else None
