"""The rhythm of days and weeks."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, sin, tau
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HOUR, DAY, WEEK = 3_600, 86_400, 604_800


@dataclass(frozen=True, slots=True)
class Wave:
    """A cosine: its period and a moment of its peak in epoch seconds, and its height."""

    period: int
    peak: int
    height: float


WAVES = (
    Wave(DAY, 18 * HOUR, 0.31),
    Wave(DAY // 2, 8 * HOUR, 0.07),
    Wave(WEEK, 4 * DAY, 0.06),
    Wave(WEEK // 2, DAY, 0.03),
)
"""Evenings are busy, and weekends; the load stays above 0.5."""


def load_over(times: Sequence[float]) -> list[float]:
    """The load at each time; its mean is 1."""
    total = [1.0] * len(times)
    for wave in WAVES:
        speed, height, peak = tau / wave.period, wave.height, wave.peak
        total = [before + height * cos(speed * (time - peak)) for before, time in zip(total, times, strict=True)]
    return total


def effort_over(times: Sequence[float], origin: float) -> list[float]:
    """The integral of the load from about the origin to each time, in seconds of mean load."""
    total = [time - origin for time in times]
    for wave in WAVES:
        speed, peak = tau / wave.period, wave.peak
        scale = wave.height / speed
        total = [before + scale * sin(speed * (time - peak)) for before, time in zip(total, times, strict=True)]
    return total
