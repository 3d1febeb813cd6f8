"""What a chart shows, as values: lines over time, their axes, thresholds and marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from mctop.store.marks import Mark
    from mctop.ui.format import Unit
    from mctop.ui.text import Clean

Side = Literal["left", "right"]
Colour = Literal["line1", "line2", "line3", "line4", "line5", "line6"]
COLOURS: tuple[Colour, ...] = ("line1", "line2", "line3", "line4", "line5", "line6")
"""Names that the theme gives colours to; more lines than these share colours, and their glyphs tell them apart."""

Tone = Literal["good", "fair", "poor", "muted"]
TONES: tuple[Tone, ...] = ("good", "fair", "poor", "muted")


@dataclass(frozen=True, slots=True)
class Axis:
    """The scale at one side, in its unit: from `low` up to the first round number above the data, and above `reach`."""

    unit: Unit
    low: float = 0.0
    reach: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One series: `times` are epoch seconds, rising; None is a gap.

    A ghost is a faint line behind the others, in which the same period earlier is shown; it does not stretch the axis.
    """

    label: Clean
    times: tuple[int, ...]
    values: tuple[float | None, ...]
    colour: Colour = "line1"
    side: Side = "left"
    ghost: bool = False


@dataclass(frozen=True, slots=True)
class Threshold:
    """A level that matters, drawn only where the axis reaches it."""

    value: float
    label: Clean
    tone: Tone = "muted"
    side: Side = "left"


@dataclass(frozen=True, slots=True)
class Plot:
    """All of one chart, from `start` to `end` (epoch seconds); points more than 1.5 `bucket` apart leave a gap.

    Where lines cross, the first one is on top.
    """

    start: float
    end: float
    left: Axis
    lines: tuple[Line, ...]
    right: Axis | None = None
    thresholds: tuple[Threshold, ...] = ()
    marks: tuple[Mark, ...] = ()
    bucket: int = 60
