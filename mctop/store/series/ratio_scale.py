"""The scale of ratios, which the API does not document."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum
from typing import TYPE_CHECKING

from mctop.api.models.formulas import COMMANDS

if TYPE_CHECKING:
    from mctop.store.series.series_set import SeriesSet


FRACTIONS = frozenset(f"{command}_fraction" for command in COMMANDS)
"""The shares of all requests: together they are the whole."""
SURPLUS = 1.01
"""No fraction is above it: 1, and 1 % for the rounding of averages."""
TOLERANCE = 0.05
"""By how much the sum of the shares may miss 1; sums of percentages miss it by 99."""


class RatioScale(Enum):
    """The scale of ratios: `value * scale.value` is a percentage; UNKNOWN until the series tell."""

    UNKNOWN = None
    FRACTION = 100.0
    PERCENT = 1.0


def detect(before: RatioScale, series_set: SeriesSet) -> RatioScale:
    """Detect the scale in series; it is the one `before` where they prove nothing new.

    A ratio above 1 proves percent. Only the sum of all shares in a complete bucket with traffic proves fractions:
    one small value may be either.
    """
    if before is RatioScale.PERCENT or _above_one(series_set):
        return RatioScale.PERCENT
    if before is RatioScale.UNKNOWN and series_set.names >= FRACTIONS and _sums_to_one(series_set):
        return RatioScale.FRACTION
    return before


def _is_ratio(stat: str) -> bool:
    """Whether a stat is a ratio, whose scale matters."""
    return stat.endswith(("_fraction", "hit_rate"))


def _above_one(series_set: SeriesSet) -> bool:
    ratios = (series.values for series in series_set.series if _is_ratio(series.stat))
    return any(value is not None and value > SURPLUS for values in ratios for value in values)


def _sums_to_one(series_set: SeriesSet) -> bool:
    shares: defaultdict[tuple[str | None, int], list[float]] = defaultdict(list)
    for series in series_set.series:
        if series.stat in FRACTIONS:
            for time, value in zip(series.times, series.values, strict=True):
                if value is not None and time + series_set.bucket <= series_set.end:
                    shares[series.server, time].append(value)
    return any(len(values) > 1 and abs(sum(values) - 1) <= TOLERANCE for values in shares.values())
