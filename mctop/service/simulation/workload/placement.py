"""The servers, and which of them holds which key."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING
from zlib import crc32

from mctop.service.simulation.workload.load import DAY, HOUR

if TYPE_CHECKING:
    from mctop.service.simulation.incidents.timeline import Timeline
    from mctop.service.simulation.workload.families import Family, Zipf


PORT = 11_211

UP = 40 * DAY
"""Seconds the first server had been up when the simulation started; each next one 5 hours longer."""


class Cluster:
    """The servers behind the cache, by number; a switch replaces them all."""

    def __init__(self, count: int, started: float, story: Timeline) -> None:
        self._count, self._started, self._story = count, started, story

    def cluster(self) -> str:
        """The cluster they belong to."""
        switches = len(self._story.switches)
        return f"dev-{switches + 1}" if switches else "dev"

    def names(self) -> tuple[str, ...]:
        """Each `host:port`."""
        return tuple(f"mc{server + 1}.{self.cluster()}.example-cache.net:{PORT}" for server in range(self._count))

    def born(self) -> float:
        """Since when they are there, epoch seconds."""
        return self._story.switches[-1] if self._story.switches else 0.0

    def counting_since(self, server: int) -> float:
        """Since when a server's counters count, epoch seconds."""
        return self.starts(server)[-1]

    def starts(self, server: int) -> tuple[float, ...]:
        """When a server that is there now began to count, each time from zero, oldest first; epoch seconds."""
        up = [self._started - UP - 5 * HOUR * server]
        outage = self._story.incident.outage
        if outage is not None and outage.server == server:
            up.append(self._story.back_up())
        born = self.born()
        return tuple(sorted({max(start, born) for start in (*up, *self._story.resets)}))

    def ever_away(self, server: int) -> bool:
        """Whether there is any time of which a server has nothing to tell."""
        outage = self._story.incident.outage
        return bool(self._story.switches) or (outage is not None and outage.server == server)

    def away(self, server: int, start: float, end: float) -> bool:
        """Whether a server has nothing to tell of a stretch of time."""
        return start < self.born() or self._story.down(server, start, end)


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
