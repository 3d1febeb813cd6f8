"""The choice of what the charts draw, and the values that they draw it from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from mctop.store.series.ratio_scale import RatioScale
from mctop.ui.stats import GROUPS, LATENCY, StatGroup, is_untold

if TYPE_CHECKING:
    from mctop.api.models.cache import CacheInfo
    from mctop.store.base.marks import Mark
    from mctop.store.base.window import TimeWindow
    from mctop.store.counters.flush_recovery import Recovery
    from mctop.store.counters.live_rates import LiveStats
    from mctop.store.series.series_set import SeriesSet
    from mctop.ui.stats import Stat


SHOWN_FIRST = frozenset().union(*(group.first for group in GROUPS[:4]))
"""The stats that are on when the Charts are first opened: hit rates, traffic, memory, and evictions."""


class Of(Enum):
    """What lines are drawn of."""

    CACHE = "the cache"
    EACH = "each server"
    SERVER = "one server"


class Earlier(Enum):
    """How many seconds before the window the faint lines lie."""

    NONE = 0
    DAY = 86_400
    WEEK = 604_800

    @property
    def label(self) -> str:
        """Its name in a legend."""
        return {Earlier.DAY: "day before", Earlier.WEEK: "week before"}.get(self, "")

    @property
    def next(self) -> Earlier:
        """The one that the key comes to."""
        order = tuple(Earlier)
        return order[(order.index(self) + 1) % len(order)]


@dataclass(frozen=True, slots=True)
class ChartsChoice:
    """The ids of the stats that are on, and of what; `server` is named where it is of one.

    `before` is what was on before `only`, which can be undone.
    """

    on: frozenset[str] = SHOWN_FIRST
    of: Of = Of.CACHE
    server: str | None = None
    earlier: Earlier = Earlier.NONE
    before: frozenset[str] | None = None

    def switched(self, stat: str) -> ChartsChoice:
        """With one stat on instead of off, or off instead of on."""
        return replace(self, on=self.on ^ {stat}, before=None)

    def switched_group(self, group: StatGroup) -> ChartsChoice:
        """Without all stats of a group; or, if none was on, with its first ones."""
        on = self.on & {stat.id for stat in group.stats}
        return replace(self, on=self.on - on if on else self.on | group.first, before=None)

    def only(self, stats: frozenset[str]) -> ChartsChoice:
        """With these stats alone; or, if they are alone already, with what was on before."""
        if self.on == stats and self.before is not None:
            return replace(self, on=self.before, before=None)
        return replace(self, on=stats, before=self.on)

    def only_group(self, group: StatGroup) -> ChartsChoice:
        """With the stats of one group alone that are on, or else with its first ones."""
        return self.only(self.on & {stat.id for stat in group.stats} or group.first)

    def of_cache(self) -> ChartsChoice:
        """Of the cache."""
        return replace(self, of=Of.CACHE, server=None)

    def of_each(self) -> ChartsChoice:
        """Of each server, to compare them."""
        return replace(self, of=Of.EACH, server=None)

    def of_server(self, server: str) -> ChartsChoice:
        """Of one server; or, if it is of that one already, of the cache."""
        if self.server == server:
            return self.of_cache()
        return replace(self, of=Of.SERVER, server=server)


FIRST_CHOICE = ChartsChoice()
"""What is drawn when the Charts are first opened."""


@dataclass(frozen=True, slots=True)
class ChartsPicture:
    """Values as delivered, None before the first sample.

    `before`, `per_server_before` and `latency_before` hold the series of the window earlier.
    """

    window: TimeWindow
    choice: ChartsChoice = FIRST_CHOICE
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
        sources = (self.series_of("", self.choice.server), self.latency)
        return next((series.end for series in sources if series and series.end), None)

    def lacks(self, stat: Stat) -> bool:
        """Whether what is drawn does not tell a stat, by its newest counters."""
        if self.stats is None or self.choice.of is Of.EACH:
            return False
        if self.choice.of is Of.CACHE:
            return is_untold(stat, self.stats.counters)
        server = next((now for now in self.stats.servers if now.server == self.choice.server), None)
        return server is not None and is_untold(stat, server.counters)

    def series_of(self, stat: str, server: str | None, *, before: bool = False) -> SeriesSet | None:
        """The series that a stat of the cache or of a server is looked up in."""
        if stat == LATENCY.id:
            return self.latency_before if before else self.latency
        if server is not None or self.choice.of is Of.EACH:
            return self.per_server_before if before else self.per_server
        return self.before if before else self.insight
