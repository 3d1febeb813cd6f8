"""Samples: the counters and gauges of each server at some times, and the requests between two of them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.service.simulation.incidents.timeline import count_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mctop.service.simulation.counters.baseline import Baseline
    from mctop.service.simulation.counters.deviation import Deviations
    from mctop.service.simulation.counters.gauges import Memory, MemoryState, OpenConnections
    from mctop.service.simulation.counters.request_totals import RequestTotals, Weights
    from mctop.service.simulation.incidents.timeline import Timeline
    from mctop.service.simulation.workload.families import Family
    from mctop.service.simulation.workload.placement import Placement


@dataclass(frozen=True, slots=True)
class FamilyRequests:
    """The gets of a family's keys on a server, how many of them missed, and how many of those as usual."""

    family: Family
    placement: Placement
    server: int
    gets: float
    missed: float
    usual: float

    def of(self, rank: int) -> tuple[float, float]:
        """The gets and misses of one of the server's keys.

        Usual misses are spread more evenly than gets are; whatever else misses strikes every hit alike.
        """
        gets = self.gets * self.family.reads.share(rank) / self.placement.reads.shares[self.server]
        absences = self.family.absences.share(rank) / self.placement.absences.shares[self.server]
        usual = min(self.usual * absences, gets)
        others = (self.missed - self.usual) / (self.gets - self.usual) if self.gets > self.usual else 0.0
        return gets, usual + others * (gets - usual)


@dataclass(frozen=True, slots=True)
class Sampler:
    """Everything that a sample of the simulated servers is made of."""

    baseline: Baseline
    timeline: Timeline
    deviations: Deviations
    memory: Memory
    connections: OpenConnections

    def at(self, times: Sequence[float]) -> Samples:
        """Sample every server at some rising times, epoch seconds."""
        return Samples(self, times)


class Samples:
    """Samples at some rising times; request totals and memory are worked out once for all that is read of them."""

    def __init__(self, sampler: Sampler, times: Sequence[float]) -> None:
        self.times = times
        self._sampler, self._baseline, self._timeline = sampler, sampler.baseline, sampler.timeline
        self._load = self._baseline.load.columns(times)
        self._memory_states: dict[int, list[MemoryState]] = {}
        self._first = bisect_left(times, sampler.deviations.quiet_until())
        self._deviations = sampler.deviations.at(times[self._first :])
        self._disturbed = [False] * self._first + [self._timeline.disturbed(time) for time in times[self._first :]]

    def counted(self, server: int, names: Iterable[str]) -> list[float]:
        """The sum of some counters on a server by each time, since the origin."""
        names = tuple(names)
        weights = [self._baseline.counters[name] for name in names if name in self._baseline.counters]
        values = [0.0] * len(self.times)
        if weights:
            values = self.weighed(server, tuple(map(sum, zip(*weights, strict=True))))
        steps = [(self._timeline.flushes, names.count("cmd_flush"))]
        steps.append((self._timeline.call_times, names.count("auth_cmds") + names.count("total_connections")))
        for moments, times in steps:
            if times and moments and self.times:
                values = [
                    value + times * count_between(moments, 0, time)
                    for value, time in zip(values, self.times, strict=True)
                ]
        return values

    def weighed(self, server: int, weights: Weights) -> list[float]:
        """The request totals of a server by each time, added up with weights."""
        values = self._baseline.weighed(server, self._load, weights)
        heavy = [(place, weight) for place, weight in enumerate(weights) if weight]
        last: RequestTotals | None = None
        more = 0.0
        for index, deviations in enumerate(self._deviations, self._first):
            if deviations[server] is not last:
                last = deviations[server]
                more = sum(weight * last[place] for place, weight in heavy)
            values[index] += more
        return values

    def items(self, server: int, weights: Sequence[float]) -> list[float]:
        """Items on a server at each time, those of each family counted with its weight."""
        values = self._sampler.memory.usual_items(server, self._load, weights)
        if not any(self._disturbed):
            return values
        states = iter(self._states(server))
        return [
            sum(items * weight for items, weight in zip(next(states).items, weights, strict=True))
            if disturbed
            else value
            for value, disturbed in zip(values, self._disturbed, strict=True)
        ]

    def gauge(self, stat: str, server: int) -> list[int]:
        """A gauge of a server at each time, by the name of its stat; raise KeyError for a stat that is none."""
        match stat:
            case "bytes":
                return list(map(round, self.items(server, self._sampler.memory.sizes)))
            case "items":
                return list(map(round, self.items(server, [1.0] * len(self._baseline.families))))
            case "connections":
                return list(map(round, self._connections(server)))
            case "max_bytes":
                return [self._baseline.limit] * len(self.times)
            case _:
                raise KeyError(stat)

    def requests(self, server: int, start: int, end: int) -> tuple[FamilyRequests, ...]:
        """The requests to each family on a server from one of the times to another, by their indexes.

        Families that nobody asked for are left out.
        """
        count = self._baseline.layout.families
        early, late = self._totals(server, start), self._totals(server, end)
        totals = [after - before for before, after in zip(early, late, strict=True)]
        return tuple(
            FamilyRequests(family, placement, server, totals[place], totals[count + place], totals[2 * count + place])
            for place, (family, placement) in enumerate(
                zip(self._baseline.families, self._baseline.placements, strict=True)
            )
            if totals[place] > 0
        )

    def _totals(self, server: int, index: int) -> RequestTotals:
        usual = self._baseline.totals(server, self._load, index)
        if index < self._first:
            return usual
        more = self._deviations[index - self._first][server]
        return [total + deviation for total, deviation in zip(usual, more, strict=True)]

    def _states(self, server: int) -> list[MemoryState]:
        """The memory of a server at each time that is disturbed."""
        if server not in self._memory_states:
            self._memory_states[server] = [
                self._sampler.memory.state(server, time, self._load, index, self._timeline.losses(time))
                for index, (time, disturbed) in enumerate(zip(self.times, self._disturbed, strict=True))
                if disturbed
            ]
        return self._memory_states[server]

    def _connections(self, server: int) -> list[float]:
        connections, moods = self._sampler.connections, self._load.moods
        return [
            connections.usual(server, load, mood) * (connections.strain(server, time) if disturbed else 1)
            for time, disturbed, load, mood in zip(
                self.times, self._disturbed, self._load.load, moods[server % len(moods)], strict=True
            )
        ]
