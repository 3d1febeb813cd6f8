"""A family of keys: one use the web application makes of the cache."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mctop.service.simulation.noise import draws
from mctop.service.simulation.zipf import Zipf

if TYPE_CHECKING:
    from mctop.service.simulation.keys import Keys

FLAT = 0.5
"""The skew of misses as a share of the skew of gets: what is popular is rarely missing."""


@dataclass(frozen=True, eq=False)
class Family:
    """Its keys, and what is done with them; a family is equal to itself only.

    `gets` a second at mean load, of which the share `misses` misses; `sets`, `deletes`, `incrs`, `decrs`, `cas` and
    `touches` for each get; `stores` sets for each miss, `kept` if the cache takes them; `size` is the mean in bytes;
    `expires` and `evicts` are the shares of misses whose item had expired or was evicted; `refill` is the seconds
    it takes to come back after a loss; gets are spread over the keys with `skew`, misses with the share `flat` of it.
    """

    keys: Keys
    mood: int
    skew: float
    size: int
    gets: float
    misses: float
    refill: float
    sets: float = 0.0
    deletes: float = 0.0
    incrs: float = 0.0
    decrs: float = 0.0
    cas: float = 0.0
    touches: float = 0.0
    stores: float = 1.0
    kept: bool = True
    expires: float = 0.3
    evicts: float = 0.004
    flat: float = FLAT

    @cached_property
    def reads(self) -> Zipf:
        """How gets are spread over the keys."""
        return Zipf(self.keys.count, self.skew)

    @cached_property
    def absences(self) -> Zipf:
        """How the usual misses are spread over the keys."""
        return Zipf(self.keys.count, self.skew * self.flat)

    @property
    def prefix(self) -> str:
        """What every key of the family starts with."""
        return self.keys.prefix

    @property
    def lookups(self) -> float:
        """The commands that find a key or miss it, for each get and with it."""
        return 1 + self.deletes + self.incrs + self.decrs + self.cas + self.touches

    def bytes_of(self, key: str) -> int:
        """The size of the value of a key, bytes."""
        return round(self.size * (0.5 + draws("size", key)[0]))
