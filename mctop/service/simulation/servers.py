"""The servers: their names, since when they count, and when they were not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.service.simulation.rhythm import DAY, HOUR

if TYPE_CHECKING:
    from mctop.service.simulation.story import Story

PORT = 11_211

UP = 40 * DAY
"""Seconds the first server had been up when the simulation started; each next one 5 hours longer."""


class Servers:
    """The servers behind the cache, by number; a switch replaces them all."""

    def __init__(self, count: int, started: float, story: Story) -> None:
        self._count, self._started, self._story = count, started, story

    def cluster(self) -> str:
        """The cluster they belong to."""
        switches = len(self._story.switches)
        return f"dev-{switches + 1}" if switches else "dev"

    def names(self) -> tuple[str, ...]:
        """Each `host:port`."""
        return tuple(f"mc{server + 1}.{self.cluster()}.example-cache.net:{PORT}" for server in range(self._count))

    def born(self) -> float:
        """Since when they are there, epoch seconds."""
        return self._story.switches[-1] if self._story.switches else 0.0

    def counting_since(self, server: int) -> float:
        """Since when a server's counters count, epoch seconds."""
        return self.starts(server)[-1]

    def starts(self, server: int) -> tuple[float, ...]:
        """When a server that is there now began to count, each time from zero, oldest first; epoch seconds."""
        up = [self._started - UP - 5 * HOUR * server]
        outage = self._story.incident.outage
        if outage is not None and outage.server == server:
            up.append(self._story.back_up())
        born = self.born()
        return tuple(sorted({max(start, born) for start in (*up, *self._story.resets)}))

    def ever_away(self, server: int) -> bool:
        """Whether there is any time of which a server has nothing to tell."""
        outage = self._story.incident.outage
        return bool(self._story.switches) or (outage is not None and outage.server == server)

    def away(self, server: int, start: float, end: float) -> bool:
        """Whether a server has nothing to tell of a stretch of time."""
        return start < self.born() or self._story.down(server, start, end)
