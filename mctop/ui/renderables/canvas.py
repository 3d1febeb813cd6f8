"""A canvas of cells, and lines drawn on it as dots."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mctop.ui.renderables.plot import JOINED
from mctop.ui.words.runs import Glyphs, Line, Run, merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


GRID = "grid"


class Canvas:
    """Rows of cells, row 0 on top; what is there at first is the grid, and gives way to everything."""

    def __init__(self, rows: Iterable[str]) -> None:
        self._text = [list(row) for row in rows]
        self._style = [[GRID] * len(row) for row in self._text]
        self._dots = [[0] * len(row) for row in self._text]
        self.height = len(self._text)
        self.width = len(self._text[0]) if self._text else 0

    def write(self, row: int, column: int, text: str, style: str) -> None:
        """Put text over what is there, as far as there is room."""
        for x, character in enumerate(text[: self.width - column], column):
            self._text[row][x] = character
            self._style[row][x] = style

    def dot(self, row: int, column: int, bits: int, shape: Dots, style: str) -> None:
        """Add dots to those of other lines in the same cell; the newest line colours them all."""
        bits |= self._dots[row][column]
        self._dots[row][column] = bits
        self._text[row][column] = shape.characters[bits]
        self._style[row][column] = style

    def free(self, row: int, column: int, width: int, *, over: tuple[str, str] = ("", GRID)) -> bool:
        """Whether text would cover nothing but the grid, and what is `over`: a character of a style."""
        part = slice(column, column + width)
        cells = zip(self._text[row][part], self._style[row][part], strict=True)
        return 0 <= column <= self.width - width and all(cell == over or cell[1] == GRID for cell in cells)

    def runs(self, row: int) -> Line:
        """One line, in as few runs as it has colours."""
        return merged(map(Run, self._text[row], self._style[row]))


class Dots(NamedTuple):
    """How a character is divided: `across` by `down` dots; `characters` by the bits of both halves, lowest first."""

    across: int
    down: int
    characters: tuple[str, ...]


def _braille() -> tuple[str, ...]:
    """All 256, by left nibble and right nibble."""
    left, right = (0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08)
    codes = [
        sum(left[bit] for bit in range(4) if half & 1 << bit) + sum(right[bit] for bit in range(4) if half & 16 << bit)
        for half in range(256)
    ]
    return (" ", *(chr(0x2800 + code) for code in codes[1:]))


DOTS = {
    Glyphs.BRAILLE: Dots(2, 4, _braille()),
    Glyphs.BLOCK: Dots(2, 2, tuple(" ▖▘▌▗▄▚▙▝▞▀▛▐▟▜█")),
    Glyphs.ASCII: Dots(1, 1, (" ", "*")),
}


class ColumnSpan(NamedTuple):
    """What a series does within one column of dots; `joined` says that no gap lies before it."""

    column: int
    first: float
    low: float
    high: float
    last: float
    joined: bool


class Extent(NamedTuple):
    """What a canvas shows, from `start` to `end` and from `low` to `high`, and how many dots it is wide and high."""

    start: float
    end: float
    low: float
    high: float
    columns: int
    dots: int


class DottedLine(NamedTuple):
    """A line as dots: for each column of dots one number whose bits are set, and the spans that they come from."""

    columns: tuple[int, ...]
    spans: tuple[ColumnSpan, ...]


@lru_cache(maxsize=48)  # eight charts of six lines each
def trace(times: tuple[int, ...], values: tuple[float | None, ...], bucket: int, extent: Extent) -> DottedLine:
    """A series as dots; the same one is worked out once, so that a cursor moves at once."""
    spans = tuple(decimate(times, values, extent.start, extent.end, extent.columns, bucket))
    return DottedLine(tuple(masks(spans, extent.low, extent.high, extent.columns, extent.dots)), spans)


def decimate(
    times: Sequence[int], values: Sequence[float | None], start: float, end: float, columns: int, bucket: float
) -> Iterator[ColumnSpan]:
    """Reduce a series to at most one span a column, between `start` and `end`; least and greatest values are kept."""
    if columns < 1 or end <= start:
        return
    step = (end - start) / (columns - 1) if columns > 1 else math.inf
    index, stop = bisect_left(times, start), bisect_right(times, end)
    before = -1
    while index < stop:
        column = int((times[index] - start) / step + 0.5)
        until = bisect_left(times, start + (column + 0.5) * step, index + 1, stop)
        while until < stop and int((times[until] - start) / step + 0.5) == column:
            until += 1  # where rounding disagrees with the search by one
        first, last, finite = _finite(values, index, until)
        if finite:
            joined = 0 <= before == first - 1 and times[first] - times[before] <= JOINED * bucket
            yield ColumnSpan(column, finite[0], min(finite), max(finite), finite[-1], joined)
            before = last
        index = until


def masks(spans: Iterable[ColumnSpan], low: float, high: float, columns: int, dots: int) -> list[int]:
    """For each column of dots one number whose bits are the dots that a line sets; the lowest dot is bit 0."""
    columns_of_dots = [0] * columns
    scale = (dots - 1) / (high - low)
    x, y = 0, 0.0
    for span in spans:
        first = _clamped((span.first - low) * scale, dots)
        if span.joined:
            _bridge(columns_of_dots, x, y, span.column, first)
        bottom, top = _clamped((span.low - low) * scale, dots), _clamped((span.high - low) * scale, dots)
        columns_of_dots[span.column] |= _filled(bottom, top)
        x, y = span.column, _clamped((span.last - low) * scale, dots)
    return columns_of_dots


def characters(columns_of_dots: Sequence[int], shape: Dots) -> Iterator[tuple[int, int, int]]:
    """Every character that has dots, as (row from below, column, index into `shape.characters`)."""
    across, down = shape.across, shape.down
    half = (1 << down) - 1
    for column in range(len(columns_of_dots) // across):
        left = columns_of_dots[column * across]
        right = columns_of_dots[column * across + 1] if across > 1 else 0
        both = left | right
        if not both:
            continue
        lowest = ((both & -both).bit_length() - 1) // down
        for row in range(lowest, (both.bit_length() - 1) // down + 1):
            shift = row * down
            if bits := (left >> shift & half) | (right >> shift & half) << down:
                yield row, column, bits


def level(value: float, low: float, high: float, dots: int) -> int:
    """The dot at which a value stands, counted from below."""
    return round(_clamped((value - low) * (dots - 1) / (high - low), dots))


def _finite(values: Sequence[float | None], start: int, stop: int) -> tuple[int, int, Sequence[float]]:
    """The indices of the first and the last number among values[start:stop], and all of them."""
    part = values[start:stop]
    if None not in part and math.isfinite(sum(part)):  # type: ignore[arg-type]  # mypy does not narrow by `in`
        return start, stop - 1, part  # type: ignore[return-value]
    finite = [value for value in part if value is not None and math.isfinite(value)]
    if not finite or len(finite) == len(part):
        return start, stop - 1, finite
    return start + part.index(finite[0]), stop - 1 - part[::-1].index(finite[-1]), finite


def _bridge(columns_of_dots: list[int], x: int, y: float, to_x: int, to_y: float) -> None:
    """Join two points: every column between them, and half of both, is filled as far as the line climbs within it."""
    slope = (to_y - y) / (to_x - x)
    for column in range(x, to_x + 1):
        a = y + slope * (max(column - 0.5, x) - x)
        b = y + slope * (min(column + 0.5, to_x) - x)
        columns_of_dots[column] |= _filled(min(a, b), max(a, b))


def _filled(bottom: float, top: float) -> int:
    lowest = round(bottom)
    return (1 << round(top) - lowest + 1) - 1 << lowest


def _clamped(dot: float, dots: int) -> float:
    return max(0.0, min(dot, dots - 1))
