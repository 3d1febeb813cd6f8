"""What the screens about servers show at one moment, in the window that all views share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mctop.store.ratio import RatioScale
from mctop.store.window import TimeWindow
from mctop.ui.format import duration, time_of_day

if TYPE_CHECKING:
    from mctop.api.models.cache import CacheInfo
    from mctop.store.marks import Mark
    from mctop.store.rates import LiveStats
    from mctop.store.seriesset import SeriesSet

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
