"""What the Charts show at one moment: the newest value of each slice they follow, the window, and the choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.store.ratio import RatioScale
from mctop.ui.screens.charts.choice import FIRST_CHOICE, Choice, Of
from mctop.ui.screens.charts.groups import DURATION

if TYPE_CHECKING:
    from mctop.api.models.cache import CacheInfo
    from mctop.store.marks import Mark
    from mctop.store.rates import LiveStats
    from mctop.store.recovery import Recovery
    from mctop.store.seriesset import SeriesSet
    from mctop.store.window import TimeWindow


@dataclass(frozen=True, slots=True)
class Picture:
    """Values as delivered, None before the first sample.

    `before`, `per_server_before` and `latency_before` hold the series of the window earlier.
    """

    window: TimeWindow
    choice: Choice = FIRST_CHOICE
    cache: CacheInfo | None = None
    stats: LiveStats | None = None
    insight: SeriesSet | None = None
    per_server: SeriesSet | None = None
    latency: SeriesSet | None = None
    before: SeriesSet | None = None
    per_server_before: SeriesSet | None = None
    latency_before: SeriesSet | None = None
    marks: tuple[Mark, ...] = ()
    recovery: Recovery | None = None
    scale: RatioScale = RatioScale.UNKNOWN
    api: str = "v2"

    @property
    def live(self) -> bool:
        """Whether the cache's lines are drawn from live samples, where there are any."""
        return self.window.sampled and self.choice.of is Of.CACHE

    @property
    def last(self) -> float | None:
        """The end of the window in epoch seconds: of a live one, that of the newest data, None while there is none."""
        if self.window.end is not None:
            return self.window.end
        history = self.stats.history if self.stats else ()
        if self.live and history:
            return history[-1].time
        ends = [found.end for found in (self.series_of("", self.choice.server), self.latency) if found and found.end]
        return ends[0] if ends else None

    def series_of(self, stat: str, server: str | None, *, before: bool = False) -> SeriesSet | None:
        """The series that a stat of the cache or of a server is looked up in."""
        if stat == DURATION:
            return self.latency_before if before else self.latency
        if server is not None or self.choice.of is Of.EACH:
            return self.per_server_before if before else self.per_server
        return self.before if before else self.insight
