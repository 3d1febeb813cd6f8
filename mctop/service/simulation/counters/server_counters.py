"""The counters of each server in whole numbers, as `GET stats` answers them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.api.models.formulas import COMMANDS, GAUGES
from mctop.api.models.stats import Counters, ServerCounters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.service.simulation.counters.samples import Sampler, Samples
    from mctop.service.simulation.incidents.cluster import Cluster


TOGETHER = {f"cmd_{command}": COMMANDS[command] for command in ("get", "delete", "touch")}
"""Counters that are the sum of others to the last one."""


@dataclass(frozen=True, slots=True)
class CounterColumns:
    """What was counted since the origin, and what gauges showed, on one server at some times."""

    counted: dict[str, list[float]]
    gauges: dict[str, list[int]]

    def row(self, time: float, place: int, since: int, shown: int) -> Counters:
        """The counters at one of the times, if they count since another."""
        counts = {name: int(column[place] - column[since]) for name, column in self.counted.items()}
        sums = {name: sum(counts[part] for part in parts) for name, parts in TOGETHER.items()}
        gauges = {name: column[shown] for name, column in self.gauges.items()}
        return Counters.model_validate({**counts, **sums, **gauges, "time": int(time)})


class ServerCounterReports:
    """Counters in whole numbers."""

    def __init__(self, sampler: Sampler, cluster: Cluster) -> None:
        self._sampler, self._cluster = sampler, cluster

    def now(self, now: float) -> tuple[ServerCounters, ...]:
        """The counters of each server."""
        return tuple(counters for _, counters in self.at((now,)))

    def at(self, times: Sequence[float]) -> tuple[tuple[float, ServerCounters], ...]:
        """The counters of each server at some rising times, as long as it was there."""
        names = self._cluster.names()
        starts = [self._cluster.starts(server) for server in range(len(names))]
        moments = sorted({*times, *(start for some in starts for start in some)})
        samples, shown = self._sampler.at(moments), self._sampler.at(times)
        columns = [self._columns(server, samples, shown) for server in range(len(names))]
        place = {moment: index for index, moment in enumerate(moments)}
        rows = (
            (time, server, place[starts[server][bisect_right(starts[server], time) - 1]], index)
            for index, time in enumerate(times)
            for server in range(len(names))
            if starts[server][0] <= time and not self._cluster.away(server, time, time)
        )
        return tuple(
            (time, ServerCounters(server=names[server], counters=columns[server].row(time, place[time], since, index)))
            for time, server, since, index in rows
        )

    def _columns(self, server: int, samples: Samples, shown: Samples) -> CounterColumns:
        counted = {name: samples.counted(server, (name,)) for name in (*self._sampler.baseline.counters, "cmd_flush")}
        gauges = {name: shown.gauge(stat, server) for name, stat in GAUGES.items()}
        return CounterColumns(counted, gauges)
