"""What the Overview shows at one moment: the newest value of each slice it follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mctop.store.ratio import RatioScale
from mctop.store.window import DAY, HOUR, TimeWindow

if TYPE_CHECKING:
    from mctop.api.models.cache import CacheInfo
    from mctop.api.models.introspection import PopularItems
    from mctop.store.alerting import AlertOutlook
    from mctop.store.logtail import LogTail
    from mctop.store.marks import Mark
    from mctop.store.rates import LiveStats
    from mctop.store.recovery import Recovery
    from mctop.store.seriesset import SeriesSet

FRACTIONS = frozenset(f"{c}_fraction" for c in ("get", "set", "delete", "touch", "incr", "decr", "cas", "flush"))
"""The series that tell the scale of ratios."""
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
