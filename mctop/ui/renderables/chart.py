"""A chart: a legend with the values at the cursor, or else the newest, and the lines in their axes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len

from mctop.store.base.marks import MarkKind
from mctop.ui.renderables.axes import APART, BELOW, BESIDE, Scale, Stop, area, division, frame, scale, times
from mctop.ui.renderables.canvas import DOTS, Canvas, Extent, characters, level, trace
from mctop.ui.words.format import duration
from mctop.ui.words.runs import Glyphs, Line, Run, fitted, longest, merged
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mctop.store.base.marks import Mark
    from mctop.ui.renderables.plot import Plot, PlotLine, Side, Threshold


SPACE = 3
"""Columns between two entries."""

SIGNS = "●■▲◆▼★"
PLAIN_SIGNS = "*o+x#@"


def sign(index: int, glyphs: Glyphs) -> str:
    """The character that stands for the line at `index`, with colours and without."""
    signs = PLAIN_SIGNS if glyphs is Glyphs.ASCII else SIGNS
    return signs[index % len(signs)]


def legend(plot: Plot, width: int, glyphs: Glyphs) -> Line:
    """One line, at most `width` wide; how many lines have no room in it is said at its end."""
    runs: list[Run] = []
    used = 0
    entries = tuple(_entries(plot, glyphs))
    for index, entry in enumerate(entries):
        needed = sum(cell_len(run.text) for run in entry)
        left = len(entries) - index
        more = f"+{left - 1}" if left > 1 else ""
        if used and used + needed + (SPACE + len(more) if more else 0) > width:
            runs.append(Run(f"+{left}", "label"))
            break
        runs += (*entry, Run(" " * SPACE if more else ""))
        used += needed + SPACE
    return _cut(runs, width)


def _entries(plot: Plot, glyphs: Glyphs) -> Iterator[Line]:
    """One for each line, and one for all ghosts that are called the same."""
    for index, line in enumerate(plot.lines):
        if not line.ghost:
            read = plot.unit(line.side).text(plot.read(line))
            yield Run(sign(index, glyphs), line.colour), Run(f" {line.label} ", "label"), Run(read, line.colour)
    for label in dict.fromkeys(line.label for line in plot.lines if line.ghost):
        yield (Run(f"{'.' if glyphs is Glyphs.ASCII else '┈'} {label}", "ghost"),)


def _cut(runs: list[Run], width: int) -> Line:
    cut: list[Run] = []
    for run in runs:
        room = width - sum(cell_len(before.text) for before in cut)
        cut.append(run if cell_len(run.text) <= room else Run(fitted(run.text, max(0, room)), run.style))
    return merged(cut)


EVERY, SHIFT = 18, 5
"""Columns between two signs along one line, and between the first signs of two lines: by these the six lines that have
colours of their own have their signs in six different columns."""
NOTE = 24
"""The longest note of a mark that a chart writes out: as wide as the narrowest chart that has axes."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Knows where values and moments stand on the canvas; without `right` everything belongs to the left axis."""

    canvas: Canvas
    plot: Plot
    left: Scale
    right: Scale | None
    glyphs: Glyphs

    def thresholds(self) -> None:
        """A dashed level each."""
        for threshold, row in self._levels():
            self.canvas.write(row, 0, self._dash * self.canvas.width, threshold.tone)

    def marks(self) -> None:
        """An upright each, as high as the canvas."""
        for _, column in self._moments():
            for row in range(self.canvas.height):
                self.canvas.write(row, column, self._upright, "mark")

    def cursor(self) -> None:
        """An upright at the moment that is read."""
        if self.plot.cursor is not None and self.plot.start <= self.plot.cursor <= self.plot.end:
            column, bar = self._column(self.plot.cursor), "|" if self.glyphs is Glyphs.ASCII else "│"
            for row in range(self.canvas.height):
                self.canvas.write(row, column, bar, "cursor")

    def lines(self, *, signs: bool) -> None:
        """Ghosts at the bottom, the first line on top, and the sign of each at its newest point, or all along it."""
        order = sorted(enumerate(self.plot.lines), key=lambda item: (not item[1].ghost, -item[0]))
        drawn = [(index, line, self._line(index, line)) for index, line in order]
        for index, line, points in drawn:
            if points and not line.ghost:
                along = points[EVERY // 2 + SHIFT * index :: EVERY] if signs else []
                for column, value in (*along, points[-1]):
                    row = self._row(value, self._scale(line.side))
                    self.canvas.write(row, column, sign(index, self.glyphs), line.colour)

    def words(self) -> None:
        """Say what thresholds and marks are, where that covers no line."""
        for threshold, row in self._levels():
            text = f" {threshold.label} "
            end = self.canvas.width - len(text)
            self._say(text, (self._dash, threshold.tone), ((row, column) for column in (1, end - 1, end // 2)))
        for mark, column in sorted(self._moments(), key=lambda moment: moment[0].kind is MarkKind.GAP):
            text = clean(mark.note, NOTE) or mark.kind.value
            sides = (column + 1, column - len(text))
            self._say(
                text, (self._upright, "mark"), ((row, side) for row in range(self.canvas.height // 2) for side in sides)
            )

    def _line(self, index: int, line: PlotLine) -> list[tuple[int, float]]:
        """Draw one line, and tell the columns that its points lie in, each with the newest value there."""
        canvas, plot, shape = self.canvas, self.plot, DOTS[self.glyphs]
        scale, plain = self._scale(line.side), self.glyphs is Glyphs.ASCII
        columns, dots = canvas.width * shape.across, canvas.height * shape.down
        extent = Extent(plot.start, plot.end, scale.low, scale.high, columns, dots)
        traced = trace(line.times, line.values, line.bucket or plot.bucket, extent)
        for up, column, bits in characters(traced.columns, shape):
            row = canvas.height - 1 - up
            if line.ghost:
                canvas.write(row, column, "." if plain else shape.characters[bits], "ghost")
            elif plain:
                canvas.write(row, column, sign(index, self.glyphs), line.colour)
            else:
                canvas.dot(row, column, bits, shape, line.colour)
        return list({span.column // shape.across: span.last for span in traced.spans}.items())

    def _say(self, text: str, over: tuple[str, str], places: Iterator[tuple[int, int]]) -> None:
        """Write in the style of what it may be written over, but not over other words."""
        for row, column in places:
            if self.canvas.free(row, column, len(text), over=over):
                self.canvas.write(row, column, text, over[1])
                return

    @property
    def _dash(self) -> str:
        return "-" if self.glyphs is Glyphs.ASCII else "╌"

    @property
    def _upright(self) -> str:
        return ":" if self.glyphs is Glyphs.ASCII else "┊"

    def _levels(self) -> Iterator[tuple[Threshold, int]]:
        for threshold in self.plot.thresholds:
            scale = self._scale(threshold.side)
            if scale.low <= threshold.value <= scale.high:
                yield threshold, self._row(threshold.value, scale)

    def _moments(self) -> Iterator[tuple[Mark, int]]:
        for mark in self.plot.marks:
            if self.plot.start <= mark.time <= self.plot.end:
                yield mark, self._column(mark.time)

    def _column(self, time: float) -> int:
        across = DOTS[self.glyphs].across
        return level(time, self.plot.start, self.plot.end, self.canvas.width * across) // across

    def _scale(self, side: Side) -> Scale:
        return self.right if side == "right" and self.right is not None else self.left

    def _row(self, value: float, scale: Scale) -> int:
        down = DOTS[self.glyphs].down
        return self.canvas.height - 1 - level(value, scale.low, scale.high, self.canvas.height * down) // down


SMALLEST = (24, 6)
"""Width and height below which a chart has no axes, only lines. At these, labels of eight columns leave fourteen to the
lines, and the axis of time leaves them four rows."""
ROOMY = 40
"""Columns from which there is room for margins, which line up charts above one another at the cost of their width."""


def draw(
    plot: Plot, width: int, height: int, *, glyphs: Glyphs = Glyphs.BRAILLE, signs: bool = False
) -> tuple[Line, ...]:
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


def _framed(plot: Plot, width: int, height: int, glyphs: Glyphs, *, signs: bool) -> tuple[Line, ...]:
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


@lru_cache(maxsize=48)  # as many as `canvas.trace` has
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
