"""Flushes that the series tell of: those that came before anyone watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.marks import Mark, MarkKind

if TYPE_CHECKING:
    from mctop.api.models.series import Series
    from mctop.store.seriesset import SeriesSet

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
