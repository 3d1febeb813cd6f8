"""The gauges of each server as functions of time: items and bytes in memory, and open connections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from mctop.service.simulation.incidents.effects import gone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.service.simulation.counters.baseline import Baseline
    from mctop.service.simulation.incidents.effects import Incident, Loss
    from mctop.service.simulation.incidents.timeline import Timeline
    from mctop.service.simulation.workload.families import Family
    from mctop.service.simulation.workload.load import LoadColumns


OVERHEAD = 56
"""Bytes an item takes beyond its value."""

FILLED, WITH_LOAD, WITH_MOOD = 0.93, 0.07, 0.0001
"""How far a family's keys are in the cache, and how that moves with load and mood."""

FULL = 0.985
"""The share of a server's limit at which it makes room."""


@dataclass(frozen=True, slots=True)
class MemoryState:
    """The memory of a server: items of each family, their bytes, and the share of what was stored that had no room."""

    items: tuple[float, ...]
    taken: float
    crowding: float


Losses: TypeAlias = "Sequence[tuple[float, Loss]]"
"""Losses and the moments they count from, epoch seconds."""


class Memory:
    """The memory of each server, as a function of time."""

    def __init__(self, baseline: Baseline, timeline: Timeline) -> None:
        self._baseline, self._timeline = baseline, timeline
        self._sizes = tuple(float(family.size + OVERHEAD) for family in baseline.families)

    @property
    def sizes(self) -> tuple[float, ...]:
        """Bytes that an item of each family takes."""
        return self._sizes

    def state(self, server: int, now: float, load: LoadColumns, index: int, losses: Losses) -> MemoryState:
        """The memory of a server at one of the times of `load`, after losses."""
        if self._timeline.down(server, now, now):
            return MemoryState((0.0,) * len(self._sizes), 0.0, 0.0)
        incident, since = self._timeline.incident_at(now), now - self._timeline.anchor
        here = [(now - begin, loss) for begin, loss in losses if loss.scope.server in (None, server)]
        usual = FILLED + WITH_LOAD * load.load[index]
        wanted = [
            placement.items[server]
            * (usual + WITH_MOOD * load.moods[family.mood][index])
            * present(family, incident, since)
            * (1 - missing_items(family, here))
            for family, placement in zip(self._baseline.families, self._baseline.placements, strict=True)
        ]
        taken = sum(items * size for items, size in zip(wanted, self._sizes, strict=True))
        fits = min(1.0, FULL * self._baseline.limit / max(taken, 1.0))
        return MemoryState(tuple(items * fits for items in wanted), taken * fits, 1 - fits)

    def usual_items(self, server: int, load: LoadColumns, weights: Sequence[float]) -> list[float]:
        """Items on a server at each time of `load` while nothing happens, those of each family with its weight."""
        fixed, by_mood = 0.0, [0.0] * len(load.moods)
        for family, placement, weight in zip(self._baseline.families, self._baseline.placements, weights, strict=True):
            items = placement.items[server] * weight if family.gets else 0.0
            fixed += items
            by_mood[family.mood] += items * WITH_MOOD
        signing_in, browsing, buying = by_mood
        return [
            fixed * (FILLED + WITH_LOAD * level) + signing_in * first + browsing * second + buying * third
            for level, first, second, third in zip(load.load, *load.moods, strict=True)
        ]


def present(family: Family, incident: Incident, since: float) -> float:
    """How far a family's keys are in the cache but for losses, so long after an incident began."""
    share = 1.0 if family.gets else 0.0
    for surge in incident.surges:
        if surge.family is family:
            share = max(share, surge.items.value(since)) if family.storable else 0.0
    for fade in incident.fades:
        if fade.items is not None and fade.scope.family is family:
            share *= 1 - fade.items.value(since)
    return share


def missing_items(family: Family, losses: Sequence[tuple[float, Loss]]) -> float:
    """The share of a family's items that is not back after losses so many seconds ago."""
    worst = 0.0
    for since, loss in losses:
        if loss.scope.family in (None, family) and since >= loss.at:
            worst = max(worst, loss.share * gone(loss.age(since), loss.refill or family.refill))
    return worst


CONNECTIONS = 246
"""Connections to all servers at mean load."""

OPEN, OPEN_WITH_LOAD, OPEN_WITH_MOOD = 0.72, 0.28, 0.002
"""The parts of the usual connections that are always open, that follow the load (1 at the mean), and a mood."""


class OpenConnections:
    """Connections at mean load, more with the load, and more or fewer while an incident strains a server."""

    def __init__(self, baseline: Baseline, timeline: Timeline) -> None:
        self._baseline, self._timeline = baseline, timeline

    def usual(self, server: int, load: float, mood: float) -> float:
        """Open connections to a server at a load and mood, without an incident."""
        return CONNECTIONS / self._baseline.servers * (OPEN + OPEN_WITH_LOAD * load + OPEN_WITH_MOOD * mood)

    def strain(self, server: int, time: float) -> float:
        """How many times the usual connections are open on a server at a moment of an incident."""
        times = 1.0
        for strain in self._timeline.incident_at(time).strains:
            if self._baseline.feels(strain.scope, server):
                times *= 1 + (strain.connections - 1) * strain.envelope.value(time - self._timeline.anchor)
        return times
