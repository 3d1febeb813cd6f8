"""The keys of each family on the servers, and random draws of a key from one of them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from mctop.service.simulation.workload.families import Family, Zipf


HEAD = 256
"""Ranks whose shares are counted one by one; the rest is spread evenly over the servers."""


class RankDistribution:
    """A distribution over the ranks of a family, seen from each server."""

    def __init__(self, zipf: Zipf, owners: tuple[int, ...], servers: int) -> None:
        self._zipf, self._head = zipf, len(owners)
        self._ranks = tuple(
            tuple(rank for rank, owner in enumerate(owners) if owner == server) for server in range(servers)
        )
        self._sums = tuple(tuple(accumulate(zipf.share(rank) for rank in ranks)) for ranks in self._ranks)
        self._rest = 1 - zipf.below(len(owners))
        self.shares = tuple((sums[-1] if sums else 0.0) + self._rest / servers for sums in self._sums)

    def draw(self, server: int, chance: float) -> int:
        """A rank for a chance from 0 to 1; beyond the head it may belong to a server close by."""
        target, ranks = chance * self.shares[server], self._ranks[server]
        place = bisect_right(self._sums[server], target)
        if place < len(ranks):
            return ranks[place]
        if not self._rest:
            return ranks[-1] if ranks else 0
        short = self.shares[server] - target
        return max(self._head, self._zipf.rank(1 - short * len(self.shares)))


class Placement:
    """The keys of one family on the servers."""

    def __init__(self, family: Family, servers: int) -> None:
        self._count, self._servers = family.keys.count, servers
        self._salt = crc32(family.keys.name(0).encode())
        owners = tuple(self.owner(rank) for rank in range(min(HEAD, self._count)))
        self.reads = RankDistribution(family.reads, owners, servers)
        self.absences = RankDistribution(family.absences, owners, servers)
        rest = (self._count - len(owners)) / servers
        self.items = tuple(owners.count(server) + rest for server in range(servers))

    def owner(self, rank: int) -> int:
        """The server that holds a rank."""
        return ((rank * 0x9E3779B1 + self._salt) & 0xFFFFFFFF) * self._servers >> 32

    def read(self, server: int, chance: float) -> int:
        """A rank that is read on a server."""
        return self._home(server, self.reads.draw(server, chance))

    def absent(self, server: int, chance: float) -> int:
        """A rank that misses on a server as usual."""
        return self._home(server, self.absences.draw(server, chance))

    def _home(self, server: int, rank: int) -> int:
        for step in range(self._count):
            place = (rank + step) % self._count
            if self.owner(place) == server:
                return place
        return rank
