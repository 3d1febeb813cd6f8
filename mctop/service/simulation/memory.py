"""What is in the cache: items and bytes, and how far they crowd it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.service.simulation.effects import gone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.service.simulation.family import Family
    from mctop.service.simulation.meter import Reading
    from mctop.service.simulation.story import Story
    from mctop.service.simulation.traffic import Columns
    from mctop.service.simulation.world import World

OVERHEAD = 56
"""Bytes an item takes beyond its value."""

FILLED, WITH_LOAD, WITH_MOOD = 0.93, 0.07, 0.0001
"""How far a family's keys are in the cache, and how that moves with load and mood."""

FULL = 0.985
"""The share of a server's limit at which it makes room."""


class Memory:
    """Items of each family on each server, as functions of time."""

    def __init__(self, world: World, story: Story) -> None:
        self._world, self._story = world, story

    def items(self, server: int, now: float, there: Columns, index: int) -> list[float]:
        """Items of each family on a server at one of the columns' times, after what does not fit was dropped."""
        wanted = self._wanted(server, now, there, index)
        fits = 1 - self._excess(wanted)
        return [items * fits for items in wanted]

    def crowding(self, server: int, now: float, there: Columns, index: int) -> float:
        """The share of what would be in the cache for which there is no room."""
        return self._excess(self._wanted(server, now, there, index))

    def column(self, server: int, reading: Reading, each: Sequence[float]) -> list[float]:
        """Items on a server at each time of a reading, those of each family counted so many times."""
        fixed, by_mood = 0.0, [0.0] * len(reading.columns.moods)
        for family, placement, times in zip(self._world.families, self._world.placements, each, strict=True):
            items = placement.items[server] * times if family.gets and family.kept else 0.0
            fixed += items
            by_mood[family.mood] += items * WITH_MOOD
        first, second, third = by_mood
        there = reading.columns
        return [
            self._weighed(server, time, there, index, each)
            if self._story.disturbed(time)
            else fixed * (FILLED + WITH_LOAD * load) + first * one + second * two + third * three
            for index, (time, load, one, two, three) in enumerate(
                zip(reading.times, there.load, *there.moods, strict=True)
            )
        ]

    def _weighed(self, server: int, now: float, there: Columns, index: int, each: Sequence[float]) -> float:
        return sum(count * times for count, times in zip(self.items(server, now, there, index), each, strict=True))

    def taken(self, items: list[float]) -> float:
        """Bytes that items of each family take."""
        return sum(count * (family.size + OVERHEAD) for count, family in zip(items, self._world.families, strict=True))

    def _excess(self, wanted: list[float]) -> float:
        return max(0.0, 1 - FULL * self._world.limit / max(self.taken(wanted), 1.0))

    def _wanted(self, server: int, now: float, there: Columns, index: int) -> list[float]:
        usual = FILLED + WITH_LOAD * there.load[index]
        return [
            placement.items[server]
            * (usual + WITH_MOOD * there.moods[family.mood][index])
            * self._present(family, server, now)
            if family.kept
            else 0.0
            for family, placement in zip(self._world.families, self._world.placements, strict=True)
        ]

    def _present(self, family: Family, server: int, now: float) -> float:
        story = self._story
        if story.down(server, now, now):
            return 0.0
        incident, since = story.incident_at(now), now - story.anchor
        share = 1.0 if family.gets else 0.0
        for surge in incident.surges:
            if surge.family is family:
                share = max(share, surge.items.value(since))
        for fade in incident.fades:
            if fade.items is not None and fade.where.holds(family, server):
                share *= 1 - fade.items.value(since)
        lost = 0.0
        for begin, loss in story.losses(now):
            if loss.where.holds(family, server):
                age = loss.age(now - begin)
                lost = max(lost, loss.share * gone(age, loss.refill or family.refill) if age >= 0 else 0.0)
        return share * (1 - lost)
