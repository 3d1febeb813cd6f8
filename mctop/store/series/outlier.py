"""Percentiles of a series, and the server that stands out from the others."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mctop.api.models.series import Series
    from mctop.store.series.ratio_scale import RatioScale
    from mctop.store.series.series_set import SeriesSet

    Distance = Callable[[float, float], float]
    Row = tuple[int, tuple[float | None, ...]]


@dataclass(frozen=True, slots=True)
class Percentiles:
    """The median, the value that 95 % of all are not above, and the greatest, in the unit of the series."""

    p50: float
    p95: float
    greatest: float


def spread(series: Series | None, start: float, end: float) -> Percentiles | None:
    """The percentiles of the values from `start` to before `end` (epoch seconds), gaps aside; None without values."""
    if series is None:
        return None
    first, last = bisect_left(series.times, start), bisect_left(series.times, end)
    values = sorted(value for value in series.values[first:last] if value is not None)
    return Percentiles(_nearest(values, 0.5), _nearest(values, 0.95), values[-1]) if values else None


def _nearest(values: list[float], part: float) -> float:
    """The smallest of the sorted values that at least this part of them does not exceed."""
    return values[max(0, math.ceil(part * len(values)) - 1)]


RECENT = 300
"""Seconds for most of which a server must be worse: one bad bucket makes no outlier."""
FEWEST = 3
"""Buckets that it must be judged by, at least: the median of fewer would be the word of one."""
TIMES = 2.0
"""Times the median latency or requests of the others from which a server is an outlier: No measurement
chose it."""
NOTICEABLE = 200_000.0
"""Nanoseconds above that median below which no one would notice: 0.2 ms, a small part of a request in a data centre."""
BUSY = 10.0
"""Requests per second above that median below which the difference does not matter."""
POINTS = 10.0
"""Percentage points below the median hit rate of the others from which a server is an outlier: as far as it must fall
to have fallen."""


@dataclass(frozen=True, slots=True)
class Outlier:
    """A server far from the median of the others.

    `by` is times that median for latency and requests, and percentage points below it for the hit rate. `since` is
    epoch seconds, None where it has been so for as long as the series tell.
    """

    server: str
    by: float
    since: int | None


def slowest(latency: SeriesSet | None) -> Outlier | None:
    """The server whose latency is many times that of the others, if one is."""
    return _outlier(latency, "duration", _times(NOTICEABLE), TIMES)


def busiest(per_server: SeriesSet | None) -> Outlier | None:
    """The server that has many times the requests of the others, if one has."""
    return _outlier(per_server, "request_rate", _times(BUSY), TIMES)


def missing(per_server: SeriesSet | None, scale: RatioScale) -> Outlier | None:
    """The server whose hit rate is far below that of the others, if one is; None while the scale is not known."""
    factor = scale.value
    if factor is None:
        return None
    return _outlier(per_server, "hit_rate", lambda value, middle: (middle - value) * factor, POINTS)


def _times(least: float) -> Distance:
    """The distance in times the median; 0 where it is not so much above it that it matters."""
    return lambda value, middle: value / middle if middle > 0 and value - middle >= least else 0.0


def _outlier(series_set: SeriesSet | None, stat: str, distance: Distance, far: float) -> Outlier | None:
    if series_set is None:
        return None
    columns = [series for series in series_set.series if series.stat == stat and series.server is not None]
    if len(columns) < 2:
        return None
    recent = max(RECENT, FEWEST * series_set.bucket)
    rows = list(_rows(columns, series_set.end, series_set.end - recent))
    worst = max(
        ((by, index) for index in range(len(columns)) if (by := _typical(rows, index, distance)) >= far), default=None
    )
    if worst is None:
        return None
    by, index = worst
    return Outlier(str(columns[index].server), by, _since(_rows(columns, series_set.end), index, distance, far, recent))


def _typical(rows: list[Row], index: int, distance: Distance) -> float:
    """The median distance of one server from the others over the rows; 0 where fewer than FEWEST have one."""
    distances = [by for _, values in rows if (by := _far(values, index, distance)) is not None]
    return median(distances) if len(distances) >= FEWEST else 0.0


def _since(rows: Iterator[Row], index: int, distance: Distance, far: float, pause: int) -> int | None:
    """The first bucket of the run that lasts until now; so long a `pause`, in seconds, would have ended it."""
    since = 0
    for time, values in rows:
        by = _far(values, index, distance)
        if by is not None and by >= far:
            since = time
        elif since and since - time > pause:
            return since
    return None


def _far(values: tuple[float | None, ...], index: int, distance: Distance) -> float | None:
    value = values[index]
    others = sorted(other for place, other in enumerate(values) if other is not None and place != index)
    if value is None or not others:
        return None
    half = len(others) // 2
    return distance(value, others[half] if len(others) % 2 else (others[half - 1] + others[half]) / 2)


def _rows(columns: list[Series], end: float, start: float = 0) -> Iterator[Row]:
    """The complete buckets of all servers side by side, the newest first."""
    times = max((series.times for series in columns), key=len)
    for index in reversed(range(bisect_left(times, start), bisect_left(times, end))):
        time = times[index]
        yield time, tuple(_at(series, time, index) for series in columns)


def _at(series: Series, time: int, index: int) -> float | None:
    """The value at a time, which is at this index where no bucket is missing."""
    times = series.times
    if index >= len(times) or times[index] != time:
        index = bisect_left(times, time)
        if index == len(times) or times[index] != time:
            return None
    return series.values[index]
