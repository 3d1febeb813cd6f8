"""How far what went through the servers is from what is usual: a sum over cells of time."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.service.simulation.counters.baseline import Baseline
    from mctop.service.simulation.counters.conditions import Conditions, ServerCondition
    from mctop.service.simulation.counters.request_totals import RequestTotals
    from mctop.service.simulation.incidents.timeline import Timeline
    from mctop.service.simulation.workload.load import LoadStep


GRID = 20
"""Seconds between the beginnings of cells."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time in which conditions do not change, and each server's difference at its start.

    The conditions are those at the middle of its place on the grid, whatever cuts it short. None is as usual.
    """

    start: float
    end: float
    before: tuple[RequestTotals, ...]
    conditions: tuple[ServerCondition, ...] | None


class Deviations:
    """Each server's difference from the usual at any time, computed as far as it is asked for."""

    def __init__(self, world: Baseline, story: Timeline, conditions: Conditions) -> None:
        self._world, self._story, self._conditions = world, story, conditions
        nothing = tuple([0.0] * world.layout.size for _ in range(world.servers))
        self._cells = [Interval(-inf, story.next_turn(-inf), nothing, None)]

    def turn(self, at: int) -> None:
        """From this second on requests fare otherwise: forget what was worked out beyond it."""
        while self._cells[-1].start >= at:
            self._cells.pop()
        last = self._cells[-1]
        self._cells[-1] = replace(last, end=min(last.end, at))

    def differences(self, times: Sequence[float]) -> list[tuple[RequestTotals, ...]]:
        """Each server's difference at each time."""
        return [self._difference(time) for time in times]

    def quiet_until(self) -> float:
        """The time before which nothing ever differed."""
        return self._cells[0].end

    def _difference(self, time: float) -> tuple[RequestTotals, ...]:
        while self._cells[-1].end <= time:
            self._append()
        cell = self._cells[bisect_right(self._cells, time, key=lambda each: each.start) - 1]
        return self._after(cell, time)

    def _append(self) -> None:
        last = self._cells[-1]
        before, start = self._after(last, last.end), last.end
        turn = self._story.next_turn(start)
        if self._story.disturbed(start):
            corner = start // GRID * GRID
            conditions = self._conditions.at(corner + GRID / 2, start)
            self._cells.append(Interval(start, min(corner + GRID, turn), before, conditions))
        else:
            self._cells.append(Interval(start, turn, before, None))

    def _after(self, cell: Interval, time: float) -> tuple[RequestTotals, ...]:
        if cell.conditions is None or time == cell.start:
            return cell.before
        stride = self._world.traffic.stride(cell.start, time)
        return tuple(
            [so_far + more for so_far, more in zip(before, self._more(server, condition, stride), strict=True)]
            for server, (before, condition) in enumerate(zip(cell.before, cell.conditions, strict=True))
        )

    def _more(self, server: int, condition: ServerCondition, stride: LoadStep) -> RequestTotals:
        gets_more, misses_more, usual_more = [], [], []
        effort = stride.efforts[server]
        stored = expired = evicted = 0.0
        for family, fare, gets, misses in zip(
            self._world.families, condition.fares, self._world.gets[server], self._world.misses[server], strict=True
        ):
            moved = effort + stride.moods[family.mood]
            usual_gets, usual_misses = gets * moved, misses * (moved + stride.luck)
            surge = fare.more * effort
            all_gets = usual_gets * fare.coming + surge
            as_usual = usual_misses * fare.coming + surge * family.misses
            extra = fare.lost * (all_gets - as_usual)
            gets_more.append(all_gets - usual_gets)
            misses_more.append(as_usual + extra - usual_misses)
            usual_more.append(as_usual - usual_misses)
            expired += extra * fare.expired
            evicted -= as_usual * family.evicts * condition.roomy
            stored += (family.sets * all_gets + family.stores * (as_usual + extra)) * family.size * family.kept
        evicted += condition.evicting * stored / condition.mean
        return [*gets_more, *misses_more, *usual_more, evicted, expired, condition.opened * effort]
