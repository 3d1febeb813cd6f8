"""Noise that is a function of a name and of time, and nothing else."""

from __future__ import annotations

import random
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from struct import unpack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


SIZE = 1_024
"""Turns until an octave repeats itself."""

SLOPE = 0.8165
"""The standard deviation of the difference of two numbers drawn evenly from -1 to 1."""


@dataclass(frozen=True, slots=True)
class Octave:
    """Noise that turns every `period` seconds; its slope has a standard deviation of `swing`, three times at most."""

    period: float
    swing: float


class Noise:
    """A bounded, continuous function of epoch seconds, straight between its turns."""

    def __init__(self, name: str, octaves: Sequence[Octave]) -> None:
        chance = random.Random(name)
        self._octaves = []
        for octave in octaves:
            height = octave.swing * octave.period / SLOPE
            turns = [chance.uniform(-height, height) for _ in range(SIZE)]
            rises = [late - early for early, late in pairwise([*turns, turns[0]])]
            self._octaves.append((1 / octave.period, chance.uniform(0, SIZE), turns, rises))

    def over(self, times: Sequence[float]) -> list[float]:
        """The noise at each time."""
        total = [0.0] * len(times)
        for per_second, offset, turns, rises in self._octaves:
            total = [
                before + turns[turn := int(place := time * per_second + offset) % SIZE] + rises[turn] * (place % 1.0)
                for before, time in zip(total, times, strict=True)
            ]
        return total


def draws(*name: object) -> tuple[float, float, float, float]:
    """Four numbers from 0 to 1 (1 excluded), the same for the same name in every process."""
    digest = blake2b("/".join(map(str, name)).encode(), digest_size=16).digest()
    first, second, third, fourth = unpack("<4I", digest)
    return first / 2**32, second / 2**32, third / 2**32, fourth / 2**32
