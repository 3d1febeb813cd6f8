"""The scale of ratios, which the API does not document."""

from enum import Enum


class RatioScale(Enum):
    """What a ratio of 1 means: `value * scale.value` is a percentage; UNKNOWN until the series tell."""

    UNKNOWN = None
    FRACTION = 100.0
    PERCENT = 1.0
