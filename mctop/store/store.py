"""The whole truth on one page: one slice for each thing the API tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from mctop.store.base.health import Health
from mctop.store.base.topic import Topic
from mctop.store.base.window import TimeWindow
from mctop.store.frozen_view import Still
from mctop.store.keys.hot_keys import HotKeys
from mctop.store.keys.key_stats import KeyReport
from mctop.store.keys.prefixes import PrefixItems, WatchedPrefix
from mctop.store.log.tail import LogTail
from mctop.store.series.ratio_scale import RatioScale
from mctop.store.series.series_set import SeriesSet, Shelf, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mctop.api.models.alerts import DeliveryConfig
    from mctop.api.models.cache import CacheInfo, Credential
    from mctop.api.models.introspection import PopularItems
    from mctop.store.alerts.outlook import AlertOutlook
    from mctop.store.base.marks import Mark
    from mctop.store.counters.flushes import Recovery
    from mctop.store.counters.live_rates import LiveStats
    from mctop.store.frozen_view import Valued

T = TypeVar("T")


class Slice(Generic[T]):
    """The newest value of one endpoint, None before the first sample, and the endpoint's health."""

    def __init__(self, name: str, every: float) -> None:
        self.name = name
        self.value: Topic[T | None] = Topic(None)
        self.health: Topic[Health] = Topic(Health(every=every))

    @property
    def followed(self) -> bool:
        """Whether someone looks at the value; if nobody does, it is not polled."""
        return self.value.followed


class SeriesSlice(Slice[SeriesSet]):
    """A slice of series, what of them is wanted, and all that was read; `beside` is a slice of the same endpoint."""

    def __init__(self, name: str, every: float, beside: SeriesSlice | None = None) -> None:
        super().__init__(name, every)
        self.wanted: Topic[Wanted] = Topic(Wanted())
        self.shelf: Shelf = {} if beside is None else beside.shelf


class PrefixesSlice(Slice[tuple[WatchedPrefix, ...]]):
    """A slice of the watched prefixes, and what of their series is wanted."""

    def __init__(self, name: str, every: float) -> None:
        super().__init__(name, every)
        self.wanted: Topic[Wanted] = Topic(Wanted())


class PrefixItemsSlice(Slice[PrefixItems]):
    """A slice of what is popular under one watched prefix, and the id of that prefix, None while none is wanted."""

    def __init__(self, name: str, every: float) -> None:
        super().__init__(name, every)
        self.prefix: Topic[int | None] = Topic(None)


class PopularSlice(Slice[T]):
    """A slice of the popular items, what all of them so far tell, and whether someone looks at nothing else."""

    def __init__(self, name: str, every: float) -> None:
        super().__init__(name, every)
        self.seen: Topic[HotKeys] = Topic(HotKeys())
        self.hurried: Topic[bool] = Topic(False)


class LogSlice(Slice[LogTail]):
    """A slice of the log, and whether someone looks at nothing else, so that polls must overlap."""

    def __init__(self, name: str, every: float) -> None:
        super().__init__(name, every)
        self.hurried: Topic[bool] = Topic(False)


class KeySlice(Slice[KeyReport]):
    """A slice of the stats of one key, and which key that is, raw; None while none is looked at."""

    def __init__(self, name: str, every: float) -> None:
        super().__init__(name, every)
        self.key: Topic[str | None] = Topic(None)


class Dealings:
    """How mctop deals with the cache: as whom, in which version of the API, and whether it is connected."""

    def __init__(self) -> None:
        self.connecting: Topic[str | None] = Topic("starting")
        """What is being done before the first poll, or None once polling; never a secret."""
        self.opened: Topic[bool] = Topic(True)
        """Whether someone works with this cache; else its counters alone are polled, and seldom."""
        self.api: Topic[str] = Topic("v2")
        """The version of the API that is spoken."""
        self.username: Topic[str] = Topic("")
        """Whose credential mctop uses; raw."""
        self.audit: Topic[str] = Topic("")
        """The path of the audit log, "" where there is none."""
        self.cache_id: Topic[int | None] = Topic(None)
        """The cache's id at the API, through which it can be changed; None before it is connected."""


class Store(Dealings):
    """Everything known about one cache. Screens follow it, pollers fill it; seconds are the default cadence."""

    def __init__(self) -> None:
        super().__init__()
        self.cache: Slice[CacheInfo] = Slice("cache", 300)
        self.stats: Slice[LiveStats] = Slice("stats", 5)
        self.insight = SeriesSlice("insight", 60)
        self.per_server = SeriesSlice("per server", 60)
        self.latency = SeriesSlice("latency", 20)
        self.insight_before = SeriesSlice("time before", 60, self.insight)
        self.per_server_before = SeriesSlice("time before, per server", 60, self.per_server)
        self.latency_before = SeriesSlice("latency before", 20, self.latency)
        self.backtest = SeriesSlice("back-test", 60, self.insight)

        self.popular: PopularSlice[PopularItems] = PopularSlice("popular items", 30)
        self.key = KeySlice("key stats", 10)
        self.log = LogSlice("log", 5)
        self.alerts: Slice[tuple[AlertOutlook, ...]] = Slice("alerts", 60)
        self.deliveries: Slice[tuple[DeliveryConfig, ...]] = Slice("delivery configs", 60)
        self.credentials: Slice[tuple[Credential, ...]] = Slice("credentials", 60)
        """With their passwords, where the API shows them."""

        self.compound = SeriesSlice("compound stats", 60)
        self.prefixes = PrefixesSlice("watched prefixes", 60)
        self.prefix_items = PrefixItemsSlice("popular items of the prefix", 60)

        self.ratio_scale: Topic[RatioScale] = Topic(RatioScale.UNKNOWN)
        self.marks: Topic[tuple[Mark, ...]] = Topic(())
        self.recovery: Topic[Recovery | None] = Topic(None)
        """How the hit rate comes back after a flush, None without one lately."""
        self.window: Topic[TimeWindow] = Topic(TimeWindow())
        """The stretch of time that every view shows."""
        self.still = Still(self._pictured)
        self.skew: Topic[float | None] = Topic(None)
        """Seconds that the server's clock is ahead of this machine's."""

    def slices(self) -> tuple[Slice[object], ...]:
        """Every slice."""
        named = (value for value in vars(self).values() if isinstance(value, Slice))
        return tuple(named)

    def _pictured(self) -> Iterator[Valued]:
        """What stands still in a frozen picture; not what depends on what is asked for meanwhile."""
        for one in self.slices():
            acted_on = one is self.credentials or one is self.deliveries
            if not isinstance(one, KeySlice | PrefixItemsSlice) and not acted_on:
                yield one.value
        yield self.popular.seen
        yield self.ratio_scale
