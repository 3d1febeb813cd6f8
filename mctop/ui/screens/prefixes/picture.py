"""The numbers of prefixes, now from the last complete bucket, and their plots over the window."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mctop.store.base.window import TimeWindow
from mctop.ui.renderables.plot import Axis, Plot, PlotLine, Threshold
from mctop.ui.screens.shared.chart_levels import PART_BANDS
from mctop.ui.screens.shared.even_series import up_to
from mctop.ui.words.format import Unit, duration, time_of_day
from mctop.ui.words.request_words import GETS, RequestWords
from mctop.ui.words.text import Clean

if TYPE_CHECKING:
    from mctop.api.models.introspection import PopularItem, PopularItems
    from mctop.store.base.marks import Mark
    from mctop.store.keys.prefixes import PrefixItems, WatchedPrefix
    from mctop.store.series.series_set import SeriesSet
    from mctop.ui.renderables.plot import Colour, Side


Number = float | None


@dataclass(frozen=True, slots=True)
class PrefixFacts:
    """Of the keys of a prefix, or of all keys: how many, their bytes, and what happens to them per second.

    `share` is a percentage of the bytes of all keys, `hit_rate` one of the lookups; None is not known.
    """

    keys: Number = None
    size: Number = None
    share: Number = None
    hit_rate: Number = None
    hits: Number = None
    misses: Number = None
    mutations: Number = None


def facts(series: SeriesSet | None, compound: SeriesSet | None) -> PrefixFacts:
    """What a prefix does now; its share waits for what all keys do."""
    if series is None:
        return PrefixFacts()
    hits, misses, size = series.latest(HITS), series.latest(MISSES), series.latest(SIZE)
    whole = compound.latest(SIZE) if compound else None
    return PrefixFacts(
        keys=series.latest(KEYS),
        size=size,
        share=_percent(size, whole),
        hit_rate=hit_rate(hits, misses),
        hits=hits,
        misses=misses,
        mutations=series.latest(MUTATIONS),
    )


def hit_rate(hits: Number, misses: Number) -> Number:
    """The percentage of lookups that hit; None without lookups."""
    return None if hits is None or misses is None else _percent(hits, hits + misses)


def _percent(part: Number, whole: Number) -> Number:
    return None if part is None or not whole else 100 * part / whole


KEYS, SIZE, HITS, MISSES, MUTATIONS = (
    "num_keys", "total_size", "total_hits_rate", "total_misses_rate", "total_mutations_rate",
)  # fmt: skip
"""The series about the keys of a prefix, and about all keys."""


@dataclass(frozen=True, slots=True)
class PrefixesPicture:
    """Values as delivered, None before the first sample, and the window in which they are shown."""

    time: TimeWindow = field(default_factory=TimeWindow)
    watched: tuple[WatchedPrefix, ...] | None = None
    compound: SeriesSet | None = None
    popular: PopularItems | None = None
    items: PrefixItems | None = None
    marks: tuple[Mark, ...] = ()
    words: RequestWords = GETS

    def windowed(self) -> PrefixesPicture:
        """The same picture as it is in the window: nothing after its end."""
        return self if self.time.end is None else self._until(self.time.end)

    def read(self) -> PrefixesPicture:
        """The same picture as it was at the cursor, or else at the end of the window."""
        cursor = self.time.cursor
        return self.windowed() if cursor is None else self._until(cursor + self.time.bucket)

    @property
    def when(self) -> str:
        """Over how long, or at which moment, the rates are."""
        cursor = self.time.cursor if self.time.cursor is not None else self.time.end
        bucket = self.compound.bucket if self.compound else self.time.bucket
        return f"over {duration(bucket)}" if cursor is None else f"at {time_of_day(cursor)[:5]}"

    @property
    def span(self) -> str:
        """How long the window is."""
        return duration(self.time.seconds)

    def find(self, prefix_id: int) -> WatchedPrefix | None:
        """The watched prefix of that id."""
        return next((watched for watched in self.watched or () if watched.prefix.id == prefix_id), None)

    @property
    def unwatched(self) -> tuple[PopularItem, ...]:
        """The popular prefixes that nobody watches, in the API's order."""
        names = {watched.prefix.name for watched in self.watched or ()}
        return tuple(item for item in self.popular.popular_prefixes if item.name not in names) if self.popular else ()

    def _until(self, end: float) -> PrefixesPicture:
        watched = self.watched
        if watched is not None:
            watched = tuple(replace(prefix, series=up_to(prefix.series, end)) for prefix in watched)
        return replace(self, watched=watched, compound=up_to(self.compound, end))


Points = tuple[tuple[int, float | None], ...]


def traffic_title(words: RequestWords) -> str:
    """The title of a chart of what is done with keys."""
    return f"{words.hits}, {words.misses}, mutations".capitalize()


def traffic_plot(picture: PrefixesPicture, series: SeriesSet | None) -> Plot | None:
    """Hits, misses and mutations per second."""
    lines = (
        _line(_points(picture, series, HITS), picture.words.hits, "line3"),
        _line(_points(picture, series, MISSES), picture.words.misses, "line6"),
        _line(_points(picture, series, MUTATIONS), "mutations", "line2"),
    )
    return _plot(picture, series, Axis(Unit.RATE), lines)


def hit_rate_plot(picture: PrefixesPicture, series: SeriesSet | None) -> Plot | None:
    """The share of requests that found their key, in bands of good and bad where it is a hit rate."""
    words = picture.words
    hits, misses = _points(picture, series, HITS), dict(_points(picture, series, MISSES))
    points = tuple((time, hit_rate(value, misses.get(time))) for time, value in hits)
    bands = PART_BANDS if words.judged else ()
    return _plot(picture, series, Axis(Unit.PERCENT, 0, 100), (_line(points, words.hit_rate, "line3"),), bands=bands)


def size_plot(picture: PrefixesPicture, series: SeriesSet | None) -> Plot | None:
    """Bytes, and the number of keys."""
    lines = (
        _line(_points(picture, series, SIZE), "size", "line1"),
        _line(_points(picture, series, KEYS), "keys", "line2", "right"),
    )
    return _plot(picture, series, Axis(Unit.BYTES), lines, Axis(Unit.COUNT))


def share_plot(picture: PrefixesPicture, series: SeriesSet | None) -> Plot | None:
    """The share of all keys' bytes."""
    whole = dict(_points(picture, picture.compound, SIZE))
    points = tuple(
        (time, 100 * value / of if value is not None and (of := whole.get(time)) else None)
        for time, value in _points(picture, series, SIZE)
    )
    return _plot(picture, series, Axis(Unit.PERCENT), (_line(points, "of the cache", "line1"),))


def _points(picture: PrefixesPicture, series: SeriesSet | None, stat: str) -> Points:
    values = series.get(stat) if series else None
    if series is None or values is None:
        return ()
    start = series.end - picture.time.seconds
    return tuple(point for point in zip(values.times, values.values, strict=True) if start <= point[0] < series.end)


def _line(points: Points, label: str, colour: Colour, side: Side = "left") -> PlotLine | None:
    if all(value is None for _, value in points):
        return None
    times, values = zip(*points, strict=True)
    return PlotLine(Clean(label), times, values, colour, side)


def _plot(
    picture: PrefixesPicture,
    series: SeriesSet | None,
    left: Axis,
    lines: tuple[PlotLine | None, ...],
    right: Axis | None = None,
    bands: tuple[Threshold, ...] = (),
) -> Plot | None:
    drawn = tuple(line for line in lines if line is not None)
    if series is None or not drawn:
        return None
    start, end = series.end - picture.time.seconds, series.end
    marks = tuple(mark for mark in picture.marks if start <= mark.time < end)
    return Plot(start, end, left, drawn, right, bands, marks, series.bucket, picture.time.cursor)
