"""A chart: a plot and a size become lines of the screen."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from mctop.ui.format import duration
from mctop.ui.renderables.axes import BELOW, BESIDE, Stop, area, frame
from mctop.ui.renderables.canvas import Canvas
from mctop.ui.renderables.glyphs import Glyphs
from mctop.ui.renderables.legend import legend
from mctop.ui.renderables.pen import Pen
from mctop.ui.renderables.raster import DOTS, level
from mctop.ui.renderables.runs import Run, merged
from mctop.ui.renderables.ticks import APART, Scale, division, scale, times
from mctop.ui.renderables.words import longest

if TYPE_CHECKING:
    from mctop.ui.renderables.plot import Plot, Side

SMALLEST = (24, 6)
"""Width and height below which a chart has no axes, only lines."""
ROOMY = 40
"""Columns from which there is room for margins."""


def draw(
    plot: Plot, width: int, height: int, *, glyphs: Glyphs = Glyphs.BRAILLE, signs: bool = False
) -> tuple[tuple[Run, ...], ...]:
    """Draw a plot at `width` by `height`: a legend, the frame, and the lines in it.

    `signs` repeats the sign of each line along it, for a screen without colours. The styles are `axis`, `grid`,
    `label`, `mark`, `cursor`, `ghost`, the colours of the lines and the tones of the thresholds.
    """
    if width < 1 or height < 1 or plot.end <= plot.start:
        return ((),) * max(0, height)
    top = (legend(plot, width, glyphs),) if height > 2 else ()
    down = height - len(top)
    if width < SMALLEST[0] or down < SMALLEST[1]:
        canvas = Canvas([" " * width] * down)
        Pen(canvas, plot, *_scales(plot, down, glyphs), glyphs).lines(signs=signs)
        return top + tuple(canvas.runs(row) for row in range(down))
    return top + _framed(plot, width, down, glyphs, signs=signs)


def _framed(plot: Plot, width: int, height: int, glyphs: Glyphs, *, signs: bool) -> tuple[tuple[Run, ...], ...]:
    down = height - BELOW
    left, right = _scales(plot, down, glyphs)
    before, after = plot.margins if width >= ROOMY else (0, 0)
    levels = _stops(left, down, glyphs, f">{before}"), _stops(right, down, glyphs, f"<{after}")
    if right is None and after:
        width = max(SMALLEST[0], width - after - BESIDE)
    x, across = area(width, *levels)
    each = longest(x - 2, tuple(f"{word}{duration(plot.bucket)}" for word in ("bucket ", "each ", "")))
    rows = frame(width, height, *levels, _moments(plot, across, glyphs), each=each, plain=glyphs is Glyphs.ASCII)
    canvas = Canvas(row[x : x + across] for row in rows[:down])
    pen = Pen(canvas, plot, left, right, glyphs)
    pen.thresholds()
    pen.marks()
    pen.cursor()
    pen.lines(signs=signs)
    pen.words()
    inside = (
        merged((Run(row[:x], "axis"), *canvas.runs(index), Run(row[x + across :], "axis")))
        for index, row in enumerate(rows[:down])
    )
    return (*inside, *((Run(row, "axis"),) for row in rows[down:]))


def _scales(plot: Plot, height: int, glyphs: Glyphs) -> tuple[Scale, Scale | None]:
    dots, divided = DOTS[glyphs].down, division(height)
    left = scale(plot.left, _greatest(plot, "left"), divided, dots, height)
    if plot.right is None:
        return left, None
    return left, scale(plot.right, _greatest(plot, "right"), divided, dots, height)


def _greatest(plot: Plot, side: Side) -> float:
    lines = (line for line in plot.lines if not line.ghost and (line.side == side or plot.right is None))
    return max((greatest for line in lines if (greatest := _top(line.values)) is not None), default=0.0)


@lru_cache(maxsize=48)
def _top(values: tuple[float | None, ...]) -> float | None:
    """The greatest of them, if there is one."""
    return max((value for value in values if value is not None and math.isfinite(value)), default=None)


def _stops(scale: Scale | None, height: int, glyphs: Glyphs, form: str) -> tuple[Stop, ...]:
    if scale is None:
        return ()
    down = DOTS[glyphs].down
    dots = height * down
    return tuple(
        Stop(level(tick.at, scale.low, scale.high, dots) // down, f"{tick.label:{form}}") for tick in scale.ticks
    )


def _moments(plot: Plot, width: int, glyphs: Glyphs) -> tuple[Stop, ...]:
    across = DOTS[glyphs].across
    dots = width * across
    ticks = times(plot.start, plot.end, width // APART)
    return tuple(Stop(level(tick.at, plot.start, plot.end, dots) // across, tick.label) for tick in ticks)
