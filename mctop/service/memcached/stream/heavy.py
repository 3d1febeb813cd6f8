"""The keys that are seen most, in bounded memory, after Misra and Gries: pure."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST = 4_000
"""Keys that are kept; up to twice as many between two purges."""


class HeavyHitters:
    """Counts keys, and purges the least when it holds twice as many as are kept.

    After n counts, a key that was seen more than n / (keep + 1) times is held, and the count of each that is held is at
    most that much too small, never too large: it is exact since the key came in.
    """

    def __init__(self, keep: int = MOST) -> None:
        self._keep = keep
        self._purged = 0
        self._weights: dict[bytes, int] = {}
        self._since: dict[bytes, int] = {}

    @property
    def shortfall(self) -> int:
        """The most that any count can be too small, and that a key can have that is not held."""
        return self._purged

    def add(self, counts: Mapping[bytes, int]) -> None:
        """Count a batch."""
        weights, purged = self._weights, self._purged
        if purged:
            self._since.update(dict.fromkeys(counts.keys() - weights.keys(), purged))
        for key, many in counts.items():
            weights[key] = weights.get(key, purged) + many
        if len(weights) > 2 * self._keep:
            self.purge(self._keep)

    def purge(self, keep: int) -> None:
        """Hold so many keys at most from now on until more come in."""
        if len(self._weights) <= keep:
            return
        least = sorted(self._weights.values(), reverse=True)[keep]
        self._weights = {key: weight for key, weight in self._weights.items() if weight > least}
        self._since = {key: since for key, since in self._since.items() if key in self._weights}
        self._purged = least

    def count(self, key: bytes) -> int:
        """How often a key was seen at least."""
        return self._weights.get(key, 0) - self._since.get(key, 0)

    def counts(self) -> Iterable[tuple[bytes, int]]:
        """Every key that is held, and how often it was seen at least."""
        since = self._since
        return ((key, weight - since.get(key, 0)) for key, weight in self._weights.items())


def most(sums: Mapping[bytes, int], many: int) -> list[tuple[bytes, int]]:
    """The keys with the largest counts, largest first; of equal ones the first by name."""
    return nsmallest(many, sums.items(), key=lambda item: (-item[1], item[0]))
