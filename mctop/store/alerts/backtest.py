"""A back-test of an alert: the value it looks at, bucket by bucket, and the stretches beyond its threshold."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.store.base.window import DAY
from mctop.store.series.ratio_scale import FRACTIONS, RatioScale
from mctop.store.series.series_set import Wanted

if TYPE_CHECKING:
    from mctop.store.series.series_set import SeriesSet


HIT_RATE, MEMORY_USAGE = "hit_rate", "memory_usage"
"""The types of alert: one fires below its threshold, the other above."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Percentages 0-100 of buckets from `start` to before `end` (epoch s); `times` rise, None is a gap."""

    start: float
    end: float
    bucket: int
    times: tuple[int, ...] = ()
    values: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time, `start` <= time < `end`, epoch seconds."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class BackTest:
    """The stretches over which an alert would have fired; `covered` seconds have values, `uncovered` seconds none."""

    stretches: tuple[Stretch, ...] = ()
    covered: float = 0
    uncovered: float = 0

    @property
    def total(self) -> float:
        """Seconds of all stretches together."""
        return sum(stretch.seconds for stretch in self.stretches)

    @property
    def longest(self) -> float:
        """Seconds of the longest stretch, 0 where there is none."""
        return max((stretch.seconds for stretch in self.stretches), default=0)


def wanted(trigger_type: str, scale: RatioScale) -> Wanted:
    """The series of the cache to ask for: the last day, and those that tell the scale of ratios while that is open."""
    if trigger_type == HIT_RATE:
        names = frozenset({"hit_rate"}) | (FRACTIONS if scale is RatioScale.UNKNOWN else frozenset())
        return Wanted(names, DAY)
    return Wanted(frozenset({"bytes", "max_bytes"}), DAY) if trigger_type == MEMORY_USAGE else Wanted()


def levels(series: SeriesSet | None, trigger_type: str, scale: RatioScale) -> Levels | None:
    """The values that an alert of this type looked at over the last day; None while that cannot be told.

    A bucket that is not over yet is left out; minutes of no traffic, or of a cache without a limit, are gaps.
    """
    names = wanted(trigger_type, RatioScale.FRACTION).names
    if series is None or not names or not names <= series.names:
        return None
    if trigger_type == HIT_RATE and scale.value is None:
        return None
    values = _hit_rates(series, scale.value or 1.0) if trigger_type == HIT_RATE else _memory_usages(series)
    start = series.until - DAY
    if start < series.start <= start + series.bucket:  # what is read begins with the first whole bucket
        start = series.start
    times = [time for time in sorted(values) if start <= time and time + series.bucket <= series.until]
    return Levels(start, series.until, series.bucket, tuple(times), tuple(values[time] for time in times))


def backtest(over: Levels, trigger_type: str, threshold: float) -> BackTest:
    """Judge every bucket: `hit_rate` fires below the threshold, `memory_usage` above it, and a gap not at all."""
    stretches: list[Stretch] = []
    covered = 0
    for time, value in zip(over.times, over.values, strict=True):
        if value is None:
            continue
        covered += over.bucket
        if not (value < threshold if trigger_type == HIT_RATE else value > threshold):
            continue
        joins = bool(stretches) and stretches[-1].end == time
        start = stretches.pop().start if joins else time
        stretches.append(Stretch(start, time + over.bucket))
    return BackTest(tuple(stretches), covered, max(0.0, over.end - over.start - covered))


def firing(over: Levels, fired: BackTest) -> tuple[float | None, ...]:
    """The values within the stretches, and gaps elsewhere: what a chart draws over the line of all values."""
    starts = [stretch.start for stretch in fired.stretches]
    return tuple(
        value if (index := bisect_left(starts, time + 1)) and time < fired.stretches[index - 1].end else None
        for time, value in zip(over.times, over.values, strict=True)
    )


def _hit_rates(series_set: SeriesSet, factor: float) -> dict[int, float | None]:
    rates = series_set.get("hit_rate")
    pairs = zip(rates.times, rates.values, strict=True) if rates else ()
    return {time: None if value is None else value * factor for time, value in pairs}


def _memory_usages(series_set: SeriesSet) -> dict[int, float | None]:
    used, limit = series_set.get("bytes"), series_set.get("max_bytes")
    if used is None or limit is None:
        return {}
    limits = dict(zip(limit.times, limit.values, strict=True))
    usages: dict[int, float | None] = {}
    for time, value in zip(used.times, used.values, strict=True):
        most = limits.get(time)
        usages[time] = None if value is None or most is None or most <= 0 else 100 * value / most
    return usages
