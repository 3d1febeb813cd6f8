"""What is known of each server: now from its own counters or its last minute, and over the window from its series."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mctop.store.base.window import TimeWindow
from mctop.store.series.outlier import busiest, missing, slowest, spread
from mctop.store.series.ratio_scale import RatioScale
from mctop.ui.screens.shared.even_series import Values, over
from mctop.ui.words.format import duration, time_of_day

if TYPE_CHECKING:
    from mctop.api.models.cache import CacheInfo
    from mctop.api.models.series import Series
    from mctop.api.models.stats import Counters
    from mctop.store.base.marks import Mark
    from mctop.store.counters.live_rates import LiveStats, Rates
    from mctop.store.series.outlier import Outlier, Percentiles
    from mctop.store.series.series_set import SeriesSet


Number = float | None


@dataclass(frozen=True, slots=True)
class Past:
    """A server over the window: trends with one value a bucket, oldest first, and its latency's spread in ns."""

    hit_rate: Values = ()
    requests: Values = ()
    latency: Values = ()
    spread: Percentiles | None = None


@dataclass(frozen=True, slots=True)
class Pasts:
    """The past of every server, and which of them stands out."""

    servers: tuple[tuple[str, Past], ...] = ()
    slow: Outlier | None = None
    missing: Outlier | None = None
    busy: Outlier | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """A server now: the hit rate is a percentage, rates are per second, latency is in ns; None is not known."""

    hit_rate: Number = None
    requests: Number = None
    used: Number = None
    connections: Number = None
    evictions: Number = None
    latency: Number = None

    @property
    def silent(self) -> bool:
        """Whether the server says nothing at all."""
        return self.requests is None and self.used is None


def pasts(picture: ServersPicture) -> Pasts:
    """The window of every server. This takes a while where there are many: once for each new answer is enough."""
    windowed = picture.windowed()
    per_server, delays, seconds = by_server(windowed.per_server), by_server(windowed.latency), picture.time.seconds
    known = ((one, _past(one, per_server.get(one), delays.get(one), seconds)) for one in picture.servers)
    return outliers(Pasts(tuple(known)), picture)


def outliers(pasts: Pasts, picture: ServersPicture) -> Pasts:
    """The same pasts with the servers that stand out at the cursor, or else at the end of the window."""
    read = picture.read()
    slow, missed, busy = slowest(read.latency), missing(read.per_server, read.scale), busiest(read.per_server)
    return replace(pasts, slow=slow, missing=missed, busy=busy)


def present(picture: ServersPicture) -> dict[str, Present]:
    """Every server now, sorted by name."""
    live = {one.server: one for one in picture.stats.servers} if picture.stats else {}
    per_server, delays = by_server(picture.per_server), by_server(picture.latency)

    def told(server: str) -> Present:
        found, probed = per_server.get(server), delays.get(server)
        delay = probed.latest(DURATION, server) if probed else None
        own = live.get(server)
        if own is not None and own.rates is not None:
            return _live(own.rates, own.counters, delay)
        return _last_minute(picture, found, server, delay)

    return {server: told(server) for server in picture.servers}


def by_server(found: SeriesSet | None) -> dict[str, SeriesSet]:
    """The series of each server by themselves: to look for one among those of a hundred servers takes long."""
    parts: dict[str, list[Series]] = {}
    for one in found.series if found else ():
        if one.server is not None:
            parts.setdefault(one.server, []).append(one)
    return {server: replace(found, series=tuple(part)) for server, part in parts.items()} if found else {}


def _past(server: str, found: SeriesSet | None, probed: SeriesSet | None, seconds: int) -> Past:
    delays = probed.get(DURATION, server) if probed else None
    return Past(
        over(found, "hit_rate", seconds, server),
        over(found, "request_rate", seconds, server),
        over(probed, DURATION, seconds, server),
        spread(delays, probed.end - seconds, probed.end) if probed else None,
    )


def _live(rates: Rates, counters: Counters, delay: Number) -> Present:
    hit_rate = None if rates.hit_rate is None else rates.hit_rate * 100
    return Present(hit_rate, rates.requests, counters.bytes, counters.curr_connections, rates.evictions, delay)


def _last_minute(picture: ServersPicture, found: SeriesSet | None, server: str, delay: Number) -> Present:
    def latest(stat: str) -> Number:
        return found.latest(stat, server) if found else None

    return Present(picture.percent(latest("hit_rate")), latest("request_rate"), latest("bytes"),
                   latest("connections"), latest("eviction_rate"), delay)  # fmt: skip


STATS = frozenset({"hit_rate", "request_rate", "bytes", "max_bytes", "connections", "eviction_rate"})
"""The series of each server that are shown."""
DURATION = "duration"
MINUTE = 60


@dataclass(frozen=True, slots=True)
class ServersPicture:
    """Values as delivered, None before the first sample, and the window in which they are shown."""

    time: TimeWindow = field(default_factory=TimeWindow)
    cache: CacheInfo | None = None
    stats: LiveStats | None = None
    per_server: SeriesSet | None = None
    latency: SeriesSet | None = None
    marks: tuple[Mark, ...] = ()
    scale: RatioScale = RatioScale.UNKNOWN

    def windowed(self) -> ServersPicture:
        """The same picture as it is in the window: nothing after its end."""
        end = self.time.end
        return self if end is None else self._until(end)

    def read(self) -> ServersPicture:
        """The same picture as it was at the cursor, or else at the end of the window."""
        cursor = self.time.cursor
        return self.windowed() if cursor is None else self._until(cursor + self.time.bucket)

    def percent(self, ratio: float | None) -> float | None:
        """A ratio of a series as a percentage 0-100; None while the scale is not known."""
        factor = self.scale.value
        return None if ratio is None or factor is None else ratio * factor

    @property
    def servers(self) -> tuple[str, ...]:
        """All servers that anything is known of, sorted."""
        names = set(self.cache.servers) if self.cache else set()
        for found in (self.per_server, self.latency):
            names.update(found.servers() if found else ())
        names.update(one.server for one in self.stats.servers) if self.stats else None
        return tuple(sorted(names))

    @property
    def when(self) -> str:
        """Over how long, or at which moment, the rates are."""
        cursor = self.time.cursor if self.time.cursor is not None else self.time.end
        if cursor is not None:
            return f"at {time_of_day(cursor)[:5]}"
        live = next((one.rates for one in self.stats.servers if one.rates), None) if self.stats else None
        return "over " + duration(live.window if live else self.per_server.bucket if self.per_server else MINUTE)

    @property
    def span(self) -> str:
        """How long the window is."""
        return duration(self.time.seconds)

    def _until(self, end: float) -> ServersPicture:
        """Counters only know the present."""
        return replace(self, stats=None, per_server=_until(self.per_server, end), latency=_until(self.latency, end))


def _until(found: SeriesSet | None, end: float) -> SeriesSet | None:
    if found is None or found.until <= end:
        return found
    return replace(found, end=min(found.end, end // found.bucket * found.bucket), closed=0)
