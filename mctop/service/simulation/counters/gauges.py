"""Open connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.service.simulation.counters.baseline import Baseline
    from mctop.service.simulation.counters.memory import Memory
    from mctop.service.simulation.counters.samples import Samples
    from mctop.service.simulation.incidents.timeline import Timeline


USUAL = 246
"""Connections to all servers at mean load."""

FIXED, WITH_LOAD, WITH_MOOD = 0.72, 0.28, 0.002


class Connections:
    """Open connections on each server, as a function of time."""

    def __init__(self, world: Baseline, story: Timeline) -> None:
        self._world, self._story = world, story

    def column(self, server: int, reading: Samples) -> list[float]:
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


class Gauges:
    """The gauges among the stats, in whole numbers."""

    def __init__(self, world: Baseline, memory: Memory, connections: Connections) -> None:
        self._world, self._memory, self._connections = world, memory, connections

    def column(self, name: str, server: int, reading: Samples) -> list[int]:
        """A gauge on a server at each time of a reading."""
        match name:
            case "bytes":
                return list(map(round, self._memory.column(server, reading, self._memory.sizes)))
            case "items":
                ones = [1.0] * len(self._world.families)
                return list(map(round, self._memory.column(server, reading, ones)))
            case "connections":
                return list(map(round, self._connections.column(server, reading)))
            case _:
                return [self._world.limit] * len(reading.times)
