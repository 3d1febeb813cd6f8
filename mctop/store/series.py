"""Series grow: what to fetch next, and how an answer joins what is held."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from mctop.api.models.series import COARSER_BUCKETS, DAY, Series, SeriesAnswer, bucket_for
from mctop.store.seriesset import SeriesSet, Wanted

REREAD = 3
"""Buckets to read again: the last complete one held, and the two before it, which may have been completed late."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time to fetch, `start` <= time < `end`, epoch seconds; `start` is on a bucket's edge."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """What is wanted at server time `now`: the stats and the seconds, at the granularity the API gives them."""

    wanted: Wanted
    now: float
    finest: int

    @property
    def bucket(self) -> int:
        """Seconds of a bucket."""
        return bucket_for(self.wanted.seconds, finest=self.finest)

    @property
    def start(self) -> int:
        """The edge of the first bucket that lies wholly inside."""
        return -int(-(self.now - self.wanted.seconds) // self.bucket) * self.bucket

    @property
    def closed(self) -> int:
        """The end of the last bucket that is over."""
        return int(self.now // self.bucket) * self.bucket

    @property
    def shortest(self) -> int:
        """The shortest range, in whole buckets, for which the API gives this granularity."""
        finer = {bucket: longest for longest, bucket in ((DAY, self.finest), *COARSER_BUCKETS)}
        limits = sorted(longest for bucket, longest in finer.items() if bucket < self.bucket)
        return (limits[-1] if limits else 0) + self.bucket

    def includes(self, series: Series) -> bool:
        """Whether these are values of a wanted stat; no names are every stat of the endpoint."""
        return not self.wanted.names or series.stat in self.wanted.names

    def continues(self, held: SeriesSet) -> bool:
        """Whether what is held is of the same granularity, misses no stat, and reaches into the window."""
        return held.bucket == self.bucket and held.end > self.start and held.names >= self.wanted.names

    def lacks(self, held: SeriesSet | None) -> bool:
        """Whether more is missing than the newest buckets."""
        return held is None or not self.continues(held) or held.start > self.start


def spans_to_fetch(held: SeriesSet | None, window: Window) -> tuple[Span, ...]:
    """What is missing: the stretch before what is held, if any, and the newest buckets.

    It is the whole window where what is held does not continue into it. No span is so short that the API would answer
    it with finer buckets.
    """
    end = int(window.now)
    latest = (end - window.shortest) // window.bucket * window.bucket
    start = min(window.start, latest)
    if held is None or not window.continues(held):
        return (Span(start, end),)
    newest = min(int(held.end) - REREAD * window.bucket, latest)
    if newest <= start:
        return (Span(start, end),)
    if not window.lacks(held):
        return (Span(newest, end),)
    return Span(start, max(int(held.start), start + window.shortest)), Span(newest, end)


def merge(held: SeriesSet | None, answer: SeriesAnswer, span: Span, window: Window) -> SeriesSet:
    """Join the answer for a span to what is held, and drop what is older than the window.

    Inside the span the answer is the truth, its gaps included.
    """
    if held is not None and not window.continues(held):
        held = None
    new = {(one.stat, one.server): one for one in answer.series if window.includes(one)}
    old = {(one.stat, one.server): one for one in held.series if window.includes(one)} if held else {}
    joined = (_joined(one, old.get(key), new.get(key), span, window.start) for key, one in (old | new).items())
    series = tuple(one for one in joined if one.times)
    return SeriesSet(
        series=series,
        bucket=window.bucket,
        end=max((_last_edge(one, window) for one in series), default=0),
        start=max(window.start, min(span.start, held.start if held else span.start)),
        names=window.wanted.names,
        closed=window.closed,
    )


def _joined(one: Series, old: Series | None, new: Series | None, span: Span, start: int) -> Series:
    parts = (_cut(old, start, span.start), _cut(new, max(start, span.start), span.end), _cut(old, span.end))
    times, values = zip(*parts, strict=True)
    return one.model_copy(update={"times": sum(times, ()), "values": sum(values, ())})


def _cut(series: Series | None, start: int, end: int | None = None) -> tuple[tuple[int, ...], tuple[float | None, ...]]:
    if series is None:
        return (), ()
    first = bisect_left(series.times, start)
    last = len(series.times) if end is None else bisect_left(series.times, end)
    return series.times[first:last], series.values[first:last]


def _last_edge(series: Series, window: Window) -> int:
    complete = bisect_left(series.times, int(window.now) - window.bucket + 1)
    return series.times[complete - 1] + window.bucket if complete else 0
