"""The charts as drawings: their lines, levels and axes, of the cache or of the servers that stand out."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import TYPE_CHECKING, NamedTuple

from mctop.ui.renderables.plot import COLOURS, Axis, Margins, Plot, PlotLine, Threshold, value_at
from mctop.ui.screens.charts.picture import Of
from mctop.ui.screens.shared.chart_levels import CACHE_BANDS, recovery_levels
from mctop.ui.screens.shared.server_names import server_names, short_names
from mctop.ui.stats import GROUP_OF, GROUPS, HITS, LATENCY, LIMIT, MEMORIES, MEMORY, STATS
from mctop.ui.words.format import Unit, size
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mctop.store.series.series_set import SeriesSet
    from mctop.ui.screens.charts.picture import ChartsPicture
    from mctop.ui.stats import Stat, StatGroup


MOST = 10
"""Lines that one chart shows, at most: more cannot be told apart by six colours and their glyphs."""
NAME = 24
"""Columns of a server's name in a legend, at most."""


def standing_out(values: Mapping[str, Sequence[float | None]], most: int = MOST) -> tuple[str, ...]:
    """The servers to draw, sorted by name: all of them, or those whose mean is furthest from the median of all."""
    numbers = {server: [value for value in column if value is not None] for server, column in values.items()}
    means = {server: fmean(column) for server, column in numbers.items() if column}
    if len(means) <= most:
        return tuple(sorted(means))
    middle = median(means.values())
    far = sorted(means, key=lambda server: (-abs(means[server] - middle), server))
    return tuple(sorted(far[:most]))


Values = tuple[float | None, ...]


class Points(NamedTuple):
    """Values at times (epoch seconds, the start of each bucket); percentages are 0-100. `bucket` is in seconds."""

    times: tuple[int, ...]
    values: Values
    bucket: int

    def at(self, time: float) -> float | None:
        """The value of the bucket in which a moment lies."""
        return value_at(self.times, self.values, self.bucket, time)


def points(picture: ChartsPicture, stat: Stat, server: str | None = None) -> Points | None:
    """The points of a stat within the window, of the cache or of a server; None without a single value."""
    last = picture.last
    if last is None:
        return None
    start = last - picture.window.seconds
    sampled = _sampled(picture, stat, start) if server is None and picture.live and stat.live else None
    return sampled or _read(picture, picture.series_of(stat.id, server), stat, server, start, last)


def earlier(picture: ChartsPicture, stat: Stat, server: str | None = None) -> Points | None:
    """The same stat over the window before, moved to the times of this one."""
    last, by = picture.last, picture.choice.earlier.value
    if last is None or not by:
        return None
    series = picture.series_of(stat.id, server, before=True)
    before = _read(picture, series, stat, server, last - picture.window.seconds - by, last - by)
    return before and before._replace(times=tuple(time + by for time in before.times))


def _read(
    picture: ChartsPicture, series: SeriesSet | None, stat: Stat, server: str | None, start: float, end: float
) -> Points | None:
    column = series.get(stat.id, server) if series else None
    if series is None or column is None:
        return None
    first = bisect_left(column.times, start)
    last = bisect_left(column.times, min(end, series.end) - series.bucket + 1)
    values = column.values[first:last]
    if stat.is_ratio:
        values = tuple(stat.in_unit(value, picture.scale) for value in values)
    return Points(column.times[first:last], values, series.bucket) if any(v is not None for v in values) else None


def _sampled(picture: ChartsPicture, stat: Stat, start: float) -> Points | None:
    history = [rates for rates in picture.stats.history if rates.time > start] if picture.stats else []
    values = tuple(map(stat.sampled, history))
    if all(value is None for value in values):
        return None
    times = tuple(int(rates.time - rates.window) for rates in history)
    return Points(times, values, max(1, round(median(rates.window for rates in history))))


REACHING = 0.3
"""The share of the limit from which a chart of memory reaches up to it: below, it would show a flat line."""

WITH_RIGHT, WITHOUT_RIGHT = Margins(left=8, right=6), Margins(left=8)
"""Room for all labels but the rarest, with a chart that has a right axis among them and without one."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart: its title, the stats in it, and its plot, None while nothing of it is known.

    `left_out` counts the servers that have no line, because others stand out more.
    """

    title: Clean
    stats: tuple[Stat, ...]
    plot: Plot | None
    left_out: int = 0

    def read_at(self, cursor: float | None) -> Drawing:
        """The same chart, read at a moment."""
        return self if self.plot is None else replace(self, plot=replace(self.plot, cursor=cursor))

    def aligned(self, margins: Margins) -> Drawing:
        """The same chart with so much room for its labels."""
        return self if self.plot is None else replace(self, plot=replace(self.plot, margins=margins))


def drawings(picture: ChartsPicture) -> tuple[Drawing | None, ...]:
    """As many as there are groups, each in its place, their axes of time aligned; None where nothing is to be drawn.

    They are not read at the cursor yet.
    """
    drawn = _drawings(picture)
    plots = [drawing.plot for drawing in drawn if drawing and drawing.plot]
    margins = WITH_RIGHT if any(plot.right for plot in plots) else WITHOUT_RIGHT
    return tuple(drawing.aligned(margins) if drawing else None for drawing in drawn)


def recovers(stat: Stat, picture: ChartsPicture) -> bool:
    """Whether a chart with this stat shows how the hit rate of the cache comes back after a flush."""
    return GROUP_OF[stat.id] is HITS and picture.choice.of is Of.CACHE


def _drawings(picture: ChartsPicture) -> tuple[Drawing | None, ...]:
    on = picture.choice.on
    if picture.choice.of is not Of.EACH:
        groups = (tuple(stat for stat in group.stats if stat.id in on) for group in GROUPS)
        return tuple(
            _of_group(picture, group, stats) if stats else None for group, stats in zip(GROUPS, groups, strict=True)
        )
    compared: list[Drawing | None] = [_of_servers(picture, stat) for stat in STATS.values() if stat.id in on]
    return tuple((compared + [None] * len(GROUPS))[: len(GROUPS)])


def _of_group(picture: ChartsPicture, group: StatGroup, stats: tuple[Stat, ...]) -> Drawing:
    server = picture.choice.server
    title = group.title if server is None else f"{group.title} \u203a {_names(picture)[server]}"
    if group.stats[0] is LATENCY and server is None:
        return _of_servers(picture, LATENCY)
    own = (_line(group, stat, Clean(stat.legend), points(picture, stat, server)) for stat in stats)
    faint = (_ghost(picture, group, stat, earlier(picture, stat, server)) for stat in stats)
    lines = tuple(line for line in (*own, *faint) if line is not None)
    right = next((Axis(stat.unit) for stat in stats if group.side(stat) == "right"), None)
    left = group.left
    if all(group.side(stat) == "right" for stat in stats):
        left, right = stats[0].unit, None
    plot = _plot(picture, lines, _axis(picture, group, left), right, _levels(picture, group))
    return Drawing(Clean(title), stats, plot)


def _of_servers(picture: ChartsPicture, stat: Stat) -> Drawing:
    """A line for each server that stands out, or for all of a few."""
    lines_of = {server: line for server in _servers(picture, stat) if (line := points(picture, stat, server))}
    chosen = standing_out({server: line.values for server, line in lines_of.items()})
    names = _names(picture)
    lines = tuple(
        PlotLine(names[server], lines_of[server].times, lines_of[server].values, COLOURS[index % len(COLOURS)],
             bucket=lines_of[server].bucket)
        for index, server in enumerate(chosen)
    )  # fmt: skip
    group = GROUP_OF[stat.id]
    title = group.title if len(group.stats) == 1 else f"{group.title}: {stat.legend}"
    axis = Axis(stat.unit, reach=100 if stat.is_ratio else 0)
    levels = CACHE_BANDS if group is HITS else ()
    return Drawing(Clean(title), (stat,), _plot(picture, lines, axis, None, levels), len(lines_of) - len(chosen))


def _plot(
    picture: ChartsPicture, lines: tuple[PlotLine, ...], left: Axis, right: Axis | None, levels: tuple[Threshold, ...]
) -> Plot | None:
    last = picture.last
    if last is None or not any(not line.ghost for line in lines):
        return None
    start = last - picture.window.seconds
    marks = tuple(mark for mark in picture.marks if start <= mark.time <= last)
    bucket = max(line.bucket or 0 for line in lines if not line.ghost)
    return Plot(start, last, left, lines, right, levels, marks, bucket)


def _line(group: StatGroup, stat: Stat, label: Clean, line: Points | None) -> PlotLine | None:
    return line and PlotLine(label, line.times, line.values, stat.colour, group.side(stat), bucket=line.bucket)


def _ghost(picture: ChartsPicture, group: StatGroup, stat: Stat, line: Points | None) -> PlotLine | None:
    ghost = _line(group, stat, Clean(picture.choice.earlier.label), line)
    return ghost and replace(ghost, ghost=True)


def _axis(picture: ChartsPicture, group: StatGroup, unit: Unit) -> Axis:
    if unit is Unit.PERCENT:
        return Axis(unit, reach=100)
    if group is MEMORIES and unit is Unit.BYTES:
        used, limit = points(picture, MEMORY, picture.choice.server), _limit(picture)
        most = max((value for value in used.values if value is not None), default=0.0) if used else 0.0
        return Axis(unit, reach=limit if limit is not None and most >= REACHING * limit else 0.0)
    return Axis(unit)


def _levels(picture: ChartsPicture, group: StatGroup) -> tuple[Threshold, ...]:
    if group is HITS:
        return (*CACHE_BANDS, *(recovery_levels(picture.recovery) if recovers(HITS.stats[0], picture) else ()))
    if group is not MEMORIES or not picture.choice.on & {MEMORY.id, LIMIT.id}:
        return ()
    limit = _limit(picture) if LIMIT.id not in picture.choice.on else None
    plan = picture.cache.plan if picture.cache and picture.choice.server is None else None
    levels = (
        Threshold(limit or 0, Clean(f"{LIMIT.label} {size(limit)}"), "poor"),
        Threshold(plan or 0, Clean(f"plan {size(plan)}"), "muted"),
    )
    return tuple(level for level in levels if level.value)


def _limit(picture: ChartsPicture) -> float | None:
    server = picture.choice.server
    if server is None and picture.stats is not None and picture.stats.counters.limit_maxbytes:
        return picture.stats.counters.limit_maxbytes
    series = picture.series_of(LIMIT.id, server)
    return series.latest(LIMIT.id, server) if series else None


def servers(picture: ChartsPicture) -> tuple[str, ...]:
    """All servers that can be chosen, sorted."""
    chosen = (picture.choice.server,) if picture.choice.server else ()
    return server_names(picture.cache, (picture.per_server, picture.latency), chosen)


def legend_names(servers: Sequence[str]) -> dict[str, Clean]:
    """What the servers are called in a legend."""
    return {server: clean(name, NAME) for server, name in short_names(servers).items()}


def _servers(picture: ChartsPicture, stat: Stat) -> tuple[str, ...]:
    series = picture.series_of(stat.id, "")
    return series.servers() if series else ()


def _names(picture: ChartsPicture) -> dict[str, Clean]:
    return legend_names(servers(picture))
