"""The memory of each server: its items, their bytes, and the part of them that finds no room."""

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
