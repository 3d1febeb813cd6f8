"""The archive of one series endpoint, so that nothing is read twice: the next requests, and the joining of answers."""

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
"""Buckets to read again: the last complete one, and the two before it, which may have been completed late."""


@dataclass(frozen=True, slots=True)
class FetchSpan:
    """A stretch of time to fetch, `start` <= time < `end`, epoch seconds; `start` is on a bucket's edge."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SeriesWindow:
    """A window that is wanted at server time `now`: stats and seconds, at the granularity the API gives them."""

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
        """Its end: the present, or the end of the bucket in which the wanted end lies."""
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

    def continues(self, stretch: SeriesSet) -> bool:
        """Whether a stretch has the same granularity and reaches into the window, or to its end."""
        return stretch.bucket == self.bucket and stretch.end > self.start and stretch.start <= self.until

    def lacks(self, stretch: SeriesSet | None) -> bool:
        """Whether more is missing than the newest buckets."""
        if stretch is None or not self.continues(stretch) or stretch.start > self.start:
            return True
        return self.past and stretch.end < self.until


def spans_to_fetch(stretch: SeriesSet | None, window: SeriesWindow) -> tuple[FetchSpan, ...]:
    """The spans that are missing: the one before the stretch, and the newest buckets unless all are over and in it.

    It is the whole window where the stretch does not continue into it. No span is so short that the API would answer
    it with finer buckets.
    """
    end = int(window.until)
    latest = (end - window.shortest) // window.bucket * window.bucket
    start = min(window.start, latest)
    if stretch is None or not window.continues(stretch):
        return (FetchSpan(start, end),)
    older = (
        (FetchSpan(start, max(int(stretch.start), start + window.shortest)),) if stretch.start > window.start else ()
    )
    if window.past and stretch.end >= window.until:
        return older
    newest = min(int(stretch.end) - REREAD * window.bucket, latest)
    if newest <= start:
        return (FetchSpan(start, end),)
    return (*older, FetchSpan(newest, end))


def merge(
    stretch: SeriesSet | None, answer: SeriesAnswer, span: FetchSpan, window: SeriesWindow, margin: float = 0
) -> SeriesSet:
    """Join the answer for a span to a stretch, and drop what is more than `margin` seconds outside the window.

    Inside the span the answer is the truth, its gaps included.
    """
    if stretch is not None and not window.continues(stretch):
        stretch = None
    oldest, newest = window.start - margin, window.until + margin
    new = {(series.stat, series.server): series for series in answer.series}
    old = {(series.stat, series.server): series for series in stretch.series} if stretch else {}
    joined = (_joined(either, old.get(key), new.get(key), span) for key, either in (old | new).items())
    inside = (cut(series, oldest, newest) for series in joined)
    start = min(span.start, stretch.start) if stretch else span.start
    edge = max((_last_edge(cut(series, span.start, span.end), window) for series in answer.series), default=0)
    return SeriesSet(
        series=tuple(series for series in inside if series.times),
        bucket=window.bucket,
        end=min(max(edge, stretch.end if stretch else 0, span.end if window.past else 0), newest),
        start=max(oldest, start),
        closed=0 if window.past else window.closed,
    )


def cut(series: Series, start: float, end: float) -> Series:
    """The same series from `start` to before `end`."""
    first, last = bisect_left(series.times, start), bisect_left(series.times, end)
    if last - first == len(series.times):
        return series
    return series.model_copy(update={"times": series.times[first:last], "values": series.values[first:last]})


def _joined(either: Series, old: Series | None, new: Series | None, span: FetchSpan) -> Series:
    parts = (_part(old, 0, span.start), _part(new, span.start, span.end), _part(old, span.end))
    times, values = zip(*parts, strict=True)
    return either.model_copy(update={"times": sum(times, ()), "values": sum(values, ())})


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
"""Stretches of one stat, apart from one another, to remember: the window, the same a day before, and one more."""
HEAVIEST_SERVER = 400_000
"""Bytes that the values of one server's series may take while they are read, for those of 100 come in one answer: they
are half a day of latency, or 16 hours of six stats."""
ROW, VALUE = 88, 45
"""Bytes of a row of such an answer, and of each number in it, its time included."""
POINTS = 400_000
"""Values to remember beyond what is shown, at most: about 30 MB at 70 bytes each."""


@dataclass(frozen=True, slots=True)
class SeriesRequest:
    """One request: these stats, or all where there are no names, over a span."""

    span: FetchSpan
    names: frozenset[str]


def requests(shelf: Shelf, window: SeriesWindow) -> tuple[SeriesRequest, ...]:
    """The requests after which nothing of the window is missing; stats that lack the same are asked for together."""
    spans: dict[FetchSpan, set[str]] = {}
    for name in _names(window):
        for span in spans_to_fetch(_stretch(shelf, window, name), window):
            spans.setdefault(span, set()).add(name)
    ordered = sorted(spans.items(), key=lambda item: (item[0].start, item[0].end))
    return tuple(
        SeriesRequest(piece, frozenset(names - {ALL}))
        for span, names in ordered
        for piece in _pieces(span, len(names), window)
    )


def _pieces(span: FetchSpan, stats: int, window: SeriesWindow) -> tuple[FetchSpan, ...]:
    """A span in parts that are light to read, where a part of it comes at the same granularity as the whole."""
    length = HEAVIEST_SERVER // (ROW + VALUE * (stats + 1)) * window.bucket
    if window.bucket > window.finest or span.end - span.start <= length:
        return (span,)
    starts = range(span.start, span.end, length)
    return tuple(FetchSpan(start, min(start + length, span.end)) for start in starts)


def lacks(shelf: Shelf, window: SeriesWindow) -> bool:
    """Whether more of the window is missing than the newest buckets."""
    return any(window.lacks(_stretch(shelf, window, name)) for name in _names(window))


def take(shelf: Shelf, answer: SeriesAnswer, request: SeriesRequest, window: SeriesWindow) -> None:
    """Put an answer to what was asked on the shelf; what nobody looks at goes, the longest unseen first."""
    margin = _longest(window) if _points(shelf) <= POINTS else 0
    reached = merge(None, answer, request.span, window).end
    for name in request.names or {ALL}:
        key = window.bucket, name
        stretch = _stretch(shelf, window, name)
        of_name = tuple(series for series in answer.series if series.stat == name)
        part = answer if name is ALL else SeriesAnswer(series=of_name)
        new = merge(stretch, part, request.span, window, margin)
        new = replace(new, end=max(new.end, reached))
        apart = (other for other in shelf.pop(key, ()) if other.end < new.start or other.start > new.end)
        shelf[key] = (new, *apart)[:STRETCHES]
    shown = {(window.bucket, name) for name in _names(window)}
    for key in [key for key in shelf if key not in shown]:
        if _points(shelf) > POINTS:
            del shelf[key]


def picture(shelf: Shelf, window: SeriesWindow) -> SeriesSet | None:
    """The window, as far as it was read; None if nothing of it was."""
    stretches = {name: stretch for name in _names(window) if (stretch := _stretch(shelf, window, name)) is not None}
    if not stretches:
        return None
    last = window.until if window.past else float("inf")
    inside = (cut(series, window.start, last) for stretch in stretches.values() for series in stretch.series)
    return SeriesSet(
        series=tuple(series for series in inside if series.times),
        bucket=window.bucket,
        end=min(last, max(stretch.end for stretch in stretches.values())),
        start=max(window.start, *(stretch.start for stretch in stretches.values())),
        names=frozenset(stretches) - {ALL},
        closed=0 if window.past else max(stretch.closed for stretch in stretches.values()),
    )


def _names(window: SeriesWindow) -> tuple[str, ...]:
    return tuple(sorted(window.wanted.names)) or (ALL,)


def _stretch(shelf: Shelf, window: SeriesWindow, name: str) -> SeriesSet | None:
    """The stretch of a stat that continues into the window, the one with most of it if there are several."""
    fitting = [stretch for stretch in shelf.get((window.bucket, name), ()) if window.continues(stretch)]
    return max(
        fitting, key=lambda stretch: min(stretch.end, window.until) - max(stretch.start, window.start), default=None
    )


def _longest(window: SeriesWindow) -> int:
    """The longest range that the API gives this granularity, in seconds."""
    ranges = {bucket: longest for longest, bucket in ((DAY, window.finest), *COARSER_BUCKETS)}
    return ranges.get(window.bucket, 366 * DAY)


def _points(shelf: Shelf) -> int:
    return sum(len(series.times) for stretches in shelf.values() for stretch in stretches for series in stretch.series)
