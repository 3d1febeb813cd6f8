"""A trend: many values as one row of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STEPS = "▁▂▃▄▅▆▇█"
STEADY = 0.02
"""Values that differ by less than this share of the greatest are drawn as level: noise is no trend, and there
are eight steps, so that one of what varies so little would be a quarter of a percent."""
FAR = 1e300
"""Numbers beyond this, and what is no number at all, are drawn as gaps: differences of these overflow to infinity."""


def trend(
    values: Sequence[float | None],
    width: int,
    *,
    low: float | None = None,
    high: float | None = None,
) -> str:
    """Draw values, oldest first and equally far apart in time, at exactly `width` columns; the newest is at the right.

    Each column shows the value of its part of the time that is furthest from the mean, so that no spike and no dip is
    lost. A gap is a blank. `low` and `high` fix the ends of the scale, which are else the least and greatest value.
    """
    numbers = _numbers(values)
    if width < 1 or not numbers:
        return " " * max(0, width)
    least = min(numbers) if low is None else low
    greatest = max(numbers) if high is None else high
    slack = STEADY * max(abs(least), abs(greatest)) - (greatest - least)
    if slack > 0:
        least, greatest = least - slack / 2, greatest + slack / 2
    mean = sum(numbers) / len(numbers)
    scale = len(STEPS) / (greatest - least) if greatest - least > 1 / FAR else 0.0
    text = "".join(
        " " if value is None else STEPS[max(0, min(int((value - least) * scale), len(STEPS) - 1))]
        for value in _columns(values, width, mean)
    )
    return text.rjust(width)


def _columns(values: Sequence[float | None], width: int, mean: float) -> list[float | None]:
    """One value a column: as it is where there is room, else the one furthest from the mean."""
    count = min(len(values), width)
    columns: list[float | None] = []
    for column in range(count):
        part = values[column * len(values) // count : (column + 1) * len(values) // count]
        numbers = _numbers(part)
        columns.append(max(numbers, key=lambda value: abs(value - mean)) if numbers else None)
    return columns


def _numbers(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None and abs(value) < FAR]
