"""Servers as lines: which of many are drawn, and what they are called in a legend."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from operator import attrgetter
from statistics import fmean, median
from typing import TYPE_CHECKING, NamedTuple

from mctop.store.counters.live_rates import FAIR_FROM, GOOD_FROM
from mctop.ui.renderables.plot import COLOURS, Axis, Margins, Plot, PlotLine, Threshold, value_at
from mctop.ui.screens.charts.picture import Of
from mctop.ui.stats import DURATION, GROUP_OF, GROUPS, STATS
from mctop.ui.words.format import Unit, size
from mctop.ui.words.recovery_text import recovery_levels
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mctop.store.counters.live_rates import Rates
    from mctop.store.series.series_set import SeriesSet
    from mctop.ui.screens.charts.picture import Picture
    from mctop.ui.stats import Group, Stat


MOST = 10
"""Lines that one chart shows, at most."""
NAME = 24
PARTS = re.compile(r"(?=[.:])")


def standing_out(values: Mapping[str, Sequence[float | None]], most: int = MOST) -> tuple[str, ...]:
    """The servers to draw, sorted by name: all of them, or those whose mean is furthest from the median of all."""
    means = {server: fmean(known) for server, found in values.items() if (known := [v for v in found if v is not None])}
    if len(means) <= most:
        return tuple(sorted(means))
    middle = median(means.values())
    far = sorted(means, key=lambda server: (-abs(means[server] - middle), server))
    return tuple(sorted(far[:most]))


def short_names(servers: Sequence[str]) -> dict[str, Clean]:
    """What tells the servers apart: their names without the end that all of them share."""
    parts = [PARTS.split(server) for server in servers]
    shared = 0
    shortest = min(map(len, parts), default=0)
    while shared < shortest - 1 and len({tuple(one[-shared - 1 :]) for one in parts}) == 1:
        shared += 1
    if len(servers) < 2:
        shared = 0
    return {server: clean("".join(one[: len(one) - shared]), NAME) for server, one in zip(servers, parts, strict=True)}


Values = tuple[float | None, ...]


class Points(NamedTuple):
    """Values at times (epoch seconds, the start of each bucket); percentages are 0-100. `bucket` is in seconds."""

    times: tuple[int, ...]
    values: Values
    bucket: int

    def at(self, time: float) -> float | None:
        """The value of the bucket in which a moment lies."""
        return value_at(self.times, self.values, self.bucket, time)


def _share_of_requests(commands: str) -> Callable[[Rates], float | None]:
    part = attrgetter(commands)

    def share(rates: Rates) -> float | None:
        return part(rates) * 100 / rates.requests if rates.requests else None

    return share


def _percent(ratio: str) -> Callable[[Rates], float | None]:
    get = attrgetter(ratio)

    def percent(rates: Rates) -> float | None:
        value: float | None = get(rates)
        return None if value is None else value * 100

    return percent


COMMANDS = {"get": "gets", "set": "sets", "delete": "deletes", "touch": "touches", "incr": "incrs", "decr": "decrs",
            "cas": "cas", "flush": "flushes"}  # fmt: skip
LIVE: dict[str, Callable[[Rates], float | None]] = {
    "hit_rate": _percent("hit_rate"), "get_hit_rate": _percent("get_hit_rate"),
    "request_rate": attrgetter("requests"), "eviction_rate": attrgetter("evictions"),
    "get_expired_rate": attrgetter("expirations"), "connection_rate": attrgetter("connections"),
    "bytes_read_rate": attrgetter("read"), "bytes_write_rate": attrgetter("written"),
    "bytes": attrgetter("used"), "max_bytes": attrgetter("limit"), "items": attrgetter("items"),
    "connections": attrgetter("open"),
    **{f"{command}_rate": attrgetter(field) for command, field in COMMANDS.items()},
    **{f"{command}_fraction": _share_of_requests(field) for command, field in COMMANDS.items()},
}  # fmt: skip
"""The stats that live samples tell, each from the rates between two samples."""


def points(picture: Picture, stat: str, server: str | None = None) -> Points | None:
    """What is known of a stat within the window, of the cache or of a server; None without a single value."""
    last = picture.last
    if last is None:
        return None
    start = last - picture.window.seconds
    found = _sampled(picture, stat, start) if server is None and picture.live and stat in LIVE else None
    return found or _read(picture, picture.series_of(stat, server), stat, server, start, last)


def earlier(picture: Picture, stat: str, server: str | None = None) -> Points | None:
    """The same stat over the window before, moved to the times of this one."""
    last, by = picture.last, picture.choice.earlier.value
    if last is None or not by:
        return None
    series = picture.series_of(stat, server, before=True)
    found = _read(picture, series, stat, server, last - picture.window.seconds - by, last - by)
    return found and found._replace(times=tuple(time + by for time in found.times))


def _read(
    picture: Picture, found: SeriesSet | None, stat: str, server: str | None, start: float, end: float
) -> Points | None:
    series = found.get(stat, server) if found else None
    factor = picture.scale.value if stat != DURATION and STATS[stat].is_ratio else 1.0
    if found is None or series is None or factor is None:
        return None
    first = bisect_left(series.times, start)
    last = bisect_left(series.times, min(end, found.end) - found.bucket + 1)
    values = series.values[first:last]
    if factor != 1.0:
        values = tuple(None if value is None else value * factor for value in values)
    return Points(series.times[first:last], values, found.bucket) if any(v is not None for v in values) else None


def _sampled(picture: Picture, stat: str, start: float) -> Points | None:
    history = [rates for rates in picture.stats.history if rates.time > start] if picture.stats else []
    values = tuple(map(LIVE[stat], history))
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


def drawings(picture: Picture) -> tuple[Drawing | None, ...]:
    """As many as there are groups, each in its place, their axes of time aligned; None where nothing is to be drawn.

    They are not read at the cursor yet.
    """
    drawn = _drawings(picture)
    margins = WITH_RIGHT if any(one and one.plot and one.plot.right for one in drawn) else WITHOUT_RIGHT
    return tuple(replace(one, plot=replace(one.plot, margins=margins)) if one and one.plot else one for one in drawn)


def recovers(stat: Stat, picture: Picture) -> bool:
    """Whether a chart with this stat shows how the hit rate of the cache comes back after a flush."""
    return GROUP_OF[stat.id].id == "hits" and picture.choice.of is Of.CACHE


def _drawings(picture: Picture) -> tuple[Drawing | None, ...]:
    on = picture.choice.on
    if picture.choice.of is not Of.EACH:
        groups = (tuple(stat for stat in group.stats if stat.id in on) for group in GROUPS)
        return tuple(
            _of_group(picture, group, stats) if stats else None for group, stats in zip(GROUPS, groups, strict=True)
        )
    compared: list[Drawing | None] = [_of_servers(picture, stat) for stat in STATS.values() if stat.id in on]
    return tuple((compared + [None] * len(GROUPS))[: len(GROUPS)])


def _of_group(picture: Picture, group: Group, stats: tuple[Stat, ...]) -> Drawing:
    server = picture.choice.server
    title = group.title if server is None else f"{group.title} \u203a {_names(picture)[server]}"
    if group.stats[0].id == DURATION and server is None:
        return _of_servers(picture, group.stats[0])
    own = (_line(stat, Clean(stat.label), points(picture, stat.id, server)) for stat in stats)
    ghosts = (_ghost(picture, stat, earlier(picture, stat.id, server)) for stat in stats)
    lines = tuple(line for line in (*own, *ghosts) if line is not None)
    right = next((Axis(stat.unit) for stat in stats if stat.side == "right"), None)
    left = group.left
    if all(stat.side == "right" for stat in stats):
        left, right = stats[0].unit, None
    plot = _plot(picture, lines, _axis(picture, group, left), right, _levels(picture, group))
    return Drawing(Clean(title), stats, plot)


def _of_servers(picture: Picture, stat: Stat) -> Drawing:
    """A line for each server that stands out, or for all of a few."""
    found = {server: known for server in _servers(picture, stat) if (known := points(picture, stat.id, server))}
    chosen = standing_out({server: known.values for server, known in found.items()})
    names = _names(picture)
    lines = tuple(
        PlotLine(names[server], found[server].times, found[server].values, COLOURS[index % len(COLOURS)],
             bucket=found[server].bucket)
        for index, server in enumerate(chosen)
    )  # fmt: skip
    group = GROUP_OF[stat.id]
    title = group.title if len(group.stats) == 1 else f"{group.title}: {stat.label}"
    axis = Axis(stat.unit, reach=100 if stat.is_ratio else 0)
    levels = _bands() if group.id == "hits" else ()
    return Drawing(Clean(title), (stat,), _plot(picture, lines, axis, None, levels), len(found) - len(chosen))


def _plot(
    picture: Picture, lines: tuple[PlotLine, ...], left: Axis, right: Axis | None, levels: tuple[Threshold, ...]
) -> Plot | None:
    last = picture.last
    if last is None or not any(not line.ghost for line in lines):
        return None
    start = last - picture.window.seconds
    marks = tuple(mark for mark in picture.marks if start <= mark.time <= last)
    bucket = max(line.bucket or 0 for line in lines if not line.ghost)
    return Plot(start, last, left, lines, right, levels, marks, bucket)


def _line(stat: Stat, label: Clean, found: Points | None) -> PlotLine | None:
    return found and PlotLine(label, found.times, found.values, stat.colour, stat.side, bucket=found.bucket)


def _ghost(picture: Picture, stat: Stat, found: Points | None) -> PlotLine | None:
    label = Clean(picture.choice.earlier.label)
    return found and PlotLine(label, found.times, found.values, stat.colour, stat.side, ghost=True, bucket=found.bucket)


def _axis(picture: Picture, group: Group, unit: Unit) -> Axis:
    if unit is Unit.PERCENT:
        return Axis(unit, reach=100)
    if group.id == "memory" and unit is Unit.BYTES:
        used, limit = points(picture, "bytes", picture.choice.server), _limit(picture)
        most = max((value for value in used.values if value is not None), default=0.0) if used else 0.0
        return Axis(unit, reach=limit if limit is not None and most >= REACHING * limit else 0.0)
    return Axis(unit)


def _levels(picture: Picture, group: Group) -> tuple[Threshold, ...]:
    if group.id == "hits":
        return (*_bands(), *(recovery_levels(picture.recovery) if recovers(group.stats[0], picture) else ()))
    if group.id != "memory" or not picture.choice.on & {"bytes", "max_bytes"}:
        return ()
    limit = _limit(picture) if "max_bytes" not in picture.choice.on else None
    plan = picture.cache.plan if picture.cache and picture.choice.server is None else None
    named = ((limit, "limit", "poor"), (plan, "plan", "muted"))
    return tuple(
        Threshold(value, Clean(f"{label} {size(value)}"), tone)  # type: ignore[arg-type]  # both are tones
        for value, label, tone in named
        if value
    )


def _bands() -> tuple[Threshold, ...]:
    return (
        Threshold(GOOD_FROM, Clean(f"good from {GOOD_FROM} %"), "good"),
        Threshold(FAIR_FROM, Clean(f"fair from {FAIR_FROM} %"), "fair"),
    )


def _limit(picture: Picture) -> float | None:
    server = picture.choice.server
    if server is None and picture.stats is not None and picture.stats.counters.limit_maxbytes:
        return picture.stats.counters.limit_maxbytes
    found = picture.series_of("max_bytes", server)
    return found.latest("max_bytes", server) if found else None


def servers(picture: Picture) -> tuple[str, ...]:
    """All servers that anything is known of, sorted."""
    names = set(picture.cache.servers) if picture.cache else set()
    for found in (picture.per_server, picture.latency):
        names.update(found.servers() if found else ())
    names.update({picture.choice.server} if picture.choice.server else ())
    return tuple(sorted(names))


def _servers(picture: Picture, stat: Stat) -> tuple[str, ...]:
    found = picture.series_of(stat.id, "")
    return found.servers() if found else ()


def _names(picture: Picture) -> dict[str, Clean]:
    return short_names(servers(picture))
