"""Popular items and the stats of one key."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from mctop.api.models.introspection import KeyStats, PopularItem, PopularItems
from mctop.service.simulation.counters.request_totals import GetMissWeights, hits, misses, mutations, requests
from mctop.service.simulation.workload.noise import draws

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mctop.service.simulation.counters.samples import Sampler
    from mctop.service.simulation.incidents.cluster import Cluster
    from mctop.service.simulation.workload.families import Family


MINUTE = 60


class KeyLookup:
    """What is known of each key since its server counts."""

    def __init__(self, seed: int, sampler: Sampler, servers: Cluster) -> None:
        self._seed, self._sampler, self._cluster = seed, sampler, servers

    def of(self, key: str, now: float) -> tuple[KeyStats, ...]:
        """The stats of a key, one row; none if nobody asked for it."""
        rows = [row for server in range(self._sampler.baseline.servers) for row in self._rows(server, key, now)]
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
        since = self._cluster.counting_since(server)
        samples = self._sampler.at((since, max(now - MINUTE, since), now))
        lately = {use.family: use for use in samples.requests(server, 1, 2)}
        rows = []
        for use in samples.requests(server, 0, 2):
            rank, family = use.family.keys.rank(key), use.family
            if rank is None or use.placement.owner(rank) != server:
                continue
            gets, missed = use.of(rank)
            recent, absent = lately[family].of(rank) if family in lately else (0.0, 0.0)
            luck = draws(self._seed, "in cache", key, int(now // MINUTE))[0]
            in_cache = family.storable and luck * recent >= absent
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


TIME_SLICE = 186_554_450_945
"""Nanoseconds that popularity is about, as in the documents' example."""

MOST = 20
"""Items in a list."""

CANDIDATES = 48
"""Ranks of each family that are looked at."""

DEEPER = 1_024
"""Ranks that are looked at of a family of which only some keys are asked for."""

EVERY = 10
"""Seconds for which the same requests happen to be in the sample."""


class Popularity:
    """Popularity, which is how often a key was hit, missed or changed, as well as a sample of requests tells."""

    def __init__(self, seed: int, sampler: Sampler, servers: Cluster) -> None:
        self._seed, self._sampler, self._cluster = seed, sampler, servers

    def items(self, prefix: str, now: float) -> PopularItems:
        """The most popular of the keys that start with a prefix."""
        popularity: dict[str, dict[str, float]] = {"hit": {}, "missed": {}, "mutated": {}, "prefixes": {}}
        samples = self._sampler.at((max(now - TIME_SLICE / 1e9, self._cluster.since()), now))
        for server in range(self._sampler.baseline.servers):
            for use in samples.requests(server, 0, 1):
                family = use.family
                if family.prefix.startswith(prefix):
                    ranks = CANDIDATES
                    many = weighed(requests(family), use.gets, use.missed)
                    popularity["prefixes"][family.prefix] = popularity["prefixes"].get(family.prefix, 0.0) + many
                elif prefix.startswith(family.prefix):
                    ranks = DEEPER
                else:
                    continue
                for rank in range(min(ranks, family.keys.count)):
                    if use.placement.owner(rank) == server and (name := family.keys.name(rank)).startswith(prefix):
                        self._add(popularity, name, family, *use.of(rank))
        return PopularItems(
            time_slice=TIME_SLICE,
            most_hit_keys=self._most(popularity["hit"], now),
            most_missed_keys=self._most(popularity["missed"], now),
            most_mutated_keys=self._most(popularity["mutated"], now),
            popular_prefixes=self._most(popularity["prefixes"], now),
        )

    def _add(
        self, popularity: Mapping[str, dict[str, float]], name: str, family: Family, gets: float, missed: float
    ) -> None:
        kinds: tuple[tuple[str, Callable[[Family], GetMissWeights]], ...] = (
            ("hit", hits),
            ("missed", misses),
            ("mutated", mutations),
        )
        for kind, what in kinds:
            popularity[kind][name] = popularity[kind].get(name, 0.0) + weighed(what(family), gets, missed)

    def _most(self, popularity: Mapping[str, float], now: float) -> tuple[PopularItem, ...]:
        largest = sorted(popularity.items(), key=lambda item: (-item[1], item[0]))[: 2 * MOST]
        items = [(round(many + sqrt(many) * self._luck(name, now)), name) for name, many in largest]
        items.sort(key=lambda item: (-item[0], item[1]))
        return tuple(PopularItem(name=name, popularity=many) for many, name in items[:MOST] if many > 0)

    def _luck(self, name: str, now: float) -> float:
        return 2 * draws(self._seed, "popular", name, int(now // EVERY))[0] - 1


def weighed(weights: GetMissWeights, gets: float, missed: float) -> float:
    """What gets and misses of a key count for something."""
    return weights[0] * gets + weights[1] * missed
