"""The counters of the servers, as they stand now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.formulas import COMMANDS, GAUGES
from mctop.api.models.stats import Counters, ServerCounters

if TYPE_CHECKING:
    from mctop.service.simulation.gauges import Gauges
    from mctop.service.simulation.meter import Meter, Reading
    from mctop.service.simulation.servers import Servers

TOGETHER = {f"cmd_{command}": COMMANDS[command] for command in ("get", "delete", "touch")}
"""Counters that are the sum of others to the last one."""


class Tally:
    """Counters in whole numbers."""

    def __init__(self, meter: Meter, gauges: Gauges, servers: Servers) -> None:
        self._meter, self._gauges, self._servers = meter, gauges, servers

    def now(self, now: float) -> tuple[ServerCounters, ...]:
        """The counters of each server."""
        names = self._servers.names()
        since = [self._servers.counting_since(server) for server in range(len(names))]
        times = sorted({now, *since})
        reading, last = self._meter.read(times), self._meter.read((now,))
        return tuple(
            ServerCounters(server=name, counters=self._counters(server, reading, times.index(since[server]), last))
            for server, name in enumerate(names)
        )

    def _counters(self, server: int, reading: Reading, start: int, last: Reading) -> Counters:
        counts = {}
        for name in (*self._meter.world.counters, "cmd_flush"):
            counted = reading.counted(server, (name,))
            counts[name] = int(counted[-1] - counted[start])
        for name, parts in TOGETHER.items():
            counts[name] = sum(counts[part] for part in parts)

        def gauge(name: str) -> int:
            return self._gauges.column(name, server, last)[0]

        gauges = {name: gauge(kind) for name, kind in GAUGES.items()}
        return Counters.model_validate({**counts, **gauges, "time": int(last.times[0])})
