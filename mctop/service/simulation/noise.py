"""Noise that is a function of a name and of time, and nothing else."""

from __future__ import annotations

import random
from dataclasses import dataclass
from hashlib import blake2b
from struct import unpack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE = 1_024
STRIDE = 397
"""Odd, so that walking the table by it visits every place."""

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
        self._table = tuple(chance.uniform(-1.0, 1.0) for _ in range(SIZE))
        self._octaves = tuple(
            (1 / octave.period, chance.uniform(0, SIZE), octave.swing * octave.period / SLOPE) for octave in octaves
        )

    def over(self, times: Sequence[float]) -> list[float]:
        """The noise at each time."""
        table, total = self._table, [0.0] * len(times)
        for per_second, offset, height in self._octaves:
            total = [
                before
                + height
                * (
                    (first := table[(left := int(place := time * per_second + offset)) * STRIDE % SIZE])
                    + (table[(left + 1) * STRIDE % SIZE] - first) * (place - left)
                )
                for before, time in zip(total, times, strict=True)
            ]
        return total


def draws(*name: object) -> tuple[float, float, float, float]:
    """Four numbers from 0 to 1 (1 excluded), the same for the same name in every process."""
    digest = blake2b("/".join(map(str, name)).encode(), digest_size=16).digest()
    first, second, third, fourth = unpack("<4I", digest)
    return first / 2**32, second / 2**32, third / 2**32, fourth / 2**32
