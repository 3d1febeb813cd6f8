"""The values that the cards, the chart and the table of servers of the Overview are drawn from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mctop.store.base.window import DAY, HOUR, TimeWindow
from mctop.ui.screens.shared.server_stats import ServersData
from mctop.ui.stats import NewestStats

if TYPE_CHECKING:
    from mctop.store.base.marks import Mark
    from mctop.store.counters.flushes import Recovery
    from mctop.store.series.series_set import SeriesSet


@dataclass(frozen=True, slots=True)
class OverviewPicture(ServersData):
    """Values as delivered, None before the first sample.

    `time` is the window of the chart; `charted` are its series, where they are not those of the present.
    """

    time: TimeWindow = field(default_factory=TimeWindow)
    insight: SeriesSet | None = None
    charted: SeriesSet | None = None
    marks: tuple[Mark, ...] = ()
    recovery: Recovery | None = None

    @property
    def window(self) -> int:
        """Seconds of trends: those of the chart, as far as there are minutes to draw."""
        return max(HOUR, min(self.time.seconds, DAY))

    @property
    def present(self) -> bool:
        """Whether the series of the present are those of the chart too."""
        return self.time.live and self.time.seconds <= DAY

    @property
    def newest(self) -> NewestStats:
        """The newest values of the cache."""
        rates, counters = (self.stats.rates, self.stats.counters) if self.stats else (None, None)
        return NewestStats(rates, counters, self.insight, self.latency, self.scale)
