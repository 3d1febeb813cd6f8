"""What is known of a prefix: now from the last complete bucket, and over the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.ui.screens.prefixes.picture import HITS, KEYS, MISSES, MUTATIONS, SIZE

if TYPE_CHECKING:
    from mctop.store.seriesset import SeriesSet

Number = float | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Of the keys of a prefix, or of all keys: how many, their bytes, and what happens to them per second.

    `share` is a percentage of the bytes of all keys, `hit_rate` one of the lookups; None is not known.
    """

    keys: Number = None
    size: Number = None
    share: Number = None
    hit_rate: Number = None
    hits: Number = None
    misses: Number = None
    mutations: Number = None


def facts(series: SeriesSet | None, compound: SeriesSet | None) -> Facts:
    """What a prefix does now; its share waits for what all keys do."""
    if series is None:
        return Facts()
    hits, misses, size = series.latest(HITS), series.latest(MISSES), series.latest(SIZE)
    whole = compound.latest(SIZE) if compound else None
    return Facts(
        keys=series.latest(KEYS),
        size=size,
        share=_percent(size, whole),
        hit_rate=hit_rate(hits, misses),
        hits=hits,
        misses=misses,
        mutations=series.latest(MUTATIONS),
    )


def hit_rate(hits: Number, misses: Number) -> Number:
    """The percentage of lookups that hit; None without lookups."""
    return None if hits is None or misses is None else _percent(hits, hits + misses)


def _percent(part: Number, whole: Number) -> Number:
    return None if part is None or not whole else 100 * part / whole
