"""Series about the keys that start with a prefix."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from mctop.api.models.series import Series
from mctop.service.simulation.counters.request_totals import GetMissWeights, hits, misses, mutations

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mctop.service.simulation.counters.baseline import Baseline
    from mctop.service.simulation.counters.gauges import Memory
    from mctop.service.simulation.counters.samples import Sampler
    from mctop.service.simulation.processed_stats import Buckets
    from mctop.service.simulation.workload.families import Family

SAMPLE = 1_024
"""Ranks that are looked at to see how much of a family starts with a prefix, half of them the most popular."""

Cover: TypeAlias = tuple[float, float, float]
"""The shares of a family's keys, gets and usual misses."""


@lru_cache(maxsize=256)
def cover(family: Family, prefix: str) -> Cover:
    """How much of a family starts with a prefix; a sample decides, if only some of it does."""
    if family.prefix.startswith(prefix):
        return 1.0, 1.0, 1.0
    if not prefix.startswith(family.prefix):
        return 0.0, 0.0, 0.0
    count = family.keys.count
    head = min(SAMPLE // 2, count)
    step = max((count - head) // (SAMPLE // 2), 1)
    keys = gets = absences = 0.0
    for first in (*range(head), *range(head, count, step)):
        last = first + 1 if first < head else min(first + step, count)
        if family.keys.name((first + last) // 2).startswith(prefix):
            keys += (last - first) / count
            gets += family.reads.below(last) - family.reads.below(first)
            absences += family.absences.below(last) - family.absences.below(first)
    return keys, gets, absences


class PrefixSeries:
    """What is stored and done under a prefix."""

    def __init__(self, baseline: Baseline, sampler: Sampler, memory: Memory) -> None:
        self._baseline, self._sampler, self._memory = baseline, sampler, memory

    def series(self, prefix: str, buckets: Buckets) -> tuple[Series, ...]:
        """num_keys, total_size in bytes, and hits, misses and mutations a second, in each bucket."""
        covers = tuple(cover(family, prefix) for family in self._baseline.families)
        sizes = [keys * size for (keys, _, _), size in zip(covers, self._memory.sizes, strict=True)]
        samples = self._sampler.at(buckets.edges)
        servers = range(self._baseline.servers)

        def stored(weights: Sequence[float]) -> list[float]:
            columns = [samples.items(server, weights)[1:] for server in servers]
            return [float(round(sum(values))) for values in zip(*columns, strict=True)]

        def rate(what: Callable[[Family], GetMissWeights]) -> list[float]:
            weights = self._baseline.layout.weigh(
                tuple(covered(what(family), part) for family, part in zip(self._baseline.families, covers, strict=True))
            )
            total = list(map(sum, zip(*(samples.weighed(server, weights) for server in servers), strict=True)))
            return [
                (late - early) / seconds
                for early, late, seconds in zip(total, total[1:], buckets.elapsed, strict=False)
            ]

        columns = {
            "num_keys": stored([keys for keys, _, _ in covers]),
            "total_size": stored(sizes),
            "total_hits_rate": rate(hits),
            "total_misses_rate": rate(misses),
            "total_mutations_rate": rate(mutations),
        }
        return tuple(
            Series.model_construct(stat=stat, times=buckets.starts, values=buckets.fill(values))
            for stat, values in columns.items()
        )


def covered(weights: GetMissWeights, part: Cover) -> tuple[float, float, float]:
    """Weights of gets, misses and usual misses for a part of a family: what else misses is spread as gets are."""
    (get, miss), (_, gets, absences) = weights, part
    return get * gets, miss * gets, miss * (absences - gets)
