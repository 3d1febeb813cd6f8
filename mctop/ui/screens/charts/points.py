"""The points of one line within the window: from a series, or from the live samples of the last minutes."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from mctop.ui.renderables.plot import value_at
from mctop.ui.screens.charts.groups import DURATION, STATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.store.rates import Rates
    from mctop.store.seriesset import SeriesSet
    from mctop.ui.screens.charts.picture import Picture

Values = tuple[float | None, ...]


class Points(NamedTuple):
    """Values at times (epoch seconds, the start of each bucket); percentages are 0-100. `bucket` is in seconds."""

    times: tuple[int, ...]
    values: Values
    bucket: int

    def at(self, time: float) -> float | None:
        """The value of the bucket in which a moment lies."""
        return value_at(self.times, self.values, self.bucket, time)


def _share_of_requests(commands: str) -> Callable[[Rates], float | None]:
    part = attrgetter(commands)

    def share(rates: Rates) -> float | None:
        return part(rates) * 100 / rates.requests if rates.requests else None

    return share


def _percent(ratio: str) -> Callable[[Rates], float | None]:
    get = attrgetter(ratio)

    def percent(rates: Rates) -> float | None:
        value: float | None = get(rates)
        return None if value is None else value * 100

    return percent


COMMANDS = {"get": "gets", "set": "sets", "delete": "deletes", "touch": "touches", "incr": "incrs", "decr": "decrs",
            "cas": "cas", "flush": "flushes"}  # fmt: skip
LIVE: dict[str, Callable[[Rates], float | None]] = {
    "hit_rate": _percent("hit_rate"), "get_hit_rate": _percent("get_hit_rate"),
    "request_rate": attrgetter("requests"), "eviction_rate": attrgetter("evictions"),
    "get_expired_rate": attrgetter("expirations"), "connection_rate": attrgetter("connections"),
    "bytes_read_rate": attrgetter("read"), "bytes_write_rate": attrgetter("written"),
    "bytes": attrgetter("used"), "max_bytes": attrgetter("limit"), "items": attrgetter("items"),
    "connections": attrgetter("open"),
    **{f"{command}_rate": attrgetter(field) for command, field in COMMANDS.items()},
    **{f"{command}_fraction": _share_of_requests(field) for command, field in COMMANDS.items()},
}  # fmt: skip
"""The stats that live samples tell, each from the rates between two samples."""


def points(picture: Picture, stat: str, server: str | None = None) -> Points | None:
    """What is known of a stat within the window, of the cache or of a server; None without a single value."""
    last = picture.last
    if last is None:
        return None
    start = last - picture.window.seconds
    found = _sampled(picture, stat, start) if server is None and picture.live and stat in LIVE else None
    return found or _read(picture, picture.series_of(stat, server), stat, server, start, last)


def earlier(picture: Picture, stat: str, server: str | None = None) -> Points | None:
    """The same stat over the window before, moved to the times of this one."""
    last, by = picture.last, picture.choice.earlier.value
    if last is None or not by:
        return None
    series = picture.series_of(stat, server, before=True)
    found = _read(picture, series, stat, server, last - picture.window.seconds - by, last - by)
    return found and found._replace(times=tuple(time + by for time in found.times))


def _read(
    picture: Picture, found: SeriesSet | None, stat: str, server: str | None, start: float, end: float
) -> Points | None:
    series = found.get(stat, server) if found else None
    factor = picture.scale.value if stat != DURATION and STATS[stat].is_ratio else 1.0
    if found is None or series is None or factor is None:
        return None
    first = bisect_left(series.times, start)
    last = bisect_left(series.times, min(end, found.end) - found.bucket + 1)
    values = series.values[first:last]
    if factor != 1.0:
        values = tuple(None if value is None else value * factor for value in values)
    return Points(series.times[first:last], values, found.bucket) if any(v is not None for v in values) else None


def _sampled(picture: Picture, stat: str, start: float) -> Points | None:
    history = [rates for rates in picture.stats.history if rates.time > start] if picture.stats else []
    values = tuple(map(LIVE[stat], history))
    if all(value is None for value in values):
        return None
    times = tuple(int(rates.time - rates.window) for rates in history)
    return Points(times, values, max(1, round(median(rates.window for rates in history))))
