"""The load over days and weeks, and its noise."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, sin, tau
from typing import TYPE_CHECKING

from mctop.service.simulation.workload.noise import Noise, Octave

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


MOODS = 3
"""Kinds of use that go up and down on their own: signing in, browsing, buying."""

SERVER = (Octave(7, 0.014), Octave(310, 0.012))
MOOD = (Octave(11, 0.018), Octave(170, 0.018), Octave(3_900, 0.02))
LUCK = (Octave(13, 0.02), Octave(210, 0.03), Octave(5_300, 0.03))
"""All slopes together stay below the least load, so that nothing ever runs backwards."""


@dataclass(frozen=True, slots=True)
class LoadColumns:
    """The load up to each of some times, in seconds of mean load since the origin; `load` is a multiple of the mean.

    `efforts` is for each server, `moods` for each mood; `luck` is how many more requests miss than usual.
    """

    load: list[float]
    efforts: tuple[list[float], ...]
    moods: tuple[list[float], ...]
    luck: list[float]


@dataclass(frozen=True, slots=True)
class LoadStep:
    """The load between two moments, as in `LoadColumns`."""

    efforts: tuple[float, ...]
    moods: tuple[float, ...]
    luck: float


class LoadModel:
    """The load of the cache as a function of time, with noise for each server, each mood and for luck."""

    def __init__(self, seed: int, servers: int, origin: float) -> None:
        self._origin = origin
        self._servers = tuple(Noise(f"{seed}/server/{server}", SERVER) for server in range(servers))
        self._moods = tuple(Noise(f"{seed}/mood/{mood}", MOOD) for mood in range(MOODS))
        self._luck = Noise(f"{seed}/luck", LUCK)

    def columns(self, times: Sequence[float]) -> LoadColumns:
        """The load up to each time."""
        effort = effort_over(times, self._origin)
        return LoadColumns(
            load=load_over(times),
            efforts=tuple(
                [all_servers + own for all_servers, own in zip(effort, noise.over(times), strict=True)]
                for noise in self._servers
            ),
            moods=tuple(noise.over(times) for noise in self._moods),
            luck=self._luck.over(times),
        )

    def step(self, start: float, end: float) -> LoadStep:
        """The load from start to end."""
        load = self.columns((start, end))
        return LoadStep(
            efforts=tuple(last - first for first, last in load.efforts),
            moods=tuple(last - first for first, last in load.moods),
            luck=load.luck[1] - load.luck[0],
        )
