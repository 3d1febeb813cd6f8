"""Popularity that falls with rank as in Zipf's law, with a closed form both ways."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Zipf:
    """Ranks from 0 to `count` - 1; the share of a rank falls with its power of `skew`, which is not 1."""

    count: int
    skew: float

    def below(self, rank: int) -> float:
        """The share of all ranks below this one."""
        return self._area(rank + 1) / self._area(self.count + 1)

    def share(self, rank: int) -> float:
        """The share of one rank."""
        return (self._area(rank + 2) - self._area(rank + 1)) / self._area(self.count + 1)

    def rank(self, share: float) -> int:
        """The rank up to which the ranks add up to a share from 0 to 1."""
        power = 1 - self.skew
        place = (1 + share * self._area(self.count + 1) * power) ** (1 / power)
        return min(max(int(place) - 1, 0), self.count - 1)

    def _area(self, end: int) -> float:
        power = 1 - self.skew
        area: float = (end**power - 1) / power
        return area
