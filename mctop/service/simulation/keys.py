"""The keys of a family, by rank."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd
from zlib import crc32

from mctop.service.simulation.spelling import DECIMAL, Spelling


@dataclass(frozen=True, slots=True)
class Keys:
    """`count` keys that start with a prefix; rank 0 is the most popular, and ranks are scattered over the names."""

    prefix: str
    count: int
    spelling: Spelling = DECIMAL
    suffix: str = ""

    def name(self, rank: int) -> str:
        """The key of a rank."""
        number = (rank * self._step() + crc32(self.prefix.encode())) % self.count
        return f"{self.prefix}{self.spelling.write(number)}{self.suffix}"

    def rank(self, name: str) -> int | None:
        """The rank of a key; None if it is not one of these."""
        if not (name.startswith(self.prefix) and name.endswith(self.suffix)):
            return None
        number = self.spelling.read(name[len(self.prefix) : len(name) - len(self.suffix)])
        if number is None or not 0 <= number < self.count:
            return None
        rank = (number - crc32(self.prefix.encode())) * pow(self._step(), -1, self.count) % self.count
        return rank if self.name(rank) == name else None

    def _step(self) -> int:
        step = int(self.count * 0.618) | 1
        while gcd(step, self.count) != 1:
            step += 2
        return step
