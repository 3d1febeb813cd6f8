"""The chart of the Overview: memory and hit rate over the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.format import Unit
from mctop.ui.renderables.plot import Axis, Colour, Line, Plot, Side
from mctop.ui.text import Clean

if TYPE_CHECKING:
    from mctop.ui.screens.overview.picture import Picture

LINES: tuple[tuple[str, str, Colour, Side], ...] = (
    ("hit_rate", "hit rate", "line3", "right"),
    ("bytes", "memory", "line1", "left"),
    ("max_bytes", "limit", "line4", "left"),
)


def plot(picture: Picture) -> Plot | None:
    """The lines there is something of, or None; the hit rate waits until the scale of ratios is known."""
    found = picture.insight
    if found is None:
        return None
    start = found.until - picture.window
    lines: list[Line] = []
    for stat, label, colour, side in LINES:
        series = found.get(stat)
        pairs = zip(series.times, series.values, strict=True) if series else ()
        shown = [(time, picture.percent(value) if side == "right" else value) for time, value in pairs
                 if start <= time < found.until]  # fmt: skip
        if any(value is not None for _, value in shown):
            times, values = zip(*shown, strict=True)
            lines.append(Line(Clean(label), times, values, colour, side))
    if not lines:
        return None
    marks = tuple(mark for mark in picture.marks if start <= mark.time < found.until)
    return Plot(start, found.until, Axis(Unit.BYTES), tuple(lines), Axis(Unit.PERCENT, 0, 100), marks=marks,
                bucket=found.bucket)  # fmt: skip
