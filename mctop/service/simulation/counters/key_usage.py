"""How the keys of a family fared on a server over some time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.service.simulation.counters.baseline import Baseline
    from mctop.service.simulation.counters.request_totals import RequestTotals
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


def family_requests(world: Baseline, server: int, flows: RequestTotals) -> tuple[FamilyRequests, ...]:
    """What was done with each family on a server, from its flows; families that nobody asked for are left out."""
    count = world.layout.families
    return tuple(
        FamilyRequests(family, placement, server, flows[place], flows[count + place], flows[2 * count + place])
        for place, (family, placement) in enumerate(zip(world.families, world.placements, strict=True))
        if flows[place] > 0
    )
