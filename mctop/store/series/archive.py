"""All that was read of one series endpoint, so that nothing is read twice: what to ask next, and joining answers."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mctop.api.models.series import COARSER_BUCKETS, DAY, Series, SeriesAnswer, bucket_for
from mctop.store.series.series_set import SeriesSet, Wanted

if TYPE_CHECKING:
    from mctop.store.series.series_set import Shelf


Part = tuple[tuple[int, ...], tuple[float | None, ...]]

REREAD = 3
"""Buckets to read again: the last complete one held, and the two before it, which may have been completed late."""


@dataclass(frozen=True, slots=True)
class FetchSpan:
    """A stretch of time to fetch, `start` <= time < `end`, epoch seconds; `start` is on a bucket's edge."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SeriesWindow:
    """What is wanted at server time `now`: the stats and the seconds, at the granularity the API gives them."""

    wanted: Wanted
    now: float
    finest: int

    @property
    def bucket(self) -> int:
        """Seconds of a bucket."""
        return bucket_for(self.wanted.seconds, finest=self.finest)

    @property
    def past(self) -> bool:
        """Whether it ends before the present."""
        return self.wanted.end is not None and self.until < self.now

    @property
    def until(self) -> float:
        """Where it ends: with the present, or with the bucket in which the wanted end lies."""
        end = self.wanted.end
        return self.now if end is None else min(self.now, -(-end // self.bucket) * self.bucket)

    @property
    def start(self) -> int:
        """The edge of the first bucket that lies wholly inside."""
        return -int(-(self.until - self.wanted.seconds) // self.bucket) * self.bucket

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

    def continues(self, held: SeriesSet) -> bool:
        """Whether what is held has the same granularity and reaches into the window, or to its end."""
        return held.bucket == self.bucket and held.end > self.start and held.start <= self.until

    def lacks(self, held: SeriesSet | None) -> bool:
        """Whether more is missing than the newest buckets."""
        if held is None or not self.continues(held) or held.start > self.start:
            return True
        return self.past and held.end < self.until


def spans_to_fetch(held: SeriesSet | None, window: SeriesWindow) -> tuple[FetchSpan, ...]:
    """What is missing: the stretch before what is held, if any, and the newest buckets, unless all are over and held.

    It is the whole window where what is held does not continue into it. No span is so short that the API would answer
    it with finer buckets.
    """
    end = int(window.until)
    latest = (end - window.shortest) // window.bucket * window.bucket
    start = min(window.start, latest)
    if held is None or not window.continues(held):
        return (FetchSpan(start, end),)
    older = (FetchSpan(start, max(int(held.start), start + window.shortest)),) if held.start > window.start else ()
    if window.past and held.end >= window.until:
        return older
    newest = min(int(held.end) - REREAD * window.bucket, latest)
    if newest <= start:
        return (FetchSpan(start, end),)
    return (*older, FetchSpan(newest, end))


def merge(
    held: SeriesSet | None, answer: SeriesAnswer, span: FetchSpan, window: SeriesWindow, margin: float = 0
) -> SeriesSet:
    """Join the answer for a span to what is held, and drop what is more than `margin` seconds outside the window.

    Inside the span the answer is the truth, its gaps included.
    """
    if held is not None and not window.continues(held):
        held = None
    oldest, newest = window.start - margin, window.until + margin
    new = {(one.stat, one.server): one for one in answer.series}
    old = {(one.stat, one.server): one for one in held.series} if held else {}
    joined = (_joined(one, old.get(key), new.get(key), span) for key, one in (old | new).items())
    series = tuple(one for one in (cut(one, oldest, newest) for one in joined) if one.times)
    start = min(span.start, held.start) if held else span.start
    edge = max((_last_edge(cut(one, span.start, span.end), window) for one in answer.series), default=0)
    return SeriesSet(
        series=series,
        bucket=window.bucket,
        end=min(max(edge, held.end if held else 0, span.end if window.past else 0), newest),
        start=max(oldest, start),
        closed=0 if window.past else window.closed,
    )


def cut(series: Series, start: float, end: float) -> Series:
    """The same series from `start` to before `end`."""
    first, last = bisect_left(series.times, start), bisect_left(series.times, end)
    if last - first == len(series.times):
        return series
    return series.model_copy(update={"times": series.times[first:last], "values": series.values[first:last]})


def _joined(one: Series, old: Series | None, new: Series | None, span: FetchSpan) -> Series:
    parts = (_part(old, 0, span.start), _part(new, span.start, span.end), _part(old, span.end))
    times, values = zip(*parts, strict=True)
    return one.model_copy(update={"times": sum(times, ()), "values": sum(values, ())})


def _part(series: Series | None, start: int, end: int | None = None) -> Part:
    if series is None:
        return (), ()
    first = bisect_left(series.times, start)
    last = len(series.times) if end is None else bisect_left(series.times, end)
    return series.times[first:last], series.values[first:last]


def _last_edge(series: Series, window: SeriesWindow) -> int:
    complete = bisect_left(series.times, int(window.now) - window.bucket + 1)
    return series.times[complete - 1] + window.bucket if complete else 0


ALL = ""
"""The name under which all stats are kept of an endpoint whose stats are not asked for by name."""
STRETCHES = 3
"""Stretches of one stat, apart from one another, to remember."""
POINTS = 400_000
"""Values to remember beyond what is shown, at most."""


@dataclass(frozen=True, slots=True)
class SeriesRequest:
    """One request: these stats, or all where there are no names, over a span."""

    span: FetchSpan
    names: frozenset[str]


def requests(shelf: Shelf, window: SeriesWindow) -> tuple[SeriesRequest, ...]:
    """What to ask so that nothing of the window is missing; stats that lack the same are asked for together."""
    spans: dict[FetchSpan, set[str]] = {}
    for name in _names(window):
        for span in spans_to_fetch(_found(shelf, window, name), window):
            spans.setdefault(span, set()).add(name)
    ordered = sorted(spans.items(), key=lambda item: (item[0].start, item[0].end))
    return tuple(SeriesRequest(span, frozenset(names - {ALL})) for span, names in ordered)


def lacks(shelf: Shelf, window: SeriesWindow) -> bool:
    """Whether more of the window is missing than the newest buckets."""
    return any(window.lacks(_found(shelf, window, name)) for name in _names(window))


def take(shelf: Shelf, answer: SeriesAnswer, request: SeriesRequest, window: SeriesWindow) -> None:
    """Put an answer to what was asked on the shelf; what nobody looks at goes, the longest unseen first."""
    margin = _longest(window) if _points(shelf) <= POINTS else 0
    reached = merge(None, answer, request.span, window).end
    for name in request.names or {ALL}:
        key = window.bucket, name
        held = _found(shelf, window, name)
        part = answer if name is ALL else SeriesAnswer(series=tuple(one for one in answer.series if one.stat == name))
        new = merge(held, part, request.span, window, margin)
        new = replace(new, end=max(new.end, reached))
        apart = (one for one in shelf.pop(key, ()) if one.end < new.start or one.start > new.end)
        shelf[key] = (new, *apart)[:STRETCHES]
    shown = {(window.bucket, name) for name in _names(window)}
    for key in [key for key in shelf if key not in shown]:
        if _points(shelf) > POINTS:
            del shelf[key]


def picture(shelf: Shelf, window: SeriesWindow) -> SeriesSet | None:
    """The window, as far as it was read; None if nothing of it was."""
    found = {name: one for name in _names(window) if (one := _found(shelf, window, name)) is not None}
    if not found:
        return None
    last = window.until if window.past else float("inf")
    series = (cut(one, window.start, last) for held in found.values() for one in held.series)
    return SeriesSet(
        series=tuple(one for one in series if one.times),
        bucket=window.bucket,
        end=min(last, max(held.end for held in found.values())),
        start=max(window.start, *(held.start for held in found.values())),
        names=frozenset(found) - {ALL},
        closed=0 if window.past else max(held.closed for held in found.values()),
    )


def _names(window: SeriesWindow) -> tuple[str, ...]:
    return tuple(sorted(window.wanted.names)) or (ALL,)


def _found(shelf: Shelf, window: SeriesWindow, name: str) -> SeriesSet | None:
    """The stretch of a stat that continues into the window, the one with most of it if there are several."""
    fitting = [one for one in shelf.get((window.bucket, name), ()) if window.continues(one)]
    return max(fitting, key=lambda one: min(one.end, window.until) - max(one.start, window.start), default=None)


def _longest(window: SeriesWindow) -> int:
    """The longest range that the API gives this granularity, in seconds."""
    ranges = {bucket: longest for longest, bucket in ((DAY, window.finest), *COARSER_BUCKETS)}
    return ranges.get(window.bucket, 366 * DAY)


def _points(shelf: Shelf) -> int:
    return sum(len(series.times) for stretches in shelf.values() for held in stretches for series in held.series)
