"""What flows through a server, and what is counted of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Flows: TypeAlias = list[float]
"""What went through a server: gets, misses and usual misses of each family, then what incidents add."""

Weights: TypeAlias = tuple[float, ...]
"""How much each flow counts for something; as long as the flows."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are in the flows of so many families."""

    families: int

    @property
    def evicted(self) -> int:
        """Evictions beyond the usual share of misses."""
        return 3 * self.families

    @property
    def expired(self) -> int:
        """Expirations beyond the usual share of misses."""
        return 3 * self.families + 1

    @property
    def opened(self) -> int:
        """New connections."""
        return 3 * self.families + 2

    @property
    def size(self) -> int:
        """How many flows there are."""
        return 3 * self.families + 3

    def weigh(self, each: tuple[tuple[float, float, float], ...], **others: float) -> Weights:
        """Weights of gets, misses and usual misses for each family, and of the other flows by name."""
        gets, misses, usual = zip(*each, strict=True)
        return (*gets, *misses, *usual, *(others.get(name, 0.0) for name in ("evicted", "expired", "opened")))
