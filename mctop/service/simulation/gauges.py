"""What is the case on a server at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.service.simulation.connections import Connections
    from mctop.service.simulation.memory import Memory
    from mctop.service.simulation.meter import Reading
    from mctop.service.simulation.world import World


class Gauges:
    """The gauges among the stats, in whole numbers."""

    def __init__(self, world: World, memory: Memory, connections: Connections) -> None:
        self._world, self._memory, self._connections = world, memory, connections

    def column(self, name: str, server: int, reading: Reading) -> list[int]:
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
