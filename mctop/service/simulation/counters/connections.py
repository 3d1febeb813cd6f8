"""Open connections on each server, as a function of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.service.simulation.counters.baseline import Baseline
    from mctop.service.simulation.incidents.timeline import Timeline


USUAL = 246
"""Connections to all servers at mean load."""

FIXED, WITH_LOAD, WITH_MOOD = 0.72, 0.28, 0.002
"""The parts of the usual connections that are always open, that follow the load (1 at the mean), and a mood."""


class OpenConnections:
    """Connections at mean load, more with the load, and more or fewer while an incident strains a server."""

    def __init__(self, baseline: Baseline, timeline: Timeline) -> None:
        self._baseline, self._timeline = baseline, timeline

    def usual(self, server: int, load: float, mood: float) -> float:
        """Open connections to a server at a load and mood, without an incident."""
        return USUAL / self._baseline.servers * (FIXED + WITH_LOAD * load + WITH_MOOD * mood)

    def strain(self, server: int, time: float) -> float:
        """How many times the usual connections are open on a server at a moment of an incident."""
        times = 1.0
        for strain in self._timeline.incident_at(time).strains:
            if self._baseline.feels(strain.scope, server):
                times *= 1 + (strain.connections - 1) * strain.envelope.value(time - self._timeline.anchor)
        return times
