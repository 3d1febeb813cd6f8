"""Open connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.service.simulation.meter import Reading
    from mctop.service.simulation.story import Story
    from mctop.service.simulation.world import World

USUAL = 246
"""Connections to all servers at mean load."""

FIXED, WITH_LOAD, WITH_MOOD = 0.72, 0.28, 0.002


class Connections:
    """Open connections on each server, as a function of time."""

    def __init__(self, world: World, story: Story) -> None:
        self._world, self._story = world, story

    def column(self, server: int, reading: Reading) -> list[float]:
        """Open connections on a server at each time of a reading."""
        there, usual = reading.columns, USUAL / self._world.servers
        return [
            usual * (FIXED + WITH_LOAD * load + WITH_MOOD * mood) * (self._strained(server, time) if disturbed else 1)
            for time, disturbed, load, mood in zip(
                reading.times, reading.disturbed, there.load, there.moods[server % len(there.moods)], strict=True
            )
        ]

    def _strained(self, server: int, time: float) -> float:
        times = 1.0
        for strain in self._story.incident_at(time).strains:
            if self._world.feels(strain.where, server):
                times *= 1 + (strain.connections - 1) * strain.envelope.value(time - self._story.anchor)
        return times
