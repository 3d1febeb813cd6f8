"""Pictures of the sample cache, made without an app."""

from __future__ import annotations

from mctop.store.base.window import TimeWindow
from mctop.store.series.ratio_scale import RatioScale
from mctop.store.store import Store
from mctop.ui.screens.overview.picture import OverviewPicture
from tests.ui import samples


def full() -> OverviewPicture:
    """Everything the samples hold."""
    store = Store()
    samples.fill(store)
    return OverviewPicture(
        time=TimeWindow(samples.WINDOW),
        cache=store.cache.value.value,
        stats=store.stats.value.value,
        insight=store.insight.value.value,
        per_server=store.per_server.value.value,
        latency=store.latency.value.value,
        marks=store.marks.value,
        scale=RatioScale.FRACTION,
    )
