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
    from mctop.store.seriesset import SeriesSet

LIVE_LONGEST = 900
"""Seconds of the longest window that is drawn from live samples."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Values as delivered, None before the first sample.

    The window is `seconds` long and ends at the moment `end`, or with the newest data where that is None; lines are
    read at `cursor`. `before`, `per_server_before` and `latency_before` hold the series of the window earlier.
    """

    seconds: int
    end: float | None = None
    cursor: float | None = None
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
    scale: RatioScale = RatioScale.UNKNOWN

    @property
    def live(self) -> bool:
        """Whether the cache's lines are drawn from live samples, where there are any."""
        return self.end is None and self.seconds <= LIVE_LONGEST and self.choice.of is Of.CACHE

    @property
    def last(self) -> float | None:
        """The end of the window in epoch seconds, None while nothing is known."""
        if self.end is not None:
            return self.end
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
