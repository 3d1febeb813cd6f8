"""Windows of series as evenly spaced values, as trends want them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.store.series.series_set import SeriesSet


Values = tuple[float | None, ...]


def over(found: SeriesSet | None, stat: str, seconds: int, server: str | None = None) -> Values:
    """One value a complete bucket over the last `seconds`, None where there is no row; empty without a series."""
    series = found.get(stat, server) if found else None
    if found is None or series is None or not series.times:
        return ()
    even: list[float | None] = [None] * max(1, round(seconds / found.bucket))
    start = found.until - len(even) * found.bucket
    for time, value in zip(series.times, series.values, strict=True):
        index = math.floor((time - start) / found.bucket)
        if 0 <= index < len(even):
            even[index] = value
    return tuple(even)


def added(first: Values, second: Values) -> Values:
    """Two windows added up; a gap in either is a gap."""
    return tuple(None if a is None or b is None else a + b for a, b in zip(first, second, strict=False))
