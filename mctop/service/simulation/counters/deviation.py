"""Requests and evictions beyond the baseline: the conditions an incident makes, and their sum over time."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

from mctop.service.simulation.incidents.effects import missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.service.simulation.counters.baseline import Baseline
    from mctop.service.simulation.counters.gauges import Memory
    from mctop.service.simulation.counters.request_totals import RequestTotals
    from mctop.service.simulation.incidents.effects import Incident, Loss
    from mctop.service.simulation.incidents.timeline import Timeline
    from mctop.service.simulation.workload.families import Family
    from mctop.service.simulation.workload.load import LoadStep


UNFORTUNATE = 0.8
"""How much of a hit rate a crowded cache loses: what is dropped first is asked for least."""

ROOMY = 0.8
"""The share of its limit below which a server evicts nothing."""

HASTE = 10.0
"""How soon a crowded server evicts as much as it stores."""


@dataclass(frozen=True, slots=True)
class FamilyCondition:
    """The requests to a family on a server beside the usual ones.

    `coming` is the share of usual requests that come; `more` the gets a second beyond them at mean load; `lost` the
    share of hits that miss instead, and `expired` whether those had expired.
    """

    coming: float = 1.0
    more: float = 0.0
    lost: float = 0.0
    expired: bool = False


@dataclass(frozen=True, slots=True)
class ServerCondition:
    """The requests to a server beside the usual ones, by family.

    Evictions are the share `evicting` of what is stored, in items of `mean` bytes, and none at all if it is `roomy`;
    `opened` more connections a second at mean load.
    """

    families: tuple[FamilyCondition, ...]
    evicting: float
    mean: float
    roomy: bool
    opened: float


class Conditions:
    """The condition of each server, as a function of time and of the timeline."""

    def __init__(self, baseline: Baseline, timeline: Timeline, memory: Memory) -> None:
        self._baseline, self._timeline, self._memory = baseline, timeline, memory

    def at(self, now: float, start: float) -> tuple[ServerCondition, ...]:
        """The condition of each server at a moment, after what requests felt up to a start."""
        incident, losses = self._timeline.incident_at(start), self._timeline.losses_felt(start)
        load = self._baseline.load.columns((now,))
        since = now - self._timeline.anchor
        answers = []
        for server in range(self._baseline.servers):
            memory = self._memory.state(server, now, load, 0, losses)
            room = 1 - UNFORTUNATE * memory.crowding
            answers.append(
                ServerCondition(
                    families=tuple(
                        self._family(place, server, incident, since, room, lost(losses, family, server, now))
                        for place, family in enumerate(self._baseline.families)
                    ),
                    evicting=min(1.0, memory.crowding * HASTE),
                    mean=max(memory.taken / max(sum(memory.items), 1.0), 1.0),
                    roomy=memory.taken < ROOMY * self._baseline.limit,
                    opened=self._opened(server, incident, since),
                )
            )
        return tuple(answers)

    def _family(
        self, place: int, server: int, incident: Incident, since: float, room: float, loss: tuple[float, bool]
    ) -> FamilyCondition:
        family, placement = self._baseline.families[place], self._baseline.placements[place]
        coming = 1.0
        for fade in incident.fades:
            if fade.scope.holds(family, server):
                coming *= 1 - fade.share * fade.envelope.value(since)
        more = sum(surge.gets * surge.envelope.value(since) for surge in incident.surges if surge.family is family)
        share, expired = loss
        return FamilyCondition(coming, more * placement.reads.shares[server], 1 - (1 - share) * room, expired)

    def _opened(self, server: int, incident: Incident, since: float) -> float:
        more = sum(
            strain.opened * strain.envelope.value(since)
            for strain in incident.strains
            if self._baseline.feels(strain.scope, server)
        )
        return more / self._baseline.servers


def lost(losses: tuple[tuple[float, Loss], ...], family: Family, server: int, now: float) -> tuple[float, bool]:
    """The share of a family's hits that miss after the worst of its losses, and whether they had expired."""
    worst, expired = 0.0, False
    for begin, loss in losses:
        age = loss.age(now - begin)
        if loss.scope.holds(family, server) and now >= begin + loss.at:
            share = loss.share * missing(max(age, 0.0), loss.refill or family.refill)
            if share > worst:
                worst, expired = share, loss.expires
    return worst, expired


GRID = 20
"""Seconds between the beginnings of intervals, as long as the finest bucket of any series, which is that of latency."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time in which conditions do not change, and each server's deviation at its start.

    The conditions are those at the middle of its place on the grid, whatever cuts it short. None is as usual.
    """

    start: float
    end: float
    before: tuple[RequestTotals, ...]
    conditions: tuple[ServerCondition, ...] | None


class Deviations:
    """The deviation of each server's request totals from the baseline, computed as far in time as it is asked for."""

    def __init__(self, baseline: Baseline, timeline: Timeline, conditions: Conditions) -> None:
        self._baseline, self._timeline, self._conditions = baseline, timeline, conditions
        nothing = tuple([0.0] * baseline.layout.size for _ in range(baseline.servers))
        self._intervals = [Interval(-inf, timeline.next_change(-inf), nothing, None)]

    def forget_from(self, second: int) -> None:
        """Forget what was worked out beyond a second from which conditions are others."""
        while self._intervals[-1].start >= second:
            self._intervals.pop()
        last = self._intervals[-1]
        self._intervals[-1] = replace(last, end=min(last.end, second))

    def at(self, times: Sequence[float]) -> list[tuple[RequestTotals, ...]]:
        """The deviation of each server at each time."""
        return [self._deviation(time) for time in times]

    def quiet_until(self) -> float:
        """The time before which there is no deviation."""
        return self._intervals[0].end

    def _deviation(self, time: float) -> tuple[RequestTotals, ...]:
        while self._intervals[-1].end <= time:
            self._append()
        interval = self._intervals[bisect_right(self._intervals, time, key=lambda each: each.start) - 1]
        return self._after(interval, time)

    def _append(self) -> None:
        last = self._intervals[-1]
        before, start = self._after(last, last.end), last.end
        turn = self._timeline.next_change(start)
        if self._timeline.disturbed(start):
            corner = start // GRID * GRID
            conditions = self._conditions.at(corner + GRID / 2, start)
            self._intervals.append(Interval(start, min(corner + GRID, turn), before, conditions))
        else:
            self._intervals.append(Interval(start, turn, before, None))

    def _after(self, interval: Interval, time: float) -> tuple[RequestTotals, ...]:
        if interval.conditions is None or time == interval.start:
            return interval.before
        step = self._baseline.load.step(interval.start, time)
        return tuple(
            [so_far + more for so_far, more in zip(before, self._more(server, condition, step), strict=True)]
            for server, (before, condition) in enumerate(zip(interval.before, interval.conditions, strict=True))
        )

    def _more(self, server: int, condition: ServerCondition, step: LoadStep) -> RequestTotals:
        gets_more, misses_more, usual_more = [], [], []
        effort = step.efforts[server]
        stored = expired = evicted = 0.0
        for family, change, gets, misses in zip(
            self._baseline.families,
            condition.families,
            self._baseline.gets[server],
            self._baseline.misses[server],
            strict=True,
        ):
            moved = effort + step.moods[family.mood]
            usual_gets, usual_misses = gets * moved, misses * (moved + step.luck)
            surge = change.more * effort
            all_gets = usual_gets * change.coming + surge
            as_usual = usual_misses * change.coming + surge * family.misses
            extra = change.lost * (all_gets - as_usual)
            gets_more.append(all_gets - usual_gets)
            misses_more.append(as_usual + extra - usual_misses)
            usual_more.append(as_usual - usual_misses)
            expired += extra * change.expired
            evicted -= as_usual * family.evicts * condition.roomy
            stored += (family.sets * all_gets + family.stores * (as_usual + extra)) * family.size * family.storable
        evicted += condition.evicting * stored / condition.mean
        return [*gets_more, *misses_more, *usual_more, evicted, expired, condition.opened * effort]
