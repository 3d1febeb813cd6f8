"""Flushes: those in the series, and the return of the hit rate after one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mctop.store.base.marks import Mark, MarkKind
from mctop.store.counters.live_rates import recent_hit_rate

if TYPE_CHECKING:
    from mctop.api.models.series import Series
    from mctop.store.counters.live_rates import LiveStats
    from mctop.store.series.series_set import SeriesSet


BEFORE = 300.0
"""Seconds before the flush over which the hit rate to come back to is measured."""
SMOOTHED = 15.0
"""Seconds over which the hit rate of now is measured: three samples, so that one alone makes no recovery."""
ENOUGH = 0.9
"""The part of the hit rate before at which it has come back: a cache seldom gets back to exactly what it was."""
LATELY = 3_600.0
"""Seconds after a flush for which its recovery is shown."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """The hit rate, 0-1, `before` a flush and `now`, None without traffic since.

    `flushed` is when the flush was seen, `time` the newest sample, epoch seconds on the server's clock. `took` is how
    many seconds after the flush 90 % of the hit rate before was reached again, None while it was not. Some seconds may
    pass until the counters show that it `fell` below that; it may never.
    """

    flushed: float
    before: float
    time: float
    now: float | None = None
    took: float | None = None
    fell: bool = False

    @property
    def elapsed(self) -> float:
        """Seconds since the flush."""
        return self.time - self.flushed


def begun(recovering: Recovery | None, before: LiveStats, flushed: float) -> Recovery | None:
    """Begin at a flush, seen at `flushed` after the sample `before`; None if there was nothing to lose.

    What another flush interrupted is still what the hit rate has to come back to.
    """
    interrupted = recovering is not None and recovering.fell and recovering.took is None
    rate = recovering.before if recovering and interrupted else recent_hit_rate(before.history, BEFORE)
    return Recovery(flushed, rate, flushed) if rate else None


def continued(recovering: Recovery | None, live: LiveStats) -> Recovery | None:
    """Take in the next sample; None once the flush is long ago."""
    time = live.counters.time
    if recovering is None or not 0 <= time - recovering.flushed <= LATELY:
        return None
    since = tuple(rates for rates in live.history if rates.time > recovering.flushed)
    now = recent_hit_rate(since, SMOOTHED)
    took, fell = recovering.took, recovering.fell
    if now is not None and now < ENOUGH * recovering.before:
        fell = True
    elif fell and took is None and now is not None:
        took = time - recovering.flushed
    return replace(recovering, time=time, now=now, took=took, fell=fell)


def recovery_after(recovering: Recovery | None, live: LiveStats, flushed: LiveStats | None) -> Recovery | None:
    """Take in the next sample; `flushed` is the one before it if there was a flush between them."""
    return continued(recovering, live) if flushed is None else begun(recovering, flushed, live.counters.time)


FLUSH_STATS = ("flush_rate", "flush_fraction")
"""Stats whose series are above zero in a bucket with a flush; either will do."""
COARSEST = 60
"""Seconds of the coarsest bucket that places a flush closely enough for a mark: the finest the API gives."""
LATE = 60
"""Seconds after the bucket within which the counters may have shown the same flush."""
MOST = 20
"""Flushes to mark, the newest: a cache that is flushed all the time must not push out every other mark."""


def tells_flushes(series_set: SeriesSet) -> bool:
    """Whether a flush would show in one of the series, which they tell something of."""
    series = _flush_series(series_set)
    return series is not None and any(value is not None for value in series.values)


def past_flushes(series_set: SeriesSet, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """A mark at the beginning of each complete bucket with a flush that is not marked yet, oldest first."""
    series = _flush_series(series_set)
    if series is None:
        return ()
    flushed = [time for time, value in zip(series.times, series.values, strict=True) if value and time < series_set.end]
    marked = [mark.time for mark in marks if mark.kind is MarkKind.FLUSH]
    return tuple(
        Mark(time, MarkKind.FLUSH)
        for time in flushed[-MOST:]
        if not any(time <= other <= time + series_set.bucket + LATE for other in marked)
    )


def _flush_series(series_set: SeriesSet) -> Series | None:
    if series_set.bucket > COARSEST:
        return None
    return next((series for stat in FLUSH_STATS if (series := series_set.get(stat)) is not None), None)
