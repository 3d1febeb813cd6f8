"""The servers of the cache by number: their names, when each began to count, and when each is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.service.simulation.workload.load import DAY, HOUR

if TYPE_CHECKING:
    from mctop.service.simulation.incidents.timeline import Timeline


PORT = 11_211

UP = 40 * DAY
"""Seconds the first server had been up when the simulation started; each next one 5 hours longer."""


class Cluster:
    """The servers behind the cache, by number; a switch replaces them all."""

    def __init__(self, count: int, started: float, timeline: Timeline) -> None:
        self._count, self._started, self._timeline = count, started, timeline

    def name(self) -> str:
        """The cluster's name, `dev` before the first switch."""
        switches = len(self._timeline.switches)
        return f"dev-{switches + 1}" if switches else "dev"

    def names(self) -> tuple[str, ...]:
        """Each `host:port`."""
        return tuple(f"mc{server + 1}.{self.name()}.example-cache.net:{PORT}" for server in range(self._count))

    def since(self) -> float:
        """The last switch, epoch seconds; 0 before the first."""
        return self._timeline.switches[-1] if self._timeline.switches else 0.0

    def counting_since(self, server: int) -> float:
        """The last time at which a server's counters were zero, epoch seconds."""
        return self.starts(server)[-1]

    def starts(self, server: int) -> tuple[float, ...]:
        """The times at which a server began to count from zero, oldest first; epoch seconds."""
        up = [self._started - UP - 5 * HOUR * server]
        outage = self._timeline.incident.outage
        if outage is not None and outage.server == server:
            up.append(self._timeline.back_up())
        since = self.since()
        return tuple(sorted({max(start, since) for start in (*up, *self._timeline.resets)}))

    def ever_away(self, server: int) -> bool:
        """Whether there is any time for which a server has no values."""
        outage = self._timeline.incident.outage
        return bool(self._timeline.switches) or (outage is not None and outage.server == server)

    def away(self, server: int, start: float, end: float) -> bool:
        """Whether a server has no values for a stretch of time."""
        return start < self.since() or self._timeline.down(server, start, end)
