"""Axes of charts: round ticks, labels and grid lines; the only importer of plotext."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from mctop.ui.words.format import DAY, HOUR, MINUTE, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mctop.ui.renderables.plot import Axis


COLOURS = re.compile("\x1b\\[[0-9;]*m")
ZONE = "UTC"
GRID = str.maketrans("─", "┈")
LEFT, RIGHT = str.maketrans("┼", "┤"), str.maketrans("┼┤", "├│")
PLAIN = str.maketrans("─│┬┤├└┘┈", "-|+++++.")


class Stop(NamedTuple):
    """A tick at a row (counted from below) or column of the canvas, with its label."""

    at: int
    label: str


BELOW = 2
"""Rows that the axis of time takes."""
BESIDE = 2
"""Columns that an axis of values takes beside its labels."""


def area(width: int, left: tuple[Stop, ...], right: tuple[Stop, ...]) -> tuple[int, int]:
    """Where in a frame of `width` the canvas begins, and how wide it is."""
    x = _widest(left) + BESIDE if left else 1
    return x, width - x - (_widest(right) + BESIDE if right else 0)


@lru_cache(maxsize=32)  # far more than charts on a screen
def frame(
    width: int,
    height: int,
    left: tuple[Stop, ...],
    right: tuple[Stop, ...],
    bottom: tuple[Stop, ...],
    *,
    each: str = "",
    plain: bool,
) -> tuple[str, ...]:
    """Draw a frame of exactly `width` by `height`; the same frame is drawn once, because plotext needs 2 ms for it.

    `each` names the granularity, before the axis of time.
    """
    x, across = area(width, left, right)
    down = height - BELOW
    lines = _drawn(width, height, left, right, bottom, across, down)
    end = x + across
    rows = [line[:x].translate(LEFT) + line[x:end].translate(GRID) + line[end:].translate(RIGHT) for line in lines]
    rows[down - 1] = rows[down - 1][:x] + " " * across + rows[down - 1][end:]
    rows[down] = each + lines[down][len(each) :] if lines[down][: len(each) + 1].isspace() else lines[down]
    if rows[-1][: len(ZONE) + 1].isspace():
        rows[-1] = ZONE + rows[-1][len(ZONE) :]
    return tuple(row.translate(PLAIN) if plain else row for row in rows)


def _drawn(
    width: int,
    height: int,
    left: tuple[Stop, ...],
    right: tuple[Stop, ...],
    bottom: tuple[Stop, ...],
    across: int,
    down: int,
) -> list[str]:
    """Let plotext draw; its figure is global to the module, so nothing of it is used outside of this function."""
    import plotext  # here, because it takes 33 ms that no first frame should wait for

    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(width, height)
    plotext.theme("clear")
    plotext.xaxes(True, False)
    plotext.yaxes(True, bool(right))
    plotext.grid(True, False)
    plotext.xlim(0, max(1, across - 1))
    plotext.xticks([stop.at for stop in bottom], [stop.label for stop in bottom])
    for side, stops in (("left", left), ("right", right)):
        if not stops and side == "right":
            continue
        plotext.scatter([-1], [-1], marker=" ", yside=side)
        plotext.ylim(0, max(1, down - 1), yside=side)
        labels = [f"{stop.label} " if side == "left" else f" {stop.label}" for stop in stops]
        plotext.yticks([stop.at for stop in stops], labels, yside=side)
    return COLOURS.sub("", plotext.build()).splitlines()


def _widest(stops: tuple[Stop, ...]) -> int:
    return max((len(stop.label) for stop in stops), default=0)


SPANS = (
    1, 2, 5, 10, 15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR,
    3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY,
)  # fmt: skip
"""Seconds between two ticks of time; beyond a week they stand at months."""

MONDAY = 4 * DAY
"""The first Monday of the epoch, which weeks are counted from."""

MONTHS = (1, 2, 3, 6, 12)
"""Months between two ticks, which divide a year; beyond that they stand at the beginnings of years."""
STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Round numbers that an axis is divided by, times a power of ten: none is more than half above the one before, so that
data fills at least two thirds of the height below the last tick."""
HALVES = (1.0, 1.5, 2.0)
"""The same for bytes, times a power of two."""
ROUNDING = 1e-9
"""Share by which a step may miss what it must reach: divisions of floating point numbers are that far off."""
ZEROS = re.compile(r"\.(\d*?)0+(?=\D|$)")
LEAST, MOST = 1e-6, 1e300
"""Between these an axis can be divided; beyond them, where rates are rounding errors and powers of ten end, it is drawn
as if it had no data."""

SUFFIXES = {Unit.RATE: "/s", Unit.COUNT: "", Unit.PERCENT: " %"}
APART = 10
"""Columns from one time label to the next, at the least: the widest has 8."""


class Tick(NamedTuple):
    """A moment or value, and how the axis writes it."""

    at: float
    label: str


class Scale(NamedTuple):
    """The values at the lowest and the highest dot, and the ticks from low to high."""

    low: float
    high: float
    ticks: tuple[Tick, ...]


PARTS, TIGHT = (4, 5, 2), 2
"""Numbers of parts that an axis may have, and the rows that each has at least, so that no two labels touch."""
COARSE = 2
"""Rows that may be left free above the last tick rather than divide an axis into two parts alone."""


class Division(NamedTuple):
    """How an axis is divided: into `parts` parts of `rows` rows each."""

    parts: int
    rows: int


def division(height: int) -> Division:
    """Divide a canvas of `height` rows evenly, so that both axes have their ticks in the same rows.

    Rows that remain are left free above the last tick.
    """
    span = max(1, height - 1)
    fitting = [parts for parts in PARTS if span // parts >= TIGHT]
    parts = min(fitting, key=lambda parts: span % parts + (COARSE if parts == min(PARTS) else 0), default=1)
    return Division(parts, span // parts)


def scale(axis: Axis, greatest: float, divided: Division, dots: int, height: int) -> Scale:
    """The scale of an axis whose data reaches `greatest`, for `height` rows of `dots` dots each."""
    reach = max(axis.reach, greatest) - axis.low
    if not LEAST < reach < MOST:
        reach = 100.0 if axis.unit is Unit.PERCENT else 1.0
    step = _step(axis.unit, reach / divided.parts)
    high = axis.low + step * max(1, height * dots - 1) / (divided.rows * dots)
    ticks = (axis.low + step * index for index in range(divided.parts + 1))
    return Scale(axis.low, high, tuple(Tick(at, _label(axis.unit, at)) for at in ticks))


def times(start: float, end: float, most: int) -> tuple[Tick, ...]:
    """Ticks at round UTC times within the window, at most `most` of them; midnight and longer steps are dates."""
    length = end - start
    if most < 1 or length <= 0:
        return ()
    for span in SPANS:
        if length / span <= most:
            offset = MONDAY if span == 7 * DAY else 0
            first = math.ceil((start - offset) / span) * span + offset
            count = int((end - first) // span) + 1
            return tuple(Tick(at, _time(at, span)) for at in (first + span * index for index in range(count)))
    months = next((step for step in MONTHS if length / (step * 30 * DAY) <= most), 12 * math.ceil(length / 366 / DAY))
    return tuple(takewhile(lambda tick: tick.at <= end, _months(start, months)))


def _months(start: float, step: int) -> Iterator[Tick]:
    moment = datetime.fromtimestamp(start, UTC)
    month = -(-(moment.year * 12 + moment.month - 1) // step) * step
    while True:
        first = datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)
        if first >= moment:
            yield Tick(first.timestamp(), first.strftime("%b" if first.month > 1 else "%Y"))
        month += step


def _time(at: float, span: int) -> str:
    moment = datetime.fromtimestamp(at, UTC)
    if at % DAY == 0:
        return f"{moment.day} {moment:%b}"
    return f"{moment:%H:%M}" if span >= MINUTE else f"{moment:%H:%M:%S}"


def _step(unit: Unit, least: float) -> float:
    """The first round number that is not below `least`: for bytes a power of two or half more, else one of STEPS."""
    binary = unit in (Unit.BYTES, Unit.SPEED)
    power = max(1.0, 2.0 ** math.floor(math.log2(least))) if binary else 10.0 ** math.floor(math.log10(least))
    return next(power * step for step in (HALVES if binary else STEPS) if power * step >= least * (1 - ROUNDING))


def _label(unit: Unit, value: float) -> str:
    """As the unit writes it, without zeros that say nothing, and with the decimals that tell small ticks apart."""
    if unit in SUFFIXES and value < 100:
        return f"{value:.3g}{SUFFIXES[unit]}"
    return ZEROS.sub(lambda zeros: f".{zeros[1]}" if zeros[1] else "", unit.text(value))
