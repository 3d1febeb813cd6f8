"""Pictures of the sample cache."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mctop.api.models.series import Series
from mctop.store.base.marks import Mark, MarkKind
from mctop.store.base.window import TimeWindow
from mctop.store.series.ratio_scale import RatioScale
from mctop.store.series.series_set import SeriesSet
from mctop.ui.screens.charts.picture import ChartsPicture
from tests.ui import samples

if TYPE_CHECKING:
    from mctop.store.counters.live_rates import LiveStats

DAY = 86_400
WHOLE = ChartsPicture(
    TimeWindow(samples.WINDOW),
    cache=samples.cache(),
    stats=samples.stats(),
    insight=samples.insight(),
    per_server=samples.per_server(),
    latency=samples.latency(),
    marks=(Mark(samples.LAST - 7_800, MarkKind.FLUSH),),
    scale=RatioScale.FRACTION,
)
"""Six hours, all of it known."""


def earlier(found: SeriesSet, seconds: int) -> SeriesSet:
    """The same series so much earlier."""
    moved = tuple(one.model_copy(update={"times": tuple(time - seconds for time in one.times)}) for one in found.series)
    return replace(found, series=moved, end=found.end - seconds, start=found.start - seconds)


def live(count: int = 60, every: float = 5.0) -> LiveStats:
    """So many live samples that end at noon."""
    history = tuple(
        replace(
            samples.rates(hit_rate=0.9),
            time=samples.NOON - every * (count - 1 - index),
            used=index * 2**20,
            items=1_000 * index,
        )
        for index in range(count)
    )
    return replace(samples.stats(), history=history)


def of_servers(count: int, stat: str = "hit_rate") -> SeriesSet:
    """A flat series for each of so many servers, of which the last one is far off."""
    times = tuple(range(samples.LAST - 600, samples.LAST, 60))
    found = tuple(
        Series(stat=stat, server=f"mc{number:02}:11211", times=times,
               values=((0.2 if number == count - 1 else 0.9 + number / 10_000),) * len(times))
        for number in range(count)
    )  # fmt: skip
    return SeriesSet(found, 60, samples.LAST, samples.LAST - 600, frozenset({stat}))


def read_at(cursor: float) -> ChartsPicture:
    """The whole, read at a moment."""
    return replace(WHOLE, window=replace(WHOLE.window, cursor=cursor))
