"""The sample cache with one server that is slow and misses since 10:51."""

from mctop.api.models.series import Series
from mctop.store.base.window import TimeWindow
from mctop.store.series.ratio_scale import RatioScale
from mctop.store.series.series_set import SeriesSet
from mctop.ui.screens.servers.picture import ServersPicture
from tests.ui import samples

SLOW = samples.SERVERS[2]
SINCE = samples.LAST - 4_800
"""Epoch seconds: 10:51 UTC."""


def _from(one: Series, bad: float) -> Series:
    """A series that is worse from `SINCE` on."""
    values = tuple(
        value if value is None or time < SINCE else value * bad
        for time, value in zip(one.times, one.values, strict=True)
    )
    return one.model_copy(update={"values": values})


def _usual(found: SeriesSet, stat: str) -> tuple[Series, ...]:
    """The series with the third server's like the first's."""
    like = {one.stat: one for one in found.series if one.server == samples.SERVERS[0]}
    return tuple(
        one.model_copy(update={"values": like[stat].values}) if one.server == SLOW and one.stat == stat else one
        for one in found.series
    )


def latency() -> SeriesSet:
    """Four times the latency of the others since then."""
    found = samples.latency()
    series = tuple(_from(one, 4.1) if one.server == SLOW else one for one in _usual(found, "duration"))
    return SeriesSet(series, found.bucket, found.end, found.start)


def per_server() -> SeriesSet:
    """Half the hit rate since then."""
    found = samples.per_server()
    series = tuple(
        _from(one, 0.5) if (one.server, one.stat) == (SLOW, "hit_rate") else one for one in _usual(found, "hit_rate")
    )
    return SeriesSet(series, found.bucket, found.end, found.start)


def picture() -> ServersPicture:
    """All of it."""
    return ServersPicture(
        time=TimeWindow(samples.WINDOW),
        cache=samples.cache(),
        stats=samples.stats(),
        per_server=per_server(),
        latency=latency(),
        scale=RatioScale.FRACTION,
    )
