"""The duration of a probe of each server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.series import Series
from mctop.service.simulation.workload.load import effort_over
from mctop.service.simulation.workload.noise import Noise, Octave, draws

if TYPE_CHECKING:
    from mctop.service.simulation.counters.baseline import Baseline
    from mctop.service.simulation.incidents.cluster import Cluster
    from mctop.service.simulation.incidents.timeline import Timeline
    from mctop.service.simulation.processed_stats import Buckets

JITTER = (Octave(23, 0.08), Octave(310, 0.05), Octave(6_400, 0.05))

FASTEST, SPREAD = 380_000, 140_000
"""Nanoseconds of the fastest server at mean load, and how much slower others are at most."""

WITH_LOAD = 0.18
"""The part of the latency that follows the load, which is 1 at the mean."""


class Latency:
    """Latency as the slope of its own integral, so that every bucket is the mean of the finer ones in it."""

    def __init__(self, seed: int, baseline: Baseline, timeline: Timeline, servers: Cluster) -> None:
        self._baseline, self._timeline, self._cluster = baseline, timeline, servers
        self._jitter = tuple(Noise(f"{seed}/latency/{server}", JITTER) for server in range(baseline.servers))
        self._usual = tuple(FASTEST + SPREAD * draws(seed, "latency", server)[0] for server in range(baseline.servers))

    def series(self, buckets: Buckets) -> tuple[Series, ...]:
        """The mean duration in nanoseconds in each bucket, for each server."""
        effort = effort_over(buckets.edges, self._baseline.origin)
        return tuple(
            Series.model_construct(
                stat="duration",
                server=name,
                times=buckets.starts,
                values=buckets.fill(self._values(server, buckets, effort)),
            )
            for server, name in enumerate(self._cluster.names())
        )

    def _values(self, server: int, buckets: Buckets, effort: list[float]) -> list[float | None]:
        edges, usual = buckets.edges, self._usual[server]
        total = [
            usual * ((1 - WITH_LOAD) * (time - self._baseline.origin) + WITH_LOAD * worked + jitter)
            for time, worked, jitter in zip(edges, effort, self._jitter[server].over(edges), strict=True)
        ]
        for strain in self._timeline.incident.strains:
            if strain.latency != 1 and self._baseline.feels(strain.scope, server):
                more, anchor = usual * (strain.latency - 1), self._timeline.anchor
                total = [
                    before + more * strain.envelope.area(time - anchor)
                    for before, time in zip(total, edges, strict=True)
                ]
        away = self._cluster.away if self._cluster.ever_away(server) else None
        return [
            None if away is not None and away(server, start, end) else (late - early) / (end - start)
            for start, end, early, late in zip(edges, edges[1:], total, total[1:], strict=False)
        ]
