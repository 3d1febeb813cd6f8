"""What draws the parts of a plot on a canvas: thresholds, marks, the cursor, lines, and the words beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.store.marks import MarkKind
from mctop.ui.renderables.glyphs import Glyphs
from mctop.ui.renderables.legend import sign
from mctop.ui.renderables.raster import DOTS, Extent, characters, level, trace
from mctop.ui.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mctop.store.marks import Mark
    from mctop.ui.renderables.canvas import Canvas
    from mctop.ui.renderables.plot import Line, Plot, Side, Threshold
    from mctop.ui.renderables.ticks import Scale

EVERY = 18
"""Columns between two signs along one line."""

NOTE = 24
"""The longest note of a mark that a chart writes out."""


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
                along = points[EVERY // 2 + 5 * index :: EVERY] if signs else []
                for column, value in (*along, points[-1]):
                    row = self._row(value, self._scale(line.side))
                    self.canvas.write(row, column, sign(index, self.glyphs), line.colour)

    def words(self) -> None:
        """Say what thresholds and marks are, where that covers no line."""
        for threshold, row in self._levels():
            text = f" {threshold.label} "
            end = self.canvas.width - len(text)
            self._say(text, (self._dash, threshold.tone), ((row, column) for column in (1, end - 1, end // 2)))
        for mark, column in sorted(self._moments(), key=lambda found: found[0].kind is MarkKind.GAP):
            text = clean(mark.note, NOTE) or mark.kind.value
            sides = (column + 1, column - len(text))
            self._say(
                text, (self._upright, "mark"), ((row, side) for row in range(self.canvas.height // 2) for side in sides)
            )

    def _line(self, index: int, line: Line) -> list[tuple[int, float]]:
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
