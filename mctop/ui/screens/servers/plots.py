"""The charts of one server, each beside what all servers do."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from mctop.ui.renderables.plot import Axis, Plot, PlotLine, Threshold
from mctop.ui.screens.servers.picture import DURATION
from mctop.ui.words.format import Unit
from mctop.ui.words.text import Clean

if TYPE_CHECKING:
    from mctop.api.models.series import Series
    from mctop.store.series.series_set import SeriesSet
    from mctop.ui.renderables.plot import Colour, Side
    from mctop.ui.screens.servers.picture import ServersPicture

BANDS = (Threshold(80, Clean("good from 80 %"), "good"), Threshold(50, Clean("poor below 50 %"), "poor"))


def typical_latency(picture: ServersPicture) -> PlotLine | None:
    """The median latency of all servers over the window, where there are two or more."""
    found = picture.latency
    columns = [one for one in found.series if one.stat == DURATION] if found else []
    if found is None or len(columns) < 2:
        return None
    at: dict[int, list[float]] = {}
    start = found.end - picture.time.seconds
    for one in columns:
        for time, value in zip(one.times, one.values, strict=True):
            if value is not None and start <= time < found.end:
                at.setdefault(time, []).append(value)
    times = tuple(sorted(at))
    return (
        PlotLine(Clean("median of all"), times, tuple(median(at[time]) for time in times), "line4") if times else None
    )


def latency_plot(picture: ServersPicture, server: str, typical: PlotLine | None) -> Plot | None:
    """The latency of a server, and the median of all."""
    found = picture.latency
    own = _line(picture, found, DURATION, server, "latency", "line1")
    return _plot(picture, found, Axis(Unit.LATENCY), (own, typical if own else None))


def hits_plot(picture: ServersPicture, server: str) -> Plot | None:
    """The hit rate and the requests of a server; the hit rate waits until the scale of ratios is known."""
    found = picture.per_server
    lines = (
        _line(picture, found, "hit_rate", server, "hit rate", "line3"),
        _line(picture, found, "request_rate", server, "requests", "line1", "right"),
    )
    return _plot(picture, found, Axis(Unit.PERCENT, 0, 100), lines, Axis(Unit.RATE), BANDS)


def memory_plot(picture: ServersPicture, server: str) -> Plot | None:
    """The memory of a server, and its limit."""
    found = picture.per_server
    lines = (
        _line(picture, found, "bytes", server, "memory", "line1"),
        _line(picture, found, "max_bytes", server, "limit", "line4"),
    )
    return _plot(picture, found, Axis(Unit.BYTES), lines)


def connections_plot(picture: ServersPicture, server: str) -> Plot | None:
    """The connections and evictions of a server."""
    found = picture.per_server
    lines = (
        _line(picture, found, "connections", server, "connections", "line2"),
        _line(picture, found, "eviction_rate", server, "evictions", "line6", "right"),
    )
    return _plot(picture, found, Axis(Unit.COUNT), lines, Axis(Unit.RATE))


def _line(
    picture: ServersPicture,
    found: SeriesSet | None,
    stat: str,
    server: str,
    label: str,
    colour: Colour,
    side: Side = "left",
) -> PlotLine | None:
    series = found.get(stat, server) if found else None
    if found is None or series is None:
        return None
    shown = [
        (time, picture.percent(value) if stat == "hit_rate" else value)
        for time, value in _pairs(series, found.end - picture.time.seconds, found.end)
    ]
    if all(value is None for _, value in shown):
        return None
    times, values = zip(*shown, strict=True)
    return PlotLine(Clean(label), times, values, colour, side)


def _pairs(series: Series, start: float, end: float) -> list[tuple[int, float | None]]:
    return [pair for pair in zip(series.times, series.values, strict=True) if start <= pair[0] < end]


def _plot(
    picture: ServersPicture,
    found: SeriesSet | None,
    left: Axis,
    lines: tuple[PlotLine | None, ...],
    right: Axis | None = None,
    thresholds: tuple[Threshold, ...] = (),
) -> Plot | None:
    drawn = tuple(line for line in lines if line is not None)
    if found is None or not drawn:
        return None
    start = found.end - picture.time.seconds
    marks = tuple(mark for mark in picture.marks if start <= mark.time < found.end)
    return Plot(start, found.end, left, drawn, right, thresholds, marks, found.bucket, picture.time.cursor)
