"""The charts of one server, each beside what all servers do."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from mctop.ui.renderables.plot import Axis, Plot, PlotLine
from mctop.ui.screens.shared.hit_rate_levels import PART_BANDS
from mctop.ui.stats import CONNECTIONS, EVICTIONS, HIT_RATE, LATENCY, LIMIT, MEMORY, REQUESTS
from mctop.ui.words.text import Clean

if TYPE_CHECKING:
    from mctop.api.models.series import Series
    from mctop.store.series.series_set import SeriesSet
    from mctop.ui.renderables.plot import Side, Threshold
    from mctop.ui.screens.servers.picture import ServersPicture
    from mctop.ui.stats import Stat


def typical_latency(picture: ServersPicture) -> PlotLine | None:
    """The median latency of all servers over the window, where there are two or more."""
    latency = picture.latency
    columns = [column for column in latency.series if column.stat == LATENCY.id] if latency else []
    if latency is None or len(columns) < 2:
        return None
    at: dict[int, list[float]] = {}
    start = latency.end - picture.time.seconds
    for column in columns:
        for time, value in zip(column.times, column.values, strict=True):
            if value is not None and start <= time < latency.end:
                at.setdefault(time, []).append(value)
    times = tuple(sorted(at))
    return (
        PlotLine(Clean("median of all"), times, tuple(median(at[time]) for time in times), "line4") if times else None
    )


def latency_plot(picture: ServersPicture, server: str, typical: PlotLine | None) -> Plot | None:
    """The latency of a server, and the median of all."""
    own = _line(picture, picture.latency, LATENCY, server)
    return _plot(picture, picture.latency, Axis(LATENCY.unit), (own, typical if own else None))


def hits_plot(picture: ServersPicture, server: str) -> Plot | None:
    """The hit rate and the requests of a server; the hit rate waits until the scale of ratios is known."""
    series = picture.per_server
    lines = (_line(picture, series, HIT_RATE, server), _line(picture, series, REQUESTS, server, "right"))
    return _plot(picture, series, Axis(HIT_RATE.unit, 0, 100), lines, Axis(REQUESTS.unit), PART_BANDS)


def memory_plot(picture: ServersPicture, server: str) -> Plot | None:
    """The memory of a server, and its limit."""
    series = picture.per_server
    lines = (_line(picture, series, MEMORY, server), _line(picture, series, LIMIT, server))
    return _plot(picture, series, Axis(MEMORY.unit), lines)


def connections_plot(picture: ServersPicture, server: str) -> Plot | None:
    """The connections and evictions of a server."""
    series = picture.per_server
    lines = (_line(picture, series, CONNECTIONS, server), _line(picture, series, EVICTIONS, server, "right"))
    return _plot(picture, series, Axis(CONNECTIONS.unit), lines, Axis(EVICTIONS.unit))


def _line(
    picture: ServersPicture, series: SeriesSet | None, stat: Stat, server: str, side: Side = "left"
) -> PlotLine | None:
    column = series.get(stat.id, server) if series else None
    if series is None or column is None:
        return None
    shown = [
        (time, stat.in_unit(value, picture.scale))
        for time, value in _pairs(column, series.end - picture.time.seconds, series.end)
    ]
    if all(value is None for _, value in shown):
        return None
    times, values = zip(*shown, strict=True)
    return PlotLine(Clean(stat.label), times, values, stat.colour, side)


def _pairs(series: Series, start: float, end: float) -> list[tuple[int, float | None]]:
    return [pair for pair in zip(series.times, series.values, strict=True) if start <= pair[0] < end]


def _plot(
    picture: ServersPicture,
    series: SeriesSet | None,
    left: Axis,
    lines: tuple[PlotLine | None, ...],
    right: Axis | None = None,
    thresholds: tuple[Threshold, ...] = (),
) -> Plot | None:
    drawn = tuple(line for line in lines if line is not None)
    if series is None or not drawn:
        return None
    start = series.end - picture.time.seconds
    marks = tuple(mark for mark in picture.marks if start <= mark.time < series.end)
    return Plot(start, series.end, left, drawn, right, thresholds, marks, series.bucket, picture.time.cursor)
