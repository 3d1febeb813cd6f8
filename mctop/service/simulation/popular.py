"""Popular items: the keys and prefixes that were used most in the last few minutes."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from mctop.api.models.introspection import PopularItem, PopularItems
from mctop.service.simulation.counting import Two, hits, misses, mutations, requests
from mctop.service.simulation.noise import draws
from mctop.service.simulation.usage import uses

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mctop.service.simulation.family import Family
    from mctop.service.simulation.meter import Meter
    from mctop.service.simulation.servers import Servers

TIME_SLICE = 186_554_450_945
"""Nanoseconds that popularity is about."""

MOST = 20
"""Items in a list."""

CANDIDATES = 48
"""Ranks of each family that are looked at."""

DEEPER = 1_024
"""Ranks that are looked at of a family of which only some keys are asked for."""

EVERY = 10
"""Seconds for which the same requests happen to be in the sample."""


class Popular:
    """Popularity, which is how often a key was hit, missed or changed, as well as a sample of requests tells."""

    def __init__(self, seed: int, meter: Meter, servers: Servers) -> None:
        self._seed, self._meter, self._servers = seed, meter, servers

    def items(self, prefix: str, now: float) -> PopularItems:
        """The most popular of the keys that start with a prefix."""
        found: dict[str, dict[str, float]] = {"hit": {}, "missed": {}, "mutated": {}, "prefixes": {}}
        reading = self._meter.read((max(now - TIME_SLICE / 1e9, self._servers.born()), now))
        for server in range(self._meter.world.servers):
            for use in uses(self._meter.world, server, reading.between(server, 0, 1)):
                family = use.family
                if family.prefix.startswith(prefix):
                    ranks = CANDIDATES
                    many = weighed(requests(family), use.gets, use.missed)
                    found["prefixes"][family.prefix] = found["prefixes"].get(family.prefix, 0.0) + many
                elif prefix.startswith(family.prefix):
                    ranks = DEEPER
                else:
                    continue
                for rank in range(min(ranks, family.keys.count)):
                    if use.placement.owner(rank) == server and (name := family.keys.name(rank)).startswith(prefix):
                        self._add(found, name, family, *use.of(rank))
        return PopularItems(
            time_slice=TIME_SLICE,
            most_hit_keys=self._most(found["hit"], now),
            most_missed_keys=self._most(found["missed"], now),
            most_mutated_keys=self._most(found["mutated"], now),
            popular_prefixes=self._most(found["prefixes"], now),
        )

    def _add(
        self, found: Mapping[str, dict[str, float]], name: str, family: Family, gets: float, missed: float
    ) -> None:
        kinds: tuple[tuple[str, Callable[[Family], Two]], ...] = (
            ("hit", hits),
            ("missed", misses),
            ("mutated", mutations),
        )
        for kind, what in kinds:
            found[kind][name] = found[kind].get(name, 0.0) + weighed(what(family), gets, missed)

    def _most(self, found: Mapping[str, float], now: float) -> tuple[PopularItem, ...]:
        largest = sorted(found.items(), key=lambda item: (-item[1], item[0]))[: 2 * MOST]
        seen = [(round(many + sqrt(many) * self._luck(name, now)), name) for name, many in largest]
        seen.sort(key=lambda item: (-item[0], item[1]))
        return tuple(PopularItem(name=name, popularity=many) for many, name in seen[:MOST] if many > 0)

    def _luck(self, name: str, now: float) -> float:
        return 2 * draws(self._seed, "popular", name, int(now // EVERY))[0] - 1


def weighed(weights: Two, gets: float, missed: float) -> float:
    """What gets and misses of a key count for something."""
    return weights[0] * gets + weights[1] * missed
