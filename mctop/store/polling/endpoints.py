"""The endpoints that are polled, each declared once: what it asks, where the answer goes, and how often.

An endpoint whose answer is the value of its slice, read at a steady pace while somebody looks, needs no class here: it
is declared where its PlainSlice stands, in `mctop.store.store`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from mctop.api.errors import ApiError, Forbidden, Refused, Unauthorized
from mctop.api.models.series import bucket_for
from mctop.store.base.health import Health, failure_of, not_let_in
from mctop.store.base.marks import Mark, MarkKind, marked
from mctop.store.counters.flush_recovery import past_flushes, recovery_after
from mctop.store.counters.live_rates import advance, stamped, was_flushed, was_reset
from mctop.store.keys.hot_keys import extended
from mctop.store.keys.key_stats import reported
from mctop.store.keys.prefixes import PrefixItems, listed, with_answer
from mctop.store.log.excerpts import join
from mctop.store.log.tail import LogTail
from mctop.store.log.tail import merge as merge_log
from mctop.store.polling.pace import ByBucket, Overlapping, Steady, Varying
from mctop.store.polling.poller import SLOWEST
from mctop.store.series.archive import SeriesWindow, lacks, picture, requests, take
from mctop.store.series.archive import merge as merge_series
from mctop.store.series.ratio_scale import RatioScale, detect
from mctop.store.series.series_set import FINEST, Wanted
from mctop.store.store import PlainSlice, SeriesSlice

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection
    from typing import TypeAlias

    from mctop.api.client import Client
    from mctop.api.models.cache import CacheInfo
    from mctop.api.models.introspection import Prefix
    from mctop.api.models.series import SeriesAnswer
    from mctop.api.models.stats import Stats
    from mctop.store.counters.live_rates import LiveStats
    from mctop.store.log.tail import Gap
    from mctop.store.polling.pace import Pace
    from mctop.store.polling.poller import Means, Poller
    from mctop.store.store import CountedAnswer, PrefixesSlice, Slice, Store
    from mctop.store.v1.source import LegacySource

    Source: TypeAlias = Client | LegacySource
    """Either version of the API; they have some operations in common."""
    Fetch = Callable[[Collection[str], float, float], Awaitable[SeriesAnswer]]

T = TypeVar("T")
Reply = TypeVar("Reply", bound="CountedAnswer")

DEFAULT_SECONDS = 7_200
"""Seconds of series to read where no screen says: enough for the change against the hour before."""
SELDOM = 15.0
"""Seconds between two polls of the counters of a cache that is not opened: fifty caches make 3.3 requests a second."""
SLOWEST_STATS = 10.0
"""Seconds between two tries of the counters, at most: they show first that a server is back, and everything must be
live again within 15 s of that."""
GRADED = 15.0
"""Seconds between two polls of what the cache is, where that carries grades, which change with the servers' state."""
HURRIED = 10.0
"""Seconds between two polls of what is popular while someone looks at nothing else, or where it is only collected
while it is polled."""

MOST_LINES = 10_000
"""Lines of the log that are read at a time where it has a cursor: a second of a busy server, in a frame or two."""


@dataclass(frozen=True, slots=True)
class PollingContext:
    """The parts that all endpoints of a cache share. `now` tells epoch seconds on the server's clock.

    `alone` says that there is no other cache to look at when this one lets nothing through.
    """

    store: Store
    means: Means
    now: Callable[[], float]
    alone: bool = True


class PolledEndpoint(ABC):
    """An endpoint of API v2.

    Unless a subclass says otherwise, it is polled steadily, as often as its slice says, while that is followed.
    """

    slowest: ClassVar[float] = SLOWEST
    """Seconds between two tries while it keeps failing, at most."""

    def __init__(self, polled: Slice[T], context: PollingContext) -> None:
        self.health = polled.health
        self.operation = polled.operation
        self._followed: Callable[[], bool] = lambda: polled.followed
        self._on_followed = polled.value.on_followed
        self._cadence = polled.health.value.every
        self._store = context.store
        self._context = context
        self._random = context.means.random

    @abstractmethod
    async def poll(self, source: Client) -> int:
        """Ask, put the answer into the slice, and return how many rows of it made no sense. May raise any ApiError."""

    def pace(self) -> Pace:
        """Its cadence."""
        return Steady(self._cadence, self._random)

    def is_active(self) -> bool:
        """Whether somebody looks."""
        return self._followed()

    def begin(self, poller: Poller) -> None:
        """Tell the poller from now on when something makes a difference to it."""
        self._on_followed(poller.wake)

    def _mark(self, mark: Mark) -> None:
        self._store.marks.set(marked(self._store.marks.value, mark))


class OfferedByV1(PolledEndpoint):
    """An endpoint that API v1 offers too."""

    @abstractmethod
    async def poll(self, source: Source) -> int:
        """Ask either version."""


class PlainEndpoint(PolledEndpoint):
    """The endpoint of a slice that takes the answer as it is."""

    def __init__(self, polled: PlainSlice[T, Reply], context: PollingContext) -> None:
        super().__init__(polled, context)
        self._poll: Callable[[Client], Awaitable[int]] = polled.poll

    async def poll(self, source: Client) -> int:
        """Ask, and take the answer."""
        return await self._poll(source)


class StatsEndpoint(OfferedByV1):
    """The counters, polled always, and seldom while the cache is not opened, once there are rates."""

    slowest = SLOWEST_STATS

    def __init__(self, context: PollingContext) -> None:
        super().__init__(context.store.stats, context)
        self._sampled: float | None = None

    async def poll(self, source: Source) -> int:
        """Sample them. Raise AuthenticationFailed where not even the first sample is allowed, if alone."""
        store, clock = self._store, self._context.means.clock
        before = store.stats.value.value
        try:
            stats = stamped(await source.stats(), clock.wall())
        except (Unauthorized, Forbidden) as error:
            if self._context.alone and before is None:
                raise not_let_in(error) from None
            raise
        arrived = clock.monotonic()
        info = store.cache.value.value
        elapsed = None if self._sampled is None else arrived - self._sampled
        live = advance(before, stats, elapsed, sets_hold_cas=info is not None and info.is_memcached)
        if live is not before:
            self._sampled = arrived
            store.stats.value.set(live)
            self._judge_alerts(live)
            kind = None if before is None else happened(before, stats)
            if kind is not None:
                self._mark(Mark(stats.total.time, kind))
            flushed = before if kind is MarkKind.FLUSH else None
            store.recovery.set(recovery_after(store.recovery.value, live, flushed))
        return stats.dropped

    def _judge_alerts(self, live: LiveStats) -> None:
        outlooks = self._store.alerts.value
        if outlooks.value is not None:
            from mctop.store.alerts.outlook import outlook

            outlooks.set(outlook(tuple(judged.alert for judged in outlooks.value), live))

    def pace(self) -> Pace:
        """Often, but seldom while the cache is not opened."""
        return Varying(self._seconds, self._random)

    def _seconds(self) -> float:
        live = self._store.stats.value.value
        return SELDOM if live and live.rates and not self._store.opened.value else self._cadence

    def is_active(self) -> bool:
        """Always."""
        return True

    def begin(self, poller: Poller) -> None:
        """Poll at once when the cache is opened."""
        self._store.opened.follow(lambda opened: poller.ask_anew() if opened else None)


def happened(before: LiveStats, stats: Stats) -> MarkKind | None:
    """The kind of mark that a sample of the counters sets after the one before; None for most."""
    if was_reset(before, stats):
        return MarkKind.RESET
    return MarkKind.FLUSH if was_flushed(before, stats) else None


class InfoEndpoint(OfferedByV1):
    """The description of the cache, polled while it is opened, whoever looks."""

    def __init__(self, context: PollingContext) -> None:
        super().__init__(context.store.cache, context)

    async def poll(self, source: Source) -> int:
        """Describe the cache; the passwords of its credentials stop here."""
        info, before = without_passwords(await source.info()), self._store.cache.value.value
        self._store.cache.value.set(info)
        if before is not None and (before.cluster_name, set(before.servers)) != (info.cluster_name, set(info.servers)):
            note = info.cluster_name if info.cluster_name != before.cluster_name else f"{len(info.servers)} servers"
            self._mark(Mark(self._context.now(), MarkKind.SERVERS, note))
        return 0

    def pace(self) -> Pace:
        """Often where it tells how exact the rest is."""
        info = self._store.cache.value
        return Varying(lambda: GRADED if info.value and info.value.grades else self._cadence, self._random)

    def is_active(self) -> bool:
        """Whether the cache is opened."""
        return self._store.opened.value

    def begin(self, poller: Poller) -> None:
        """Look again when the cache is opened or left."""
        self._store.opened.follow(lambda _: poller.wake())


def without_passwords(info: CacheInfo) -> CacheInfo:
    """The same cache without its passwords, which nothing that watches needs."""
    credentials = tuple(row.model_copy(update={"sasl_password": None}) for row in info.credentials)
    return info.model_copy(update={"credentials": credentials})


class SeriesEndpoint(PolledEndpoint):
    """Series, polled as their buckets close, and at once where more history is wanted.

    `named` says that nothing is polled before a stat is wanted.
    """

    def __init__(self, series: SeriesSlice, context: PollingContext, *, named: bool) -> None:
        super().__init__(series, context)
        self._series = series
        self._named = named
        self._reader = SeriesFetcher(context)

    def pace(self) -> Pace:
        """As the buckets of the wanted window close."""

        def bucket() -> int:
            return bucket_for(wanted(self._series).seconds, finest=self._series.finest)

        return ByBucket(bucket, self._context.now, self._random)

    def is_active(self) -> bool:
        """Whether somebody looks, and a stat is wanted where stats have names."""
        return self._followed() and (not self._named or bool(self._series.wanted.value.names))

    def begin(self, poller: Poller) -> None:
        """Show what was read of a window as soon as it is wanted, and ask for the rest."""

        def look_again() -> None:
            window = SeriesWindow(wanted(self._series), self._context.now(), self._series.finest)
            if self.is_active():
                show(self._series, window)
            if self.is_active() and lacks(self._series.shelf, window):
                poller.ask_anew()
            else:
                poller.wake()

        super().begin(poller)
        self._on_followed(look_again)
        self._series.wanted.follow(lambda _: look_again())


class ProcessedStatsEndpoint(SeriesEndpoint, OfferedByV1):
    """The wanted series of the cache."""

    async def poll(self, source: Source) -> int:
        """Read what is missing of them."""
        return await self._reader.read(self._series, source.processed_stats)


class InsightEndpoint(ProcessedStatsEndpoint):
    """The series of the cache over the window that is on the screen, and the flushes in them."""

    async def poll(self, source: Source) -> int:
        """Read what is missing, and mark the flushes; v1's series say no closer than half an hour when one was."""
        dropped = await super().poll(source)
        series = self._store.insight.value.value
        if series is not None and self._store.api.value != "v1":
            for mark in past_flushes(series, self._store.marks.value):
                self._mark(mark)
        return dropped


class PerServerEndpoint(SeriesEndpoint, OfferedByV1):
    """The wanted series of each server."""

    async def poll(self, source: Source) -> int:
        """Read what is missing of them."""
        return await self._reader.read(self._series, source.processed_stats_per_server)


class LatencyEndpoint(SeriesEndpoint):
    """Each server's latency, in nanoseconds."""

    async def poll(self, source: Client) -> int:
        """Read what is missing of it."""
        return await self._reader.read(self._series, without_names(source.latency))


class CompoundStatsEndpoint(SeriesEndpoint):
    """The series about every key together."""

    async def poll(self, source: Client) -> int:
        """Read what is missing of them."""
        return await self._reader.read(self._series, without_names(source.compound_stats))


class SeriesFetcher:
    """Reads what a slice of series lacks, and detects the scale of ratios in it unless that was set beforehand."""

    def __init__(self, context: PollingContext) -> None:
        self._now = context.now
        self._scale = context.store.ratio_scale
        self._detecting = self._scale.value is RatioScale.UNKNOWN

    async def read(self, series: SeriesSlice, fetch: Fetch) -> int:
        """Read what is missing of the wanted window; stop if another one is wanted meanwhile."""
        window, dropped = SeriesWindow(wanted(series), self._now(), series.finest), 0
        for request in requests(series.shelf, window):
            answer = await fetch(sorted(request.names), request.span.start, request.span.end)
            take(series.shelf, answer, request, window)
            dropped += answer.dropped
            if self._detecting:
                new = replace(merge_series(None, answer, request.span, window), names=request.names)
                self._scale.set(detect(self._scale.value, new))
            if wanted(series) != window.wanted:
                break
            show(series, window)
        return dropped


def wanted(series: SeriesSlice | PrefixesSlice) -> Wanted:
    """The stats and seconds that screens want of a series slice; DEFAULT_SECONDS where they do not say."""
    asked = series.wanted.value
    return asked if asked.seconds > 0 else Wanted(asked.names, DEFAULT_SECONDS)


def show(series: SeriesSlice, window: SeriesWindow) -> None:
    """Show as much of the window as was read; before anything of it was, what is shown stays."""
    read = picture(series.shelf, window)
    if read is not None:
        series.value.set(read)


def without_names(fetch: Callable[[float, float], Awaitable[SeriesAnswer]]) -> Fetch:
    """Fetch all series of an endpoint whose stats are not asked for by name."""
    return lambda _, start, end: fetch(start, end)


class PopularItemsEndpoint(PolledEndpoint):
    """The popular items, polled more often while someone looks at nothing else."""

    def __init__(self, context: PollingContext) -> None:
        super().__init__(context.store.popular, context)

    async def poll(self, source: Client) -> int:
        """Read what was popular, and remember it; the same answer again is the same slice of time."""
        items, popular = await source.popular_items(), self._store.popular
        if items != popular.value.value:
            popular.hot_keys.set(extended(popular.hot_keys.value, items, self._context.now()))
            popular.value.set(items)
        return items.dropped

    def pace(self) -> Pace:
        """Often while hurried, and of servers that are watched only while someone looks."""
        hurried, cache = self._store.popular.hurried, self._store.cache.value

        def seconds() -> float:
            return HURRIED if hurried.value or (cache.value and cache.value.grades) else self._cadence

        return Varying(seconds, self._random)

    def begin(self, poller: Poller) -> None:
        """Poll at once when the hurry begins."""
        super().begin(poller)
        self._store.popular.hurried.follow(lambda hurried: poller.ask_anew() if hurried else None)


class KeyStatsEndpoint(PolledEndpoint):
    """The stats of one key, polled while a key is wanted."""

    def __init__(self, context: PollingContext) -> None:
        super().__init__(context.store.key, context)

    async def poll(self, source: Client) -> int:
        """Read the stats of the wanted key; an answer that comes when another one is wanted is forgotten."""
        report = self._store.key
        key = report.key.value
        if key is None:
            return 0
        try:
            answer = await source.key_stats(key)
        except ApiError:
            if report.key.value == key:
                raise
            return 0
        if report.key.value != key:
            return 0
        report.value.set(reported(report.value.value, key, answer, self._context.now()))
        return answer.dropped

    def is_active(self) -> bool:
        """Whether somebody looks at a key."""
        return self._followed() and self._store.key.key.value is not None

    def begin(self, poller: Poller) -> None:
        """Ask for another key at once, of which nothing is known before."""
        report = self._store.key

        def begin(_: str | None) -> None:
            report.value.set(None)
            report.health.set(Health(every=self._cadence))
            poller.ask_anew()

        super().begin(poller)
        report.key.follow(begin)


class RecentLogsEndpoint(PolledEndpoint):
    """The log, polled as often as it takes to miss nothing while someone looks at nothing else."""

    def __init__(self, context: PollingContext) -> None:
        super().__init__(context.store.log, context)
        self._cursor = ""

    async def poll(self, source: Client) -> int:
        """Add to the log what is new in it, and mark where it begins to have gaps."""
        before, cache = self._store.log.value.value or LogTail(), self._store.cache.value.value
        if cache is not None and cache.log_cursor:
            tail, dropped = await self._read_on(source, before if self._cursor else LogTail())
        else:
            logs = await source.recent_logs()
            tail, dropped = merge_log(before, logs), logs.dropped
        self._store.log.value.set(tail)
        if tail.gaps and not before.gaps:
            self._mark(Mark(max(gap.end for gap in tail.gaps), MarkKind.GAP, described(tail.gaps)))
        return dropped

    async def _read_on(self, source: Client, before: LogTail) -> tuple[LogTail, int]:
        """Read the log from the cursor on, through the filters that are asked for; it begins anew without a cursor."""
        asked = self._store.log.asked.value
        excerpt = await source.log_after(self._cursor, [condition.asked for condition in asked], MOST_LINES)
        self._cursor = excerpt.cursor
        return join(before, excerpt, asked, self._context.now()), excerpt.dropped

    def pace(self) -> Pace:
        """So that polls overlap while hurried."""
        log = self._store.log

        def turnover() -> float | None:
            return log.value.value.turnover if log.value.value else None

        return Overlapping(self._cadence, lambda: log.hurried.value, turnover, self._random)

    def begin(self, poller: Poller) -> None:
        """Poll at once when the hurry begins, and when other filters are asked for."""
        super().begin(poller)
        self._store.log.hurried.follow(lambda hurried: poller.ask_anew() if hurried else None)
        self._store.log.asked.follow(lambda _: poller.ask_anew())


def described(gaps: tuple[Gap, ...]) -> str:
    """The number of lines that gaps miss, in words; "" where that cannot be told of each of them."""
    lost = [gap.lost for gap in gaps if gap.lost is not None]
    return f"log misses {sum(lost):,} lines" if len(lost) == len(gaps) else ""


class AlertsEndpoint(PolledEndpoint):
    """The alerts, judged by the newest counters."""

    def __init__(self, context: PollingContext) -> None:
        super().__init__(context.store.alerts, context)

    async def poll(self, source: Client) -> int:
        """List the alerts, judge them, and mark when somebody edited them."""
        from mctop.store.alerts.outlook import outlook

        rows, outlooks = await source.alerts(), self._store.alerts.value
        if outlooks.value is not None and rows.items != tuple(judged.alert for judged in outlooks.value):
            self._mark(Mark(self._context.now(), MarkKind.ALERTS))
        outlooks.set(outlook(rows.items, self._store.stats.value.value))
        return rows.dropped


class CredentialsEndpoint(OfferedByV1):
    """The credentials, with their passwords where the API shows them."""

    def __init__(self, context: PollingContext) -> None:
        super().__init__(context.store.credentials, context)

    async def poll(self, source: Source) -> int:
        """List them."""
        rows = await source.credentials()
        self._store.credentials.value.set(rows.items)
        return rows.dropped


class WatchedPrefixesEndpoint(PolledEndpoint):
    """The watched prefixes and the series of each, polled as the buckets of these close."""

    def __init__(self, context: PollingContext) -> None:
        super().__init__(context.store.prefixes, context)
        self._reader = SeriesFetcher(context)
        self._series: dict[int, SeriesSlice] = {}

    async def poll(self, source: Client) -> int:
        """List the watched prefixes, then read the series of each. One that is refused keeps none from the others."""
        rows, watched = await source.watched_prefixes(), self._store.prefixes.value
        watched.set(listed(watched.value or (), rows.items))
        self._series = {prefix.id: self._series.get(prefix.id) or _series_of_prefix() for prefix in rows.items}
        dropped = rows.dropped
        for prefix in rows.items:
            series = self._series[prefix.id]
            series.wanted.set(self._store.prefixes.wanted.value)
            try:
                dropped += await self._reader.read(series, _stats_of(prefix, source))
            except Unauthorized:
                raise
            except Refused as error:
                refusal = failure_of(error, self._context.means.clock.wall())
                watched.set(with_answer(watched.value or (), prefix, series.value.value, refusal))
            else:
                watched.set(with_answer(watched.value or (), prefix, series.value.value))
        return dropped

    def pace(self) -> Pace:
        """As the buckets of the wanted window close."""
        prefixes = self._store.prefixes
        return ByBucket(lambda: bucket_for(wanted(prefixes).seconds, finest=FINEST), self._context.now, self._random)

    def begin(self, poller: Poller) -> None:
        """Ask at once where more history is wanted."""
        prefixes = self._store.prefixes

        def look_again() -> None:
            window = SeriesWindow(wanted(prefixes), self._context.now(), FINEST)
            if prefixes.followed and any(window.lacks(watched.series) for watched in prefixes.value.value or ()):
                poller.ask_anew()

        super().begin(poller)
        self._on_followed(look_again)
        prefixes.wanted.follow(lambda _: look_again())


def _series_of_prefix() -> SeriesSlice:
    return SeriesSlice("prefix stats", FINEST, "prefix_stats")


def _stats_of(prefix: Prefix, source: Client) -> Fetch:
    return without_names(lambda start, end: source.prefix_stats(prefix.id, start, end))


class PrefixPopularItemsEndpoint(PolledEndpoint):
    """The popular items under one prefix, polled while a prefix is wanted."""

    def __init__(self, context: PollingContext) -> None:
        super().__init__(context.store.prefix_items, context)

    async def poll(self, source: Client) -> int:
        """Read what was popular under the wanted prefix."""
        prefix = self._store.prefix_items.prefix.value
        if prefix is None:
            return 0
        items = await source.prefix_popular_items(prefix)
        self._store.prefix_items.value.set(PrefixItems(prefix, items))
        return items.dropped

    def is_active(self) -> bool:
        """Whether somebody looks at a prefix."""
        return self._followed() and self._store.prefix_items.prefix.value is not None

    def begin(self, poller: Poller) -> None:
        """Ask for another prefix at once."""
        super().begin(poller)
        self._store.prefix_items.prefix.follow(lambda _: poller.ask_anew())


def endpoints(context: PollingContext) -> tuple[PolledEndpoint, ...]:
    """Every endpoint that is polled besides the counters."""
    store = context.store
    return (
        InfoEndpoint(context),
        InsightEndpoint(store.insight, context, named=True),
        PerServerEndpoint(store.per_server, context, named=True),
        LatencyEndpoint(store.latency, context, named=False),
        ProcessedStatsEndpoint(store.insight_before, context, named=True),
        PerServerEndpoint(store.per_server_before, context, named=True),
        LatencyEndpoint(store.latency_before, context, named=True),
        ProcessedStatsEndpoint(store.backtest, context, named=True),
        PopularItemsEndpoint(context),
        KeyStatsEndpoint(context),
        RecentLogsEndpoint(context),
        AlertsEndpoint(context),
        CredentialsEndpoint(context),
        CompoundStatsEndpoint(store.compound, context, named=False),
        WatchedPrefixesEndpoint(context),
        PrefixPopularItemsEndpoint(context),
        *(PlainEndpoint(plain, context) for plain in store.slices() if isinstance(plain, PlainSlice)),
    )
