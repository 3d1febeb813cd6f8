"""What the cache does now: from the counters of a few seconds, or else from the last minute of the series."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mctop.store.base.window import DAY, HOUR, TimeWindow
from mctop.store.series.ratio_scale import FRACTIONS, RatioScale

if TYPE_CHECKING:
    from mctop.api.models.cache import CacheInfo
    from mctop.api.models.introspection import PopularItems
    from mctop.api.models.stats import Counters
    from mctop.store.alerts.outlook import AlertOutlook
    from mctop.store.base.marks import Mark
    from mctop.store.counters.flushes import Recovery
    from mctop.store.counters.live_rates import LiveStats, Rates
    from mctop.store.log.tail import LogTail
    from mctop.store.series.series_set import SeriesSet


Number = float | None


@dataclass(frozen=True, slots=True)
class Now:
    """Gauges, and rates per second over `window` seconds; percentages are 0-100, None is not known."""

    window: float = 0
    hit_rate: Number = None
    get_hit_rate: Number = None
    requests: Number = None
    gets: Number = None
    sets: Number = None
    deletes: Number = None
    used: Number = None
    limit: Number = None
    items: Number = None
    connections: Number = None
    connecting: Number = None
    evictions: Number = None
    expirations: Number = None
    read: Number = None
    written: Number = None

    @property
    def others(self) -> Number:
        """Requests per second that are neither get nor set nor delete."""
        if self.requests is None or self.gets is None or self.sets is None or self.deletes is None:
            return None
        return max(0.0, self.requests - self.gets - self.sets - self.deletes)


def now(picture: Picture) -> Now:
    """The newest numbers of the cache."""
    counters = picture.stats.counters if picture.stats else None
    rates = picture.stats.rates if picture.stats else None
    return _live(rates, counters) if rates and counters else _last_minute(picture, picture.insight, counters)


def _live(rates: Rates, counters: Counters) -> Now:
    return Now(
        window=rates.window,
        hit_rate=_percent(rates.hit_rate),
        get_hit_rate=_percent(rates.get_hit_rate),
        requests=rates.requests,
        gets=rates.gets,
        sets=rates.sets,
        deletes=rates.deletes,
        used=counters.bytes,
        limit=counters.limit_maxbytes or None,
        items=counters.curr_items,
        connections=counters.curr_connections,
        connecting=rates.connections,
        evictions=rates.evictions,
        expirations=rates.expirations,
        read=rates.read,
        written=rates.written,
    )


def _last_minute(picture: Picture, insight: SeriesSet | None, counters: Counters | None) -> Now:
    def latest(stat: str) -> Number:
        return insight.latest(stat) if insight else None

    return Now(
        window=insight.bucket if insight else 0,
        hit_rate=picture.percent(latest("hit_rate")),
        get_hit_rate=picture.percent(latest("get_hit_rate")),
        requests=latest("request_rate"),
        gets=latest("get_rate"),
        sets=latest("set_rate"),
        deletes=latest("delete_rate"),
        used=counters.bytes if counters else latest("bytes"),
        limit=(counters.limit_maxbytes if counters else latest("max_bytes")) or None,
        items=counters.curr_items if counters else latest("items"),
        connections=counters.curr_connections if counters else latest("connections"),
        connecting=latest("connection_rate"),
        evictions=latest("eviction_rate"),
        expirations=latest("get_expired_rate"),
        read=latest("bytes_read_rate"),
        written=latest("bytes_write_rate"),
    )


def _percent(ratio: Number) -> Number:
    return None if ratio is None else ratio * 100


CACHE_STATS = FRACTIONS | {
    "hit_rate", "get_hit_rate", "request_rate", "get_rate", "set_rate", "delete_rate", "bytes", "max_bytes", "items",
    "connections", "connection_rate", "eviction_rate", "get_expired_rate", "bytes_read_rate", "bytes_write_rate",
}  # fmt: skip
SERVER_STATS = FRACTIONS | {"hit_rate", "request_rate", "bytes", "max_bytes", "connections", "eviction_rate"}
DURATION = "duration"


@dataclass(frozen=True, slots=True)
class Picture:
    """Values as delivered, None before the first sample.

    `time` is the window of the chart; `charted` are its series, where they are not those of the present.
    """

    time: TimeWindow = field(default_factory=TimeWindow)
    cache: CacheInfo | None = None
    stats: LiveStats | None = None
    insight: SeriesSet | None = None
    charted: SeriesSet | None = None
    per_server: SeriesSet | None = None
    latency: SeriesSet | None = None
    popular: PopularItems | None = None
    log: LogTail | None = None
    alerts: tuple[AlertOutlook, ...] | None = None
    marks: tuple[Mark, ...] = ()
    recovery: Recovery | None = None
    scale: RatioScale = RatioScale.UNKNOWN

    @property
    def window(self) -> int:
        """Seconds of trends: those of the chart, as far as there are minutes to draw."""
        return max(HOUR, min(self.time.seconds, DAY))

    @property
    def present(self) -> bool:
        """Whether the series of the present are those of the chart too."""
        return self.time.live and self.time.seconds <= DAY

    def percent(self, ratio: float | None) -> float | None:
        """A ratio of a series as a percentage 0-100; None while the scale is not known."""
        factor = self.scale.value
        return None if ratio is None or factor is None else ratio * factor
