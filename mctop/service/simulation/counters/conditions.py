"""How requests fare at a moment, where that is not as usual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.service.simulation.incidents.effects import missing

if TYPE_CHECKING:
    from mctop.service.simulation.counters.baseline import Baseline
    from mctop.service.simulation.counters.memory import Memory
    from mctop.service.simulation.incidents.effects import Incident, Loss
    from mctop.service.simulation.incidents.timeline import Timeline
    from mctop.service.simulation.workload.families import Family


UNFORTUNATE = 0.8
"""How much of a hit rate a crowded cache loses: what is dropped first is asked for least."""

ROOMY = 0.8
"""The share of its limit below which a server evicts nothing."""

HASTE = 10.0
"""How soon a crowded server evicts as much as it stores."""


@dataclass(frozen=True, slots=True)
class FamilyCondition:
    """How a family fares on a server.

    The share of usual requests that come; gets a second more at mean load; the share of hits that miss instead, and
    whether they had expired.
    """

    coming: float = 1.0
    more: float = 0.0
    lost: float = 0.0
    expired: bool = False


@dataclass(frozen=True, slots=True)
class ServerCondition:
    """How requests fare on a server, by family.

    Evictions are the share `evicting` of what is stored, in items of `mean` bytes, and none at all if it is `roomy`;
    `opened` more connections a second at mean load.
    """

    fares: tuple[FamilyCondition, ...]
    evicting: float
    mean: float
    roomy: bool
    opened: float


class Conditions:
    """How requests fare, as a function of time and of what happened."""

    def __init__(self, world: Baseline, story: Timeline, memory: Memory) -> None:
        self._world, self._story, self._memory = world, story, memory

    def at(self, now: float, start: float) -> tuple[ServerCondition, ...]:
        """The condition of each server at a moment, after what requests felt up to a start."""
        incident, losses = self._story.incident_at(start), self._story.felt(start)
        there = self._world.traffic.columns((now,))
        since = now - self._story.anchor
        answers = []
        for server in range(self._world.servers):
            held = self._memory.held(server, now, there, 0, losses)
            room = 1 - UNFORTUNATE * held.crowding
            answers.append(
                ServerCondition(
                    fares=tuple(
                        self._fare(place, server, incident, since, room, lost(losses, family, server, now))
                        for place, family in enumerate(self._world.families)
                    ),
                    evicting=min(1.0, held.crowding * HASTE),
                    mean=max(held.taken / max(sum(held.items), 1.0), 1.0),
                    roomy=held.taken < ROOMY * self._world.limit,
                    opened=self._opened(server, incident, since),
                )
            )
        return tuple(answers)

    def _fare(
        self, place: int, server: int, incident: Incident, since: float, room: float, loss: tuple[float, bool]
    ) -> FamilyCondition:
        family, placement = self._world.families[place], self._world.placements[place]
        coming = 1.0
        for fade in incident.fades:
            if fade.where.holds(family, server):
                coming *= 1 - fade.share * fade.envelope.value(since)
        more = sum(surge.gets * surge.envelope.value(since) for surge in incident.surges if surge.family is family)
        share, expired = loss
        return FamilyCondition(coming, more * placement.reads.shares[server], 1 - (1 - share) * room, expired)

    def _opened(self, server: int, incident: Incident, since: float) -> float:
        more = sum(
            strain.opened * strain.envelope.value(since)
            for strain in incident.strains
            if self._world.feels(strain.where, server)
        )
        return more / self._world.servers


def lost(losses: tuple[tuple[float, Loss], ...], family: Family, server: int, now: float) -> tuple[float, bool]:
    """The share of a family's hits that miss after the worst of its losses, and whether they had expired."""
    worst, expired = 0.0, False
    for begin, loss in losses:
        age = loss.age(now - begin)
        if loss.where.holds(family, server) and now >= begin + loss.at:
            share = loss.share * missing(max(age, 0.0), loss.refill or family.refill)
            if share > worst:
                worst, expired = share, loss.expires
    return worst, expired
