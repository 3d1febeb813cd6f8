"""The values that the cards, the chart and the table of servers of the Overview are drawn from, and the chart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from mctop.store.base.window import DAY, HOUR, SAMPLE, TimeWindow
from mctop.ui.renderables.plot import Axis, Plot, PlotLine, Side
from mctop.ui.screens.shared.chart_levels import recovery_levels
from mctop.ui.screens.shared.server_stats import ServersData
from mctop.ui.stats import HIT_RATE, LIMIT, MEMORY, NewestStats, Stat
from mctop.ui.words.text import Clean

if TYPE_CHECKING:
    from mctop.store.base.marks import Mark
    from mctop.store.counters.flush_recovery import Recovery
    from mctop.store.series.series_set import SeriesSet


@dataclass(frozen=True, slots=True)
class OverviewPicture(ServersData):
    """Values as delivered, None before the first sample.

    `time` is the window of the chart; `charted` are its series, where they are not those of the present.
    """

    time: TimeWindow = field(default_factory=TimeWindow)
    insight: SeriesSet | None = None
    charted: SeriesSet | None = None
    marks: tuple[Mark, ...] = ()
    recovery: Recovery | None = None

    @property
    def window(self) -> int:
        """Seconds of trends: those of the chart, as far as there are minutes to draw."""
        return max(HOUR, min(self.time.seconds, DAY))

    @property
    def present(self) -> bool:
        """Whether the series of the present are those of the chart too."""
        return self.time.live and self.time.seconds <= DAY

    @property
    def newest(self) -> NewestStats:
        """The newest values of the cache."""
        rates, counters = (self.stats.rates, self.stats.counters) if self.stats else (None, None)
        return NewestStats(rates, counters, self.insight, self.latency, self.scale)


LINES: tuple[tuple[Stat, Side], ...] = ((HIT_RATE, "right"), (MEMORY, "left"), (LIMIT, "left"))
CHARTED = frozenset(stat.id for stat, _ in LINES)
"""The series that the chart shows."""


class LinePoints(NamedTuple):
    """The points of a line: the starts of buckets in epoch seconds, and values in the unit of the stat."""

    times: tuple[int, ...] = ()
    values: tuple[float | None, ...] = ()


class ChartPoints(NamedTuple):
    """The points of `LINES`, in their order, in buckets of so many seconds, up to `end`."""

    lines: tuple[LinePoints, ...]
    bucket: int
    end: float


def plot(picture: OverviewPicture) -> Plot | None:
    """The lines there is something of, or None; the hit rate waits until the scale of ratios is known.

    Until the series of another window have come, what the present has of it is drawn.
    """
    sampled = _sampled(picture) if picture.time.sampled else None
    charted = None if picture.present else picture.charted
    sources = (sampled, *(_read(picture, series) for series in (charted, picture.insight)))
    plots = (_drawn(picture, source) for source in sources if source is not None)
    return next((plot for plot in plots if plot is not None), None)


def _drawn(picture: OverviewPicture, points: ChartPoints) -> Plot | None:
    window = picture.time
    end = window.until(points.end)
    start = end - window.seconds
    lines: list[PlotLine] = []
    for (stat, side), line in zip(LINES, points.lines, strict=True):
        shown = [pair for pair in zip(*line, strict=True) if start <= pair[0] < end]
        if any(value is not None for _, value in shown):
            times, values = zip(*shown, strict=True)
            lines.append(PlotLine(Clean(stat.label), times, values, stat.colour, side))
    if not lines:
        return None
    marks = tuple(mark for mark in picture.marks if start <= mark.time < end)
    levels = recovery_levels(picture.recovery, "right")
    return Plot(start, end, Axis(MEMORY.unit), tuple(lines), Axis(HIT_RATE.unit, 0, 100), levels, marks, points.bucket,
                window.cursor)  # fmt: skip


def _read(picture: OverviewPicture, series: SeriesSet | None) -> ChartPoints | None:
    """The points that series tell."""
    if series is None:
        return None
    lines: list[LinePoints] = []
    for stat, _ in LINES:
        column = series.get(stat.id)
        values = tuple(stat.in_unit(value, picture.scale) for value in column.values) if column else ()
        lines.append(LinePoints(column.times if column else (), values))
    return ChartPoints(tuple(lines), series.bucket, series.until)


def _sampled(picture: OverviewPicture) -> ChartPoints | None:
    """The points that the samples of the last minutes tell."""
    history = picture.stats.history if picture.stats else ()
    if not history:
        return None
    times = tuple(int(rates.time - rates.window) for rates in history)
    lines = tuple(LinePoints(times, tuple(map(stat.sampled, history))) for stat, _ in LINES)
    return ChartPoints(lines, SAMPLE, history[-1].time)
