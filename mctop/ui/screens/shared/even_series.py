"""Windows of series: evenly spaced values, as trends want them, and series up to a moment."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.store.series.series_set import SeriesSet


Values = tuple[float | None, ...]


def over(series: SeriesSet | None, stat: str, seconds: int, server: str | None = None) -> Values:
    """One value a complete bucket over the last `seconds`, None where there is no row; empty without a series."""
    column = series.get(stat, server) if series else None
    if series is None or column is None or not column.times:
        return ()
    even: list[float | None] = [None] * max(1, round(seconds / series.bucket))
    start = series.until - len(even) * series.bucket
    for time, value in zip(column.times, column.values, strict=True):
        index = math.floor((time - start) / series.bucket)
        if 0 <= index < len(even):
            even[index] = value
    return tuple(even)


def added(first: Values, second: Values) -> Values:
    """Two windows added up; a gap in either is a gap."""
    return tuple(None if a is None or b is None else a + b for a, b in zip(first, second, strict=False))


def up_to(series: SeriesSet | None, end: float) -> SeriesSet | None:
    """The series as they were at `end`, epoch seconds: without the buckets that were not complete then."""
    if series is None or series.until <= end:
        return series
    return replace(series, end=min(series.end, end // series.bucket * series.bucket), closed=0)
