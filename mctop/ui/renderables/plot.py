"""A chart as values: lines over time, their axes, thresholds and marks."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from mctop.store.series.series_set import LATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.store.base.marks import Mark
    from mctop.ui.words.format import Unit
    from mctop.ui.words.text import Clean

Side = Literal["left", "right"]
Colour = Literal["line1", "line2", "line3", "line4", "line5", "line6"]
COLOURS: tuple[Colour, ...] = ("line1", "line2", "line3", "line4", "line5", "line6")
"""Names that the theme gives colours to; more lines than these share colours, and their glyphs tell them apart."""

LevelTone = Literal["good", "fair", "poor", "muted"]

JOINED = 1.5
"""Buckets that two points may be apart without a gap between them: a bucket that is missing makes it two, and one that
comes a little late does not."""


def value_at(times: Sequence[int], values: Sequence[float | None], bucket: int, time: float) -> float | None:
    """The value of the bucket in which a moment lies; `times` are the starts of buckets, None is a gap.

    A bucket lasts until the next one begins, unless that is so late that there is a gap between them.
    """
    index = bisect_right(times, time) - 1
    if index < 0:
        return None
    joined = index + 1 < len(times) and times[index + 1] - times[index] <= JOINED * bucket
    return values[index] if joined or time - times[index] < bucket else None


@dataclass(frozen=True, slots=True)
class Axis:
    """The scale at one side, in its unit: from `low` up to the first round number above the data, and above `reach`."""

    unit: Unit
    low: float = 0.0
    reach: float = 0.0


@dataclass(frozen=True, slots=True)
class PlotLine:
    """One series: `times` are epoch seconds, rising; None is a gap.

    A ghost is a faint line behind the others, in which the same period earlier is shown; it does not stretch the axis.
    `bucket` is the seconds between two of its points, where they are not those of the plot.
    """

    label: Clean
    times: tuple[int, ...]
    values: tuple[float | None, ...]
    colour: Colour = "line1"
    side: Side = "left"
    ghost: bool = False
    bucket: int | None = None

    def at(self, time: float, bucket: int) -> float | None:
        """The value of the bucket in which a moment lies; `bucket` is the plot's."""
        return value_at(self.times, self.values, self.bucket or bucket, time)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A level that matters, drawn only where the axis reaches it."""

    value: float
    label: Clean
    tone: LevelTone = "muted"
    side: Side = "left"


class Margins(NamedTuple):
    """Columns that the labels of the axes take at least, so that charts above one another share the axis of time."""

    left: int = 0
    right: int = 0


NO_MARGINS = Margins()


@dataclass(frozen=True, slots=True)
class Plot:
    """All of one chart, from `start` to `end` (epoch seconds); points more than 1.5 `bucket` apart leave a gap.

    Where lines cross, the first one is on top. At the `cursor`, a moment, every line is read.
    """

    start: float
    end: float
    left: Axis
    lines: tuple[PlotLine, ...]
    right: Axis | None = None
    thresholds: tuple[Threshold, ...] = ()
    marks: tuple[Mark, ...] = ()
    bucket: int = 60
    cursor: float | None = None
    margins: Margins = NO_MARGINS

    def unit(self, side: Side) -> Unit:
        """What the lines of one side are measured in."""
        return (self.right if side == "right" and self.right is not None else self.left).unit

    def read(self, line: PlotLine) -> float | None:
        """The value of a line at the cursor, or else its newest, unless the line ends too long before the plot does."""
        if self.cursor is not None:
            return line.at(self.cursor, self.bucket)
        late = LATE * (line.bucket or self.bucket)
        return line.values[-1] if line.values and line.times[-1] >= self.end - late else None
