"""Fifty caches, ranked and written as rows: what the Caches do each second."""

from __future__ import annotations

from mctop.store.counters.cache_condition import CacheNow, worst_first
from mctop.store.store import Store
from mctop.ui.screens.caches.rows import cache_row
from tests.benchmarks.registry import Figure, benchmark, milliseconds
from tests.ui import samples
from tests.ui.screens.caches.fleets import live

CACHES = 50


@benchmark("caches")
def caches() -> tuple[Figure, ...]:
    """Rank fifty caches with a quarter of an hour of history, and write all their rows."""
    known = tuple(_cache(number) for number in range(CACHES))

    def once() -> None:
        for cache, found in worst_first(known, samples.STARTED):
            cache_row(cache, found, samples.STARTED, opened=False)

    return (Figure(f"rank and write {CACHES} caches", milliseconds(once), "ms", reach=20),)


def _cache(number: int) -> CacheNow:
    store = Store()
    live(store, hit_rate=0.5 + number / 200)
    return CacheNow(str(number), f"tenant-{number}", store.stats.health.value, store.stats.value.value)
