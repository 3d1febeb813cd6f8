"""The store: everything known about one cache, one slice for each thing the API tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from mctop.store.base.health import Health
from mctop.store.base.topic import Topic
from mctop.store.base.window import SAMPLE, TimeWindow
from mctop.store.frozen_view import FrozenView
from mctop.store.keys.hot_keys import HotKeys
from mctop.store.keys.key_stats import KeyReport
from mctop.store.keys.prefixes import PrefixItems, WatchedPrefix
from mctop.store.log.tail import LogTail
from mctop.store.series.ratio_scale import RatioScale
from mctop.store.series.series_set import FINEST, FINEST_LATENCY, SeriesSet, Shelf, Wanted

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from mctop.api.client import Client
    from mctop.api.models.alerts import DeliveryConfig
    from mctop.api.models.cache import CacheInfo, Credential
    from mctop.api.models.introspection import PopularItems
    from mctop.api.models.log_filter import LogFilter
    from mctop.store.alerts.outlook import AlertOutlook
    from mctop.store.base.marks import Mark
    from mctop.store.counters.flush_recovery import Recovery
    from mctop.store.counters.live_rates import LiveStats
    from mctop.store.frozen_view import Valued

T = TypeVar("T")
Reply = TypeVar("Reply", bound="CountedAnswer")


class CountedAnswer(Protocol):
    """An answer of the API."""

    @property
    def dropped(self) -> int:
        """Rows of it that made no sense."""


class Slice(Generic[T]):
    """The newest value of one endpoint, None before the first sample, and the endpoint's health.

    `name` is a label for people, `every` the seconds between polls. `operation` is the API's, by the name of the
    client's method, and `graded` the operation, or the field of one, under which the service says how exact the value
    is, where that is another.
    """

    def __init__(self, name: str, every: float, operation: str, *, graded: str = "") -> None:
        self.name = name
        self.operation = operation
        self.graded = graded or operation
        self.value: Topic[T | None] = Topic(None)
        self.health: Topic[Health] = Topic(Health(every=every))

    @property
    def followed(self) -> bool:
        """Whether someone looks at the value; if nobody does, it is not polled."""
        return self.value.followed


class PlainSlice(Slice[T], Generic[T, Reply]):
    """A slice that needs no more than this to be polled: its value is what `value_of` reads in the answer to `ask`."""

    def __init__(
        self,
        name: str,
        every: float,
        operation: str,
        ask: Callable[[Client], Awaitable[Reply]],
        value_of: Callable[[Reply], T],
        *,
        graded: str = "",
    ) -> None:
        super().__init__(name, every, operation, graded=graded)
        self._ask = ask
        self._value_of = value_of

    async def poll(self, client: Client) -> int:
        """Ask, take the answer, and return how many rows of it made no sense. May raise any ApiError."""
        reply = await self._ask(client)
        self.value.set(self._value_of(reply))
        return reply.dropped


class SeriesSlice(Slice[SeriesSet]):
    """A slice of series, what of them is wanted, and all that was read; `beside` is a slice of the same endpoint.

    `finest` is the seconds of the finest bucket that the endpoint gives.
    """

    def __init__(
        self, name: str, finest: int, operation: str, *, graded: str = "", beside: SeriesSlice | None = None
    ) -> None:
        super().__init__(name, finest, operation, graded=graded)
        self.finest = finest
        self.wanted: Topic[Wanted] = Topic(Wanted())
        self.shelf: Shelf = {} if beside is None else beside.shelf


class PrefixesSlice(Slice[tuple[WatchedPrefix, ...]]):
    """A slice of the watched prefixes, and what of their series is wanted."""

    def __init__(self, name: str, every: float, operation: str, *, graded: str) -> None:
        super().__init__(name, every, operation, graded=graded)
        self.wanted: Topic[Wanted] = Topic(Wanted())


class PrefixItemsSlice(Slice[PrefixItems]):
    """A slice of what is popular under one watched prefix, and the id of that prefix, None while none is wanted."""

    def __init__(self, name: str, every: float, operation: str, *, graded: str) -> None:
        super().__init__(name, every, operation, graded=graded)
        self.prefix: Topic[int | None] = Topic(None)


class PopularSlice(Slice[T]):
    """A slice of the popular items, what all of them so far tell, and whether someone looks at nothing else."""

    def __init__(self, name: str, every: float, operation: str) -> None:
        super().__init__(name, every, operation)
        self.hot_keys: Topic[HotKeys] = Topic(HotKeys())
        self.hurried: Topic[bool] = Topic(False)


class LogSlice(Slice[LogTail]):
    """A slice of the log, and whether someone looks at nothing else, so that polls must overlap.

    `asked` are the filters that lines must pass, where the log has a cursor: it can be asked for these alone.
    """

    def __init__(self, name: str, every: float, operation: str) -> None:
        super().__init__(name, every, operation)
        self.hurried: Topic[bool] = Topic(False)
        self.asked: Topic[tuple[LogFilter, ...]] = Topic(())


class KeySlice(Slice[KeyReport]):
    """A slice of the stats of one key, and which key that is, raw; None while none is looked at."""

    def __init__(self, name: str, every: float, operation: str) -> None:
        super().__init__(name, every, operation)
        self.key: Topic[str | None] = Topic(None)


class CacheAccess:
    """The access to the cache: by which credential and version of the API, and what can be done to the cache."""

    def __init__(self) -> None:
        self.connecting: Topic[str | None] = Topic("starting")
        """The step that is under way before the first poll, or None once polling; never a secret."""
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


class Store(CacheAccess):
    """Everything known about one cache. Screens follow it, pollers fill it; seconds are the default cadence."""

    def __init__(self) -> None:
        super().__init__()
        self.cache: Slice[CacheInfo] = Slice("cache", 300, "info")
        self.stats: Slice[LiveStats] = Slice("stats", SAMPLE, "stats")
        self.insight = SeriesSlice("insight", FINEST, "processed_stats")
        self.per_server = SeriesSlice("per server", FINEST, "processed_stats_per_server", graded="processed_stats")
        self.latency = SeriesSlice("latency", FINEST_LATENCY, "latency")
        self.insight_before = SeriesSlice("time before", FINEST, "processed_stats", beside=self.insight)
        self.per_server_before = SeriesSlice(
            "time before, per server", FINEST, "processed_stats_per_server", graded="processed_stats",
            beside=self.per_server,
        )  # fmt: skip
        self.latency_before = SeriesSlice("latency before", FINEST_LATENCY, "latency", beside=self.latency)
        self.backtest = SeriesSlice("back-test", FINEST, "processed_stats", beside=self.insight)

        self.popular: PopularSlice[PopularItems] = PopularSlice("popular items", 30, "popular_items")
        self.key = KeySlice("key stats", 10, "key_stats")
        self.log = LogSlice("log", 5, "recent_logs")
        self.alerts: Slice[tuple[AlertOutlook, ...]] = Slice("alerts", 60, "alerts")
        self.deliveries: Slice[tuple[DeliveryConfig, ...]] = PlainSlice(
            "delivery configs",
            60,
            "delivery_configs",
            lambda client: client.delivery_configs(),
            lambda rows: rows.items,
        )
        self.credentials: Slice[tuple[Credential, ...]] = Slice("credentials", 60, "credentials")
        """With their passwords, where the API shows them."""

        self.compound = SeriesSlice("compound stats", FINEST, "compound_stats")
        self.prefixes = PrefixesSlice("watched prefixes", FINEST, "watched_prefixes", graded="prefix_stats")
        self.prefix_items = PrefixItemsSlice(
            "popular items of the prefix", 60, "prefix_popular_items", graded="popular_items"
        )

        self.ratio_scale: Topic[RatioScale] = Topic(RatioScale.UNKNOWN)
        self.marks: Topic[tuple[Mark, ...]] = Topic(())
        self.recovery: Topic[Recovery | None] = Topic(None)
        """The return of the hit rate after a flush, None without one lately."""
        self.window: Topic[TimeWindow] = Topic(TimeWindow())
        """The stretch of time that every view shows."""
        self.still = FrozenView(self._pictured)
        self.skew: Topic[float | None] = Topic(None)
        """Seconds that the server's clock is ahead of this machine's."""

    def slices(self) -> tuple[Slice[object], ...]:
        """Every slice."""
        return tuple(value for value in vars(self).values() if isinstance(value, Slice))

    def _pictured(self) -> Iterator[Valued]:
        """The values that stand still in a frozen view; not those that depend on what is asked for meanwhile."""
        for part in self.slices():
            acted_on = part is self.credentials or part is self.deliveries
            if not isinstance(part, KeySlice | PrefixItemsSlice) and not acted_on:
                yield part.value
        yield self.popular.hot_keys
        yield self.ratio_scale
