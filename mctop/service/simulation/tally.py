"""The counters of the servers, as they stand now."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.api.models.formulas import COMMANDS, GAUGES
from mctop.api.models.stats import Counters, ServerCounters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.service.simulation.gauges import Gauges
    from mctop.service.simulation.meter import Meter, Reading
    from mctop.service.simulation.servers import Servers

TOGETHER = {f"cmd_{command}": COMMANDS[command] for command in ("get", "delete", "touch")}
"""Counters that are the sum of others to the last one."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What was counted since the origin, and what gauges showed, on one server at some times."""

    counted: dict[str, list[float]]
    gauges: dict[str, list[int]]

    def row(self, time: float, place: int, since: int, shown: int) -> Counters:
        """The counters at one of the times, if they count since another."""
        counts = {name: int(column[place] - column[since]) for name, column in self.counted.items()}
        sums = {name: sum(counts[part] for part in parts) for name, parts in TOGETHER.items()}
        gauges = {name: column[shown] for name, column in self.gauges.items()}
        return Counters.model_validate({**counts, **sums, **gauges, "time": int(time)})


class Tally:
    """Counters in whole numbers."""

    def __init__(self, meter: Meter, gauges: Gauges, servers: Servers) -> None:
        self._meter, self._gauges, self._servers = meter, gauges, servers

    def now(self, now: float) -> tuple[ServerCounters, ...]:
        """The counters of each server."""
        return tuple(one for _, one in self.at((now,)))

    def at(self, times: Sequence[float]) -> tuple[tuple[float, ServerCounters], ...]:
        """The counters of each server at some rising times, as long as it was there."""
        names = self._servers.names()
        starts = [self._servers.starts(server) for server in range(len(names))]
        moments = sorted({*times, *(start for some in starts for start in some)})
        reading, shown = self._meter.read(moments), self._meter.read(times)
        columns = [self._columns(server, reading, shown) for server in range(len(names))]
        place = {moment: index for index, moment in enumerate(moments)}
        rows = (
            (time, server, place[starts[server][bisect_right(starts[server], time) - 1]], index)
            for index, time in enumerate(times)
            for server in range(len(names))
            if starts[server][0] <= time and not self._servers.away(server, time, time)
        )
        return tuple(
            (time, ServerCounters(server=names[server], counters=columns[server].row(time, place[time], since, index)))
            for time, server, since, index in rows
        )

    def _columns(self, server: int, reading: Reading, shown: Reading) -> Columns:
        counted = {name: reading.counted(server, (name,)) for name in (*self._meter.world.counters, "cmd_flush")}
        gauges = {name: self._gauges.column(kind, server, shown) for name, kind in GAUGES.items()}
        return Columns(counted, gauges)
