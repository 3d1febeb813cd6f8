"""The series of one endpoint, over one window."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.api.models.series import Series


FINEST, FINEST_LATENCY = 60, 20
"""Seconds of the finest bucket of stats, and of latency: those of the API."""
LATE = 3
"""Complete buckets that may still lack a value before the newest one that has one is too old to call the last."""


@dataclass(frozen=True, slots=True)
class PastMean:
    """A mean over a stretch of the past, and for how many seconds of it there are values."""

    value: float
    seconds: float


@dataclass(frozen=True, slots=True)
class SeriesSet:
    """Series that share one granularity, `bucket` seconds; `end` (epoch seconds) closes the last complete bucket.

    A bucket at or after `end` may be partial. `names` were asked for, from `start` on, whether or not they came.
    `closed` is the end of the last bucket that was over on the server's clock when the newest answer came.
    """

    series: tuple[Series, ...] = ()
    bucket: int = FINEST
    end: float = 0
    start: float = 0
    names: frozenset[str] = frozenset()
    closed: float = 0

    @property
    def until(self) -> float:
        """The place of "now" on the time axis: `end`, unless the newest bucket is too old for that."""
        return max(self.end, self.closed - LATE * self.bucket)

    def as_of(self, earlier: SeriesSet) -> SeriesSet:
        """These as they were when `earlier` was new: `earlier` itself, unless another window or stats are asked for."""
        if (self.bucket, self.names) == (earlier.bucket, earlier.names) and earlier.start <= self.start < earlier.end:
            return earlier
        return replace(
            self, series=tuple(_before(series, earlier.end) for series in self.series), end=min(self.end, earlier.end)
        )

    def get(self, stat: str, server: str | None = None) -> Series | None:
        """The series of one stat, or None."""
        for series in self.series:
            if series.stat == stat and series.server == server:
                return series
        return None

    def servers(self) -> tuple[str, ...]:
        """The servers there are series of, sorted."""
        return tuple(sorted({s.server for s in self.series if s.server is not None}))

    def latest(self, stat: str, server: str | None = None) -> float | None:
        """The value of the last complete bucket, or of one of the two before it where the API is late."""
        series = self.get(stat, server)
        if series is None:
            return None
        last = bisect_left(series.times, self.until)
        first = bisect_left(series.times, self.until - LATE * self.bucket)
        return next((value for value in reversed(series.values[first:last]) if value is not None), None)

    def reach(self, stat: str, server: str | None = None) -> float:
        """Seconds from the first value to `until`; 0 without one."""
        series = self.get(stat, server)
        pairs = zip(series.times, series.values, strict=True) if series else ()
        return next((max(0.0, self.until - time) for time, value in pairs if value is not None), 0.0)

    def mean(self, stat: str, server: str | None = None, *, seconds: float) -> PastMean | None:
        """The mean over the `seconds` before `until`, gaps aside; None without values."""
        series = self.get(stat, server)
        if series is None:
            return None
        first, last = bisect_left(series.times, self.until - seconds), bisect_left(series.times, self.until)
        values = [value for value in series.values[first:last] if value is not None]
        return PastMean(sum(values) / len(values), len(values) * self.bucket) if values else None


def _before(series: Series, end: float) -> Series:
    last = bisect_left(series.times, end)
    return series.model_copy(update={"times": series.times[:last], "values": series.values[:last]})


@dataclass(frozen=True, slots=True)
class Wanted:
    """The stats that a screen needs of a series endpoint, and how many seconds up to `end`, the present if None."""

    names: frozenset[str] = frozenset()
    seconds: int = 0
    end: float | None = None


Shelf = dict[tuple[int, str], tuple[SeriesSet, ...]]
"""All that was read of one endpoint: by bucket and stat, stretches that lie apart, the newest read first."""
