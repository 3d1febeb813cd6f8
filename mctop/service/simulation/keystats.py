"""The stats of one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.introspection import KeyStats
from mctop.service.simulation.counting import hits, misses, mutations
from mctop.service.simulation.noise import draws
from mctop.service.simulation.popular import weighed
from mctop.service.simulation.usage import uses

if TYPE_CHECKING:
    from mctop.service.simulation.meter import Meter
    from mctop.service.simulation.servers import Servers

MINUTE = 60


class KeyBook:
    """What is known of each key since its server counts."""

    def __init__(self, seed: int, meter: Meter, servers: Servers) -> None:
        self._seed, self._meter, self._servers = seed, meter, servers

    def of(self, key: str, now: float) -> tuple[KeyStats, ...]:
        """The stats of a key, one row; none if nobody asked for it."""
        rows = [row for server in range(self._meter.world.servers) for row in self._rows(server, key, now)]
        if not rows:
            return ()
        return (
            KeyStats(
                time=now,
                name=key,
                size=max(row.size for row in rows),
                hit_count=sum(row.hit_count for row in rows),
                miss_count=sum(row.miss_count for row in rows),
                mutation_count=sum(row.mutation_count for row in rows),
                in_cache=any(row.in_cache for row in rows),
            ),
        )

    def _rows(self, server: int, key: str, now: float) -> list[KeyStats]:
        since = self._servers.counting_since(server)
        reading = self._meter.read((since, max(now - MINUTE, since), now))
        lately = {use.family: use for use in uses(self._meter.world, server, reading.between(server, 1, 2))}
        rows = []
        for use in uses(self._meter.world, server, reading.between(server, 0, 2)):
            rank, family = use.family.keys.rank(key), use.family
            if rank is None or use.placement.owner(rank) != server:
                continue
            gets, missed = use.of(rank)
            recent, absent = lately[family].of(rank) if family in lately else (0.0, 0.0)
            luck = draws(self._seed, "in cache", key, int(now // MINUTE))[0]
            in_cache = family.kept and luck * recent >= absent
            rows.append(
                KeyStats(
                    time=now,
                    name=key,
                    size=family.bytes_of(key) if in_cache else 0,
                    hit_count=int(weighed(hits(family), gets, missed)),
                    miss_count=int(weighed(misses(family), gets, missed)),
                    mutation_count=int(weighed(mutations(family), gets, missed)),
                    in_cache=in_cache,
                )
            )
        return rows
