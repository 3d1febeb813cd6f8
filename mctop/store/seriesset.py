"""The series of one endpoint, over one window."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.api.models.series import Series

LATE = 3
"""Complete buckets that may still lack a value before the newest one held is too old to call the last."""


@dataclass(frozen=True, slots=True)
class SeriesSet:
    """Series that share one granularity, `bucket` seconds; `end` (epoch seconds) closes the last complete bucket.

    A bucket at or after `end` may be partial. `names` were asked for, from `start` on, whether or not they came.
    """

    series: tuple[Series, ...] = ()
    bucket: int = 60
    end: float = 0
    start: float = 0
    names: frozenset[str] = frozenset()

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
        last = bisect_left(series.times, self.end)
        first = bisect_left(series.times, self.end - LATE * self.bucket)
        return next((value for value in reversed(series.values[first:last]) if value is not None), None)

    def before(self, stat: str, server: str | None = None, seconds: float = 3600) -> float | None:
        """The value of the bucket `seconds` before the last complete one, or None where there is a gap."""
        series = self.get(stat, server)
        return None if series is None else value_at(series, self.end - self.bucket - seconds, self.bucket)

    def mean(self, stat: str, server: str | None = None, *, seconds: float, ago: float = 0) -> float | None:
        """The mean over `seconds` that end `ago` seconds before the last complete bucket does; None without values."""
        series = self.get(stat, server)
        return None if series is None else mean(series, self.end - ago - seconds, self.end - ago)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a screen needs of a series endpoint: stats, and how many seconds back."""

    names: frozenset[str] = frozenset()
    seconds: int = 0


def value_at(series: Series, time: float, bucket: int) -> float | None:
    """The value of the bucket that holds `time`, epoch seconds; None in a gap."""
    index = bisect_right(series.times, time) - 1
    if index < 0 or series.times[index] + bucket <= time:
        return None
    return series.values[index]


def mean(series: Series, start: float, end: float) -> float | None:
    """The mean of the buckets that begin in `start` <= time < `end`, gaps aside; None if there is nothing else."""
    first, last = bisect_left(series.times, start), bisect_left(series.times, end)
    values = [value for value in series.values[first:last] if value is not None]
    return sum(values) / len(values) if values else None
