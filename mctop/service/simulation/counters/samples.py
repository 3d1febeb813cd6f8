"""What was counted on a server by a time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.api.models.formulas import COMMANDS, GAUGES
from mctop.api.models.stats import Counters, ServerCounters
from mctop.service.simulation.incidents.timeline import count_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mctop.service.simulation.counters.baseline import Baseline
    from mctop.service.simulation.counters.deviation import Deviations
    from mctop.service.simulation.counters.gauges import Gauges
    from mctop.service.simulation.counters.memory import MemoryState
    from mctop.service.simulation.counters.request_totals import RequestTotals, Weights
    from mctop.service.simulation.incidents.timeline import Timeline
    from mctop.service.simulation.workload.placement import Cluster


class Sampler:
    """Reads flows and counters at times."""

    def __init__(self, world: Baseline, story: Timeline, ledger: Deviations) -> None:
        self.world, self.story, self.ledger = world, story, ledger

    def read(self, times: Sequence[float]) -> Samples:
        """Read at some rising times."""
        return Samples(self, times)


class Samples:
    """The flows at some rising times, which are worked out once for everything that is counted of them.

    So is what each server held at those of the times when things were `disturbed`.
    """

    def __init__(self, meter: Sampler, times: Sequence[float]) -> None:
        self._world, self._story = meter.world, meter.story
        self.times = times
        self.columns = self._world.traffic.columns(times)
        self.held: dict[int, list[MemoryState]] = {}
        self._first = bisect_left(times, meter.ledger.quiet_until())
        self._differences = meter.ledger.differences(times[self._first :])
        self.disturbed = [False] * self._first + [meter.story.disturbed(time) for time in times[self._first :]]

    def counted(self, server: int, names: Iterable[str]) -> list[float]:
        """What counters together counted on a server by each time, since the origin."""
        names = tuple(names)
        known = [self._world.counters[name] for name in names if name in self._world.counters]
        values = self.weighed(server, tuple(map(sum, zip(*known, strict=True)))) if known else [0.0] * len(self.times)
        steps = [(self._story.flushes, names.count("cmd_flush"))]
        steps.append((self._story.call_times, names.count("auth_cmds") + names.count("total_connections")))
        for moments, times in steps:
            if times and moments and self.times:
                values = [
                    value + times * count_between(moments, 0, time)
                    for value, time in zip(values, self.times, strict=True)
                ]
        return values

    def weighed(self, server: int, weights: Weights) -> list[float]:
        """What flowed through a server by each time, as the weights count it."""
        values = self._world.column(server, self.columns, weights)
        heavy = [(place, weight) for place, weight in enumerate(weights) if weight]
        last: RequestTotals | None = None
        more = 0.0
        for place, each in enumerate(self._differences, self._first):
            if each[server] is not last:
                last = each[server]
                more = sum(weight * last[flow] for flow, weight in heavy)
            values[place] += more
        return values

    def flows(self, server: int, index: int) -> RequestTotals:
        """Everything that went through a server by one of the times, since the origin."""
        usual = self._world.flows(server, self.columns, index)
        if index < self._first:
            return usual
        return [one + more for one, more in zip(usual, self._differences[index - self._first][server], strict=True)]

    def between(self, server: int, start: int, end: int) -> RequestTotals:
        """Everything that went through a server from one of the times to another."""
        return [late - early for early, late in zip(self.flows(server, start), self.flows(server, end), strict=True)]


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

    def __init__(self, meter: Sampler, gauges: Gauges, servers: Cluster) -> None:
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

    def _columns(self, server: int, reading: Samples, shown: Samples) -> CounterColumns:
        counted = {name: reading.counted(server, (name,)) for name in (*self._meter.world.counters, "cmd_flush")}
        gauges = {name: self._gauges.column(kind, server, shown) for name, kind in GAUGES.items()}
        return CounterColumns(counted, gauges)
