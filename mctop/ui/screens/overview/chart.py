"""The chart of the Overview: memory and hit rate over the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mctop.store.base.window import SAMPLE
from mctop.ui.renderables.plot import Axis, Colour, Plot, PlotLine, Side
from mctop.ui.words.format import Unit
from mctop.ui.words.recovery_text import recovery_levels
from mctop.ui.words.text import Clean

if TYPE_CHECKING:
    from mctop.store.series.series_set import SeriesSet
    from mctop.ui.screens.overview.picture import Picture


LINES: tuple[tuple[str, str, Colour, Side], ...] = (
    ("hit_rate", "hit rate", "line3", "right"),
    ("bytes", "memory", "line1", "left"),
    ("max_bytes", "limit", "line4", "left"),
)
CHARTED = frozenset(stat for stat, *_ in LINES)
"""The series that the chart shows."""
Points = tuple[tuple[int, ...], tuple[float | None, ...]]


class Known(NamedTuple):
    """What can be drawn: each stat in the unit of its axis, in buckets of so many seconds, up to `end`."""

    points: dict[str, Points]
    bucket: int
    end: float


def plot(picture: Picture) -> Plot | None:
    """The lines there is something of, or None; the hit rate waits until the scale of ratios is known.

    Until the series of another window have come, what the present has of it is drawn.
    """
    sampled = _sampled(picture) if picture.time.sampled else None
    charted = None if picture.present else picture.charted
    known = (sampled, *(_read(picture, found) for found in (charted, picture.insight)))
    return next((drawn for one in known if one is not None and (drawn := _drawn(picture, one)) is not None), None)


def _drawn(picture: Picture, known: Known) -> Plot | None:
    window = picture.time
    end = window.until(known.end)
    start = end - window.seconds
    lines: list[PlotLine] = []
    for stat, label, colour, side in LINES:
        shown = [pair for pair in zip(*known.points.get(stat, ((), ())), strict=True) if start <= pair[0] < end]
        if any(value is not None for _, value in shown):
            times, values = zip(*shown, strict=True)
            lines.append(PlotLine(Clean(label), times, values, colour, side))
    if not lines:
        return None
    marks = tuple(mark for mark in picture.marks if start <= mark.time < end)
    levels = recovery_levels(picture.recovery, "right")
    return Plot(start, end, Axis(Unit.BYTES), tuple(lines), Axis(Unit.PERCENT, 0, 100), levels, marks, known.bucket,
                window.cursor)  # fmt: skip


def _read(picture: Picture, found: SeriesSet | None) -> Known | None:
    """What series tell."""
    if found is None:
        return None
    points: dict[str, Points] = {}
    for stat, *_, side in LINES:
        if (series := found.get(stat)) is not None:
            told = map(picture.percent, series.values) if side == "right" else series.values
            points[stat] = series.times, tuple(told)
    return Known(points, found.bucket, found.until)


def _sampled(picture: Picture) -> Known | None:
    """What the samples of the last minutes tell."""
    history = picture.stats.history if picture.stats else ()
    if not history:
        return None
    times = tuple(int(rates.time - rates.window) for rates in history)
    points: dict[str, Points] = {
        "hit_rate": (times, tuple(None if rates.hit_rate is None else rates.hit_rate * 100 for rates in history)),
        "bytes": (times, tuple(rates.used for rates in history)),
        "max_bytes": (times, tuple(rates.limit or None for rates in history)),
    }
    return Known(points, SAMPLE, history[-1].time)
