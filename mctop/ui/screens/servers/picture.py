"""The values that the screens of servers are drawn from, each server over the window, and the charts of one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from statistics import median
from typing import TYPE_CHECKING

from mctop.store.base.window import MINUTE, TimeWindow
from mctop.store.series.outlier import busiest, missing, slowest, spread
from mctop.ui.renderables.plot import Axis, Plot, PlotLine
from mctop.ui.screens.shared.chart_levels import PART_BANDS
from mctop.ui.screens.shared.even_series import Values, over, up_to
from mctop.ui.screens.shared.server_stats import ServersData, by_server
from mctop.ui.stats import CONNECTIONS, EVICTIONS, HIT_RATE, LATENCY, LIMIT, MEMORY, REQUESTS
from mctop.ui.words.format import duration, time_of_day
from mctop.ui.words.text import Clean

if TYPE_CHECKING:
    from mctop.api.models.series import Series
    from mctop.store.base.marks import Mark
    from mctop.store.series.outlier import Outlier, Percentiles
    from mctop.store.series.series_set import SeriesSet
    from mctop.ui.renderables.plot import Side, Threshold
    from mctop.ui.stats import Stat


@dataclass(frozen=True, slots=True)
class Past:
    """A server over the window: trends with one value a bucket, oldest first, and its latency's spread in ns."""

    hit_rate: Values = ()
    requests: Values = ()
    latency: Values = ()
    spread: Percentiles | None = None


@dataclass(frozen=True, slots=True)
class Pasts:
    """The past of every server, and which of them stands out."""

    servers: tuple[tuple[str, Past], ...] = ()
    slow: Outlier | None = None
    missing: Outlier | None = None
    busy: Outlier | None = None


def pasts(picture: ServersPicture) -> Pasts:
    """The window of every server. This takes a while where there are many: once for each new answer is enough."""
    windowed = picture.windowed()
    per_server, delays, seconds = by_server(windowed.per_server), by_server(windowed.latency), picture.time.seconds
    servers = ((name, _past(name, per_server.get(name), delays.get(name), seconds)) for name in picture.servers)
    return outliers(Pasts(tuple(servers)), picture)


def outliers(pasts: Pasts, picture: ServersPicture) -> Pasts:
    """The same pasts with the servers that stand out at the cursor, or else at the end of the window."""
    read = picture.read()
    slow, missed, busy = slowest(read.latency), missing(read.per_server, read.scale), busiest(read.per_server)
    return replace(pasts, slow=slow, missing=missed, busy=busy)


def _past(server: str, series: SeriesSet | None, latency: SeriesSet | None, seconds: int) -> Past:
    delays = latency.get(LATENCY.id, server) if latency else None
    return Past(
        over(series, HIT_RATE.id, seconds, server),
        over(series, REQUESTS.id, seconds, server),
        over(latency, LATENCY.id, seconds, server),
        spread(delays, latency.end - seconds, latency.end) if latency else None,
    )


@dataclass(frozen=True, slots=True)
class ServersPicture(ServersData):
    """Values as delivered, None before the first sample, and the window in which they are shown."""

    time: TimeWindow = field(default_factory=TimeWindow)
    marks: tuple[Mark, ...] = ()

    def other_past(self, before: ServersPicture) -> bool:
        """Whether more or other is known of the window than `before`."""
        return (
            self.cache is not before.cache
            or self.per_server is not before.per_server
            or self.latency is not before.latency
            or self.scale is not before.scale
        )

    def other_charts(self, before: ServersPicture) -> bool:
        """Whether anything differs from `before` that charts show, which is all but the newest sample."""
        return self.other_past(before) or self.time is not before.time or self.marks is not before.marks

    def windowed(self) -> ServersPicture:
        """The same picture as it is in the window: nothing after its end."""
        end = self.time.end
        return self if end is None else self._until(end)

    def read(self) -> ServersPicture:
        """The same picture as it was at the cursor, or else at the end of the window."""
        cursor = self.time.cursor
        return self.windowed() if cursor is None else self._until(cursor + self.time.bucket)

    @property
    def when(self) -> str:
        """Over how long, or at which moment, the rates are."""
        cursor = self.time.cursor if self.time.cursor is not None else self.time.end
        if cursor is not None:
            return f"at {time_of_day(cursor)[:5]}"
        bucket = self.per_server.bucket if self.per_server else MINUTE
        return "over " + duration(self.live.window if self.live else bucket)

    @property
    def span(self) -> str:
        """How long the window is."""
        return duration(self.time.seconds)

    def _until(self, end: float) -> ServersPicture:
        """Counters only know the present."""
        return replace(self, stats=None, per_server=up_to(self.per_server, end), latency=up_to(self.latency, end))


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
