"""The charts as values: one for each group of stats, or, where servers are compared, one for each stat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mctop.ui.badge import FAIR_FROM, GOOD_FROM
from mctop.ui.format import Unit, size
from mctop.ui.recovering import recovery_levels
from mctop.ui.renderables.plot import COLOURS, Axis, Line, Margins, Plot, Threshold
from mctop.ui.screens.charts.choice import Of
from mctop.ui.screens.charts.groups import DURATION, GROUP_OF, GROUPS, STATS
from mctop.ui.screens.charts.points import Points, earlier, points
from mctop.ui.screens.charts.serverlines import short_names, standing_out
from mctop.ui.text import Clean

if TYPE_CHECKING:
    from mctop.ui.screens.charts.groups import Group, Stat
    from mctop.ui.screens.charts.picture import Picture

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
        Line(names[server], found[server].times, found[server].values, COLOURS[index % len(COLOURS)],
             bucket=found[server].bucket)
        for index, server in enumerate(chosen)
    )  # fmt: skip
    group = GROUP_OF[stat.id]
    title = group.title if len(group.stats) == 1 else f"{group.title}: {stat.label}"
    axis = Axis(stat.unit, reach=100 if stat.is_ratio else 0)
    levels = _bands() if group.id == "hits" else ()
    return Drawing(Clean(title), (stat,), _plot(picture, lines, axis, None, levels), len(found) - len(chosen))


def _plot(
    picture: Picture, lines: tuple[Line, ...], left: Axis, right: Axis | None, levels: tuple[Threshold, ...]
) -> Plot | None:
    last = picture.last
    if last is None or not any(not line.ghost for line in lines):
        return None
    start = last - picture.window.seconds
    marks = tuple(mark for mark in picture.marks if start <= mark.time <= last)
    bucket = max(line.bucket or 0 for line in lines if not line.ghost)
    return Plot(start, last, left, lines, right, levels, marks, bucket)


def _line(stat: Stat, label: Clean, found: Points | None) -> Line | None:
    return found and Line(label, found.times, found.values, stat.colour, stat.side, bucket=found.bucket)


def _ghost(picture: Picture, stat: Stat, found: Points | None) -> Line | None:
    label = Clean(picture.choice.earlier.label)
    return found and Line(label, found.times, found.values, stat.colour, stat.side, ghost=True, bucket=found.bucket)


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
