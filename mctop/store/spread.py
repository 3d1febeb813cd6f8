"""How the values of a series are spread over the window."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.api.models.series import Series


@dataclass(frozen=True, slots=True)
class Spread:
    """The median, the value that 95 % of all are not above, and the greatest, in the unit of the series."""

    p50: float
    p95: float
    greatest: float


def spread(series: Series | None, start: float, end: float) -> Spread | None:
    """How the values from `start` to before `end` (epoch seconds) are spread, gaps aside; None without values."""
    if series is None:
        return None
    first, last = bisect_left(series.times, start), bisect_left(series.times, end)
    values = sorted(value for value in series.values[first:last] if value is not None)
    return Spread(_nearest(values, 0.5), _nearest(values, 0.95), values[-1]) if values else None


def _nearest(values: list[float], part: float) -> float:
    """The smallest of the sorted values that at least this part of them does not exceed."""
    return values[max(0, math.ceil(part * len(values)) - 1)]
