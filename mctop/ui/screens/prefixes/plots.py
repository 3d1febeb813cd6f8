"""The charts of one prefix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.format import Unit
from mctop.ui.renderables.plot import Axis, Line, Plot, Threshold
from mctop.ui.screens.prefixes.facts import hit_rate
from mctop.ui.screens.prefixes.picture import HITS, KEYS, MISSES, MUTATIONS, SIZE
from mctop.ui.text import Clean

if TYPE_CHECKING:
    from mctop.store.seriesset import SeriesSet
    from mctop.ui.renderables.plot import Colour, Side
    from mctop.ui.screens.prefixes.picture import PrefixesPicture

BANDS = (Threshold(80, Clean("good from 80 %"), "good"), Threshold(50, Clean("poor below 50 %"), "poor"))
Points = tuple[tuple[int, float | None], ...]


def traffic_plot(picture: PrefixesPicture, series: SeriesSet | None) -> Plot | None:
    """Hits, misses and mutations per second."""
    lines = (
        _line(_points(picture, series, HITS), "hits", "line3"),
        _line(_points(picture, series, MISSES), "misses", "line6"),
        _line(_points(picture, series, MUTATIONS), "changes", "line2"),
    )
    return _plot(picture, series, Axis(Unit.RATE), lines)


def hit_rate_plot(picture: PrefixesPicture, series: SeriesSet | None) -> Plot | None:
    """The hit rate."""
    hits, misses = _points(picture, series, HITS), dict(_points(picture, series, MISSES))
    points = tuple((time, hit_rate(value, misses.get(time))) for time, value in hits)
    return _plot(picture, series, Axis(Unit.PERCENT, 0, 100), (_line(points, "hit rate", "line3"),), bands=BANDS)


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
    found = series.get(stat) if series else None
    if series is None or found is None:
        return ()
    start = series.end - picture.time.seconds
    return tuple(point for point in zip(found.times, found.values, strict=True) if start <= point[0] < series.end)


def _line(points: Points, label: str, colour: Colour, side: Side = "left") -> Line | None:
    if all(value is None for _, value in points):
        return None
    times, values = zip(*points, strict=True)
    return Line(Clean(label), times, values, colour, side)


def _plot(
    picture: PrefixesPicture,
    series: SeriesSet | None,
    left: Axis,
    lines: tuple[Line | None, ...],
    right: Axis | None = None,
    bands: tuple[Threshold, ...] = (),
) -> Plot | None:
    drawn = tuple(line for line in lines if line is not None)
    if series is None or not drawn:
        return None
    start, end = series.end - picture.time.seconds, series.end
    marks = tuple(mark for mark in picture.marks if start <= mark.time < end)
    return Plot(start, end, left, drawn, right, bands, marks, series.bucket, picture.time.cursor)
