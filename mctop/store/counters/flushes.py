"""Flushes: those that the series show, and the return of the hit rate after one."""

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
"""Seconds over which the hit rate of now is measured."""
ENOUGH = 0.9
"""The part of the hit rate before at which it has come back."""
LATELY = 3_600.0
"""Seconds after a flush for which its recovery is told."""


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


def recovery_after(told: Recovery | None, live: LiveStats, flushed: LiveStats | None) -> Recovery | None:
    """Take in the next sample; `flushed` is the one before it if there was a flush between them."""
    return continued(told, live) if flushed is None else begun(told, flushed, live.counters.time)


TELLING = ("flush_rate", "flush_fraction")
"""The series that are above zero in a bucket with a flush; either will do."""
COARSEST = 60
"""Seconds of the coarsest bucket that says closely enough when it was."""
LATE = 60
"""Seconds after the bucket within which the counters may have shown the same flush."""
MOST = 20
"""Flushes to mark, the newest: a cache that is flushed all the time must not push out every other mark."""


def tells_flushes(found: SeriesSet) -> bool:
    """Whether a flush would be seen in it."""
    return _telling(found) is not None


def past_flushes(found: SeriesSet, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """A mark at the beginning of each complete bucket with a flush that is not marked yet, oldest first."""
    series = _telling(found)
    if series is None:
        return ()
    flushed = [time for time, value in zip(series.times, series.values, strict=True) if value and time < found.end]
    known = [mark.time for mark in marks if mark.kind is MarkKind.FLUSH]
    return tuple(
        Mark(time, MarkKind.FLUSH)
        for time in flushed[-MOST:]
        if not any(time <= other <= time + found.bucket + LATE for other in known)
    )


def _telling(found: SeriesSet) -> Series | None:
    if found.bucket > COARSEST:
        return None
    return next((one for stat in TELLING if (one := found.get(stat)) is not None), None)
