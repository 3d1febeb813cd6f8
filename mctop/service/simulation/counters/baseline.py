"""The baseline of the simulated cache: requests and counters while nothing happens to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.service.simulation.counters.request_totals import RequestTotals, TotalsLayout, Weights, counter_weights
from mctop.service.simulation.workload.families import FAMILIES
from mctop.service.simulation.workload.load import DAY, LoadModel
from mctop.service.simulation.workload.placement import Placement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mctop.service.simulation.incidents.effects import Incident, Scope
    from mctop.service.simulation.workload.families import Family
    from mctop.service.simulation.workload.load import LoadColumns


PLAN = 512 * 1024 * 1024
"""Bytes of the plan; the servers allow a tenth more, as in the documents' examples."""

HISTORY = 90 * DAY
"""Seconds of history before the start."""

OPENED = 0.9
"""New connections a second to all servers at mean load."""


@dataclass(frozen=True)
class Baseline:
    """The families, the servers their keys are on, and the load, without an incident.

    `gets` and `misses` are a second at mean load, for each server each family's.
    """

    families: tuple[Family, ...]
    placements: tuple[Placement, ...]
    servers: int
    origin: float
    load: LoadModel
    layout: TotalsLayout
    counters: Mapping[str, Weights]
    gets: tuple[tuple[float, ...], ...]
    misses: tuple[tuple[float, ...], ...]

    @property
    def limit(self) -> int:
        """Bytes each server allows."""
        return PLAN * 11 // 10 // self.servers

    def feels(self, scope: Scope, server: int) -> bool:
        """Whether a strain is felt on a server."""
        if scope.family is None:
            return scope.server in (None, server)
        return self.placements[self.families.index(scope.family)].owner(0) == server

    def totals(self, server: int, load: LoadColumns, index: int) -> RequestTotals:
        """The usual request totals of a server by one of the times of `load`, since the origin."""
        effort, luck = load.efforts[server][index], load.luck[index]
        work = [effort + load.moods[family.mood][index] for family in self.families]
        gets = [usual * far for usual, far in zip(self.gets[server], work, strict=True)]
        misses = [usual * (far + luck) for usual, far in zip(self.misses[server], work, strict=True)]
        return [*gets, *misses, *misses, 0.0, 0.0, OPENED / self.servers * effort]

    def weighed(self, server: int, load: LoadColumns, weights: Weights) -> list[float]:
        """The usual totals of a server by each time of `load`, added up with weights."""
        by_mood, luck, count = [0.0] * len(load.moods), 0.0, self.layout.families
        for place, family in enumerate(self.families):
            missed = (weights[count + place] + weights[2 * count + place]) * self.misses[server][place]
            by_mood[family.mood] += weights[place] * self.gets[server][place] + missed
            luck += missed
        effort = sum(by_mood) + weights[self.layout.opened] * OPENED / self.servers
        signing_in, browsing, buying = by_mood
        return [
            effort * far + signing_in * first + browsing * second + buying * third + luck * lucky
            for far, first, second, third, lucky in zip(load.efforts[server], *load.moods, load.luck, strict=True)
        ]


def build_baseline(seed: int, incident: Incident, started: float, servers: int) -> Baseline:
    """Build the baseline of an incident's cache; `started` is the start of the simulation, epoch seconds."""
    guests = {id(surge.family): surge.family for surge in incident.surges}
    families = (*FAMILIES, *guests.values())
    placements = tuple(Placement(family, servers) for family in families)
    pairs = tuple(zip(families, placements, strict=True))
    origin = float(int(started) - HISTORY)
    return Baseline(
        families=families,
        placements=placements,
        servers=servers,
        origin=origin,
        load=LoadModel(seed, servers, origin),
        layout=TotalsLayout(len(families)),
        counters=counter_weights(families),
        gets=tuple(tuple(each.gets * at.reads.shares[server] for each, at in pairs) for server in range(servers)),
        misses=tuple(
            tuple(each.gets * each.misses * at.absences.shares[server] for each, at in pairs)
            for server in range(servers)
        ),
    )
