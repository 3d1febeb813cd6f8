"""The processed stats of the simulation, and the buckets of a span that have values."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from mctop.api.models.formulas import STATS, Gauge, HitShare, Names, Rate, counters_of
from mctop.api.models.series import Series

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mctop.service.base.backend import BucketSpan
    from mctop.service.simulation.counters.samples import Sampler
    from mctop.service.simulation.incidents.cluster import Cluster


@dataclass(frozen=True, slots=True)
class Buckets:
    """All starts of a span; the edges of those that have values, and the seconds each is long; how many come before.

    The last edge is now, if that cuts its bucket short; without values there are no edges.
    """

    starts: tuple[int, ...]
    edges: tuple[float, ...]
    elapsed: tuple[float, ...]
    before: int

    def fill(self, values: Sequence[float | None]) -> tuple[float | None, ...]:
        """One value a bucket of the span, None where there can be none."""
        after = len(self.starts) - self.before - len(values)
        return (*(None,) * self.before, *values, *(None,) * after)


def buckets_of(span: BucketSpan, first: float, now: float) -> Buckets:
    """The buckets of a span that begin at or after `first` and before now."""
    starts = tuple(range(span.start, span.end, span.step))
    inside = tuple(start for start in starts if first <= start < now)
    before = sum(start < first for start in starts) if inside else 0
    edges = (*map(float, inside), min(inside[-1] + float(span.step), now)) if inside else ()
    return Buckets(starts, edges, tuple(end - start for start, end in pairwise(edges)), before)


class StatSeries:
    """Series of stats over some buckets; whatever several stats need is worked out once."""

    def __init__(self, sampler: Sampler, cluster: Cluster, buckets: Buckets) -> None:
        self._cluster, self._buckets = cluster, buckets
        self._samples = sampler.at(buckets.edges)
        self._growths: dict[tuple[int, Names], list[float]] = {}

    def of_cache(self, names: Collection[str]) -> tuple[Series, ...]:
        """Each stat for all servers together."""
        everywhere = range(len(self._cluster.names()))
        return tuple(self._series(name, None, self._values(name, everywhere)) for name in names)

    def of_servers(self, names: Collection[str]) -> tuple[Series, ...]:
        """Each stat for each server."""
        return tuple(
            self._series(name, called, self._while_present(server, self._values(name, (server,))))
            for server, called in enumerate(self._cluster.names())
            for name in names
        )

    def _series(self, stat: str, server: str | None, values: Sequence[float | None]) -> Series:
        times, filled = self._buckets.starts, self._buckets.fill(values)
        return Series.model_construct(stat=stat, server=server, times=times, values=filled)

    def _while_present(self, server: int, values: Sequence[float | None]) -> Sequence[float | None]:
        edges = self._buckets.edges
        if not self._cluster.ever_away(server):
            return values
        return [
            None if self._cluster.away(server, start, end) else value
            for start, end, value in zip(edges, edges[1:], values, strict=False)
        ]

    def _values(self, name: str, servers: Sequence[int]) -> Sequence[float | None]:
        if not self._buckets.edges:
            return ()
        stat = STATS[name]
        if isinstance(stat, Gauge):
            columns = [self._samples.gauge(name, server)[1:] for server in servers]
            return list(map(sum, zip(*columns, strict=True)))
        if isinstance(stat, Rate):
            grown = self._grown(stat.counters, servers)
            return [growth / seconds for growth, seconds in zip(grown, self._buckets.elapsed, strict=True)]
        if isinstance(stat, HitShare):
            hits = tuple(hit for hit, _ in stat.pairs)
            part, whole = self._grown(hits, servers), self._grown(counters_of(stat), servers)
        else:
            part, whole = self._grown(stat.part, servers), self._grown(stat.whole, servers)
        return [some / every if every > 0 else None for some, every in zip(part, whole, strict=True)]

    def _grown(self, names: Names, servers: Sequence[int]) -> Sequence[float]:
        columns = [self._grown_on(server, names) for server in servers]
        return columns[0] if len(columns) == 1 else list(map(sum, zip(*columns, strict=True)))

    def _grown_on(self, server: int, names: Names) -> list[float]:
        if (server, names) not in self._growths:
            counted = self._samples.counted(server, names)
            self._growths[server, names] = [late - early if late > early else 0.0 for early, late in pairwise(counted)]
        return self._growths[server, names]
