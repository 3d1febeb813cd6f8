"""What is in the cache: items and bytes, and how far they crowd it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from mctop.service.simulation.incidents.effects import gone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.service.simulation.counters.baseline import Baseline
    from mctop.service.simulation.counters.samples import Samples
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
    """What a server holds: items of each family, their bytes, and the share of what was wanted that had no room."""

    items: tuple[float, ...]
    taken: float
    crowding: float


Losses: TypeAlias = "Sequence[tuple[float, Loss]]"
"""Losses and the moments they count from, epoch seconds."""


class Memory:
    """What each server holds, as a function of time."""

    def __init__(self, world: Baseline, story: Timeline) -> None:
        self._world, self._story = world, story
        self._sizes = tuple(float(family.size + OVERHEAD) for family in world.families)

    @property
    def sizes(self) -> tuple[float, ...]:
        """Bytes that an item of each family takes."""
        return self._sizes

    def held(self, server: int, now: float, there: LoadColumns, index: int, losses: Losses) -> MemoryState:
        """What a server holds at one of the columns' times, after losses."""
        if self._story.down(server, now, now):
            return MemoryState((0.0,) * len(self._sizes), 0.0, 0.0)
        incident, since = self._story.incident_at(now), now - self._story.anchor
        here = [(now - begin, loss) for begin, loss in losses if loss.where.server in (None, server)]
        usual = FILLED + WITH_LOAD * there.load[index]
        wanted = [
            placement.items[server]
            * (usual + WITH_MOOD * there.moods[family.mood][index])
            * present(family, incident, since)
            * (1 - missing_items(family, here))
            for family, placement in zip(self._world.families, self._world.placements, strict=True)
        ]
        taken = sum(items * size for items, size in zip(wanted, self._sizes, strict=True))
        fits = min(1.0, FULL * self._world.limit / max(taken, 1.0))
        return MemoryState(tuple(items * fits for items in wanted), taken * fits, 1 - fits)

    def column(self, server: int, reading: Samples, each: Sequence[float]) -> list[float]:
        """Items on a server at each time of a reading, those of each family counted so many times."""
        fixed, by_mood = 0.0, [0.0] * len(reading.columns.moods)
        for family, placement, times in zip(self._world.families, self._world.placements, each, strict=True):
            items = placement.items[server] * times if family.gets else 0.0
            fixed += items
            by_mood[family.mood] += items * WITH_MOOD
        first, second, third = by_mood
        there = reading.columns
        held = iter(self._disturbed(server, reading))
        return [
            sum(items * times for items, times in zip(next(held).items, each, strict=True))
            if disturbed
            else fixed * (FILLED + WITH_LOAD * load) + first * one + second * two + third * three
            for disturbed, load, one, two, three in zip(reading.disturbed, there.load, *there.moods, strict=True)
        ]

    def _disturbed(self, server: int, reading: Samples) -> list[MemoryState]:
        if server not in reading.held:
            reading.held[server] = [
                self.held(server, time, reading.columns, index, self._story.losses(time))
                for index, (time, disturbed) in enumerate(zip(reading.times, reading.disturbed, strict=True))
                if disturbed
            ]
        return reading.held[server]


def present(family: Family, incident: Incident, since: float) -> float:
    """How far a family's keys are in the cache but for losses, so long after an incident began."""
    share = 1.0 if family.gets else 0.0
    for surge in incident.surges:
        if surge.family is family:
            share = max(share, surge.items.value(since)) if family.kept else 0.0
    for fade in incident.fades:
        if fade.items is not None and fade.where.family is family:
            share *= 1 - fade.items.value(since)
    return share


def missing_items(family: Family, losses: Sequence[tuple[float, Loss]]) -> float:
    """The share of a family's items that is not back after losses so many seconds ago."""
    worst = 0.0
    for since, loss in losses:
        if loss.where.family in (None, family) and since >= loss.at:
            worst = max(worst, loss.share * gone(loss.age(since), loss.refill or family.refill))
    return worst
