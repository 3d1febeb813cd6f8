"""What each endpoint is asked, and how its answer enters the store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mctop.api.errors import ApiError, Forbidden, Refused, Unauthorized
from mctop.store.alerts.outlook import outlook
from mctop.store.base.health import failure_of, not_let_in
from mctop.store.base.marks import Mark, MarkKind, marked
from mctop.store.counters.flushes import past_flushes, recovery_after
from mctop.store.counters.live_rates import advance, stamped, was_flushed, was_reset
from mctop.store.keys.hot_keys import extended
from mctop.store.keys.key_stats import reported
from mctop.store.keys.prefixes import PrefixItems, listed, told
from mctop.store.log.tail import LogTail
from mctop.store.log.tail import merge as merge_log
from mctop.store.series.archive import Window, asks, picture, take
from mctop.store.series.archive import merge as merge_series
from mctop.store.series.ratio_scale import RatioScale, detect
from mctop.store.series.series_set import Wanted
from mctop.store.store import SeriesSlice

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    from mctop.api.models.alerts import Alert
    from mctop.api.models.cache import CacheInfo
    from mctop.api.models.introspection import Prefix
    from mctop.api.models.series import SeriesAnswer
    from mctop.api.models.stats import Stats
    from mctop.store.base.clock import Clock
    from mctop.store.counters.live_rates import LiveStats
    from mctop.store.log.tail import Gap
    from mctop.store.polling.source import Source
    from mctop.store.store import PrefixesSlice, Store

    Fetch = Callable[[Collection[str], float, float], Awaitable[SeriesAnswer]]
    Grow = Callable[[SeriesSlice, Fetch, int], Awaitable[int]]

DEFAULT_SECONDS = 7_200
"""How far back series go where no screen says: enough for the change against the hour before."""
FINEST = 60
"""Seconds of the finest bucket of stats."""
FINEST_LATENCY = 20
"""Seconds of the finest bucket of latency."""


class Feeds:
    """Asks one endpoint, puts the answer into its slice, and returns how many rows of it made no sense.

    `now` tells epoch seconds on the server's clock. A `ratio_scale` that is known is not detected. `alone` says that
    there is no other cache to look at when this one lets nothing through.
    """

    def __init__(
        self,
        store: Store,
        source: Source,
        clock: Clock,
        now: Callable[[], float],
        ratio_scale: RatioScale,
        *,
        alone: bool = True,
    ) -> None:
        self._store = store
        self._source = source
        self._clock = clock
        self._now = now
        self._alone = alone
        self._detecting = ratio_scale is RatioScale.UNKNOWN
        self._sampled: float | None = None
        self._alerts: tuple[Alert, ...] = ()
        store.ratio_scale.set(ratio_scale)
        self.keys = KeyFeeds(store, source, now)
        self.account = AccountFeeds(store, source)
        self.prefixes = PrefixFeeds(store, source, clock, self._grow)

    async def info(self) -> int:
        """Describe the cache; the passwords of its credentials stop here."""
        info, held = without_passwords(await self._source.info()), self._store.cache.value.value
        self._store.cache.value.set(info)
        if held is not None and (held.cluster_name, set(held.servers)) != (info.cluster_name, set(info.servers)):
            note = info.cluster_name if info.cluster_name != held.cluster_name else f"{len(info.servers)} servers"
            self._mark(Mark(self._now(), MarkKind.SERVERS, note))
        return 0

    async def stats(self) -> int:
        """Sample the counters. Raise AuthenticationFailed where not even the first sample is allowed, if alone."""
        held = self._store.stats.value.value
        try:
            stats = stamped(await self._source.stats(), self._clock.wall())
        except (Unauthorized, Forbidden) as error:
            if self._alone and held is None:
                raise not_let_in(error) from None
            raise
        arrived = self._clock.monotonic()
        info = self._store.cache.value.value
        elapsed = None if self._sampled is None else arrived - self._sampled
        live = advance(held, stats, elapsed, sets_hold_cas=info is not None and info.is_memcached)
        if live is not held:
            self._sampled = arrived
            self._store.stats.value.set(live)
            self._judge()
            kind = None if held is None else happened(held, stats)
            if kind is not None:
                self._mark(Mark(stats.total.time, kind))
            flushed = held if kind is MarkKind.FLUSH else None
            self._store.recovery.set(recovery_after(self._store.recovery.value, live, flushed))
        return stats.dropped

    async def insight(self) -> int:
        """Read the wanted series of the cache, and mark the flushes in them."""
        dropped = await self._grow(self._store.insight, self._source.processed_stats, FINEST)
        found = self._store.insight.value.value
        if found is not None and self._store.api.value != "v1":  # whose series say no closer than half an hour when
            for mark in past_flushes(found, self._store.marks.value):
                self._mark(mark)
        return dropped

    async def per_server(self) -> int:
        """Read the wanted series of each server."""
        return await self._grow(self._store.per_server, self._source.processed_stats_per_server, FINEST)

    async def latency(self) -> int:
        """Read each server's latency."""
        return await self._grow(self._store.latency, self._latency, FINEST_LATENCY)

    async def insight_beside(self, held: SeriesSlice) -> int:
        """Read what another slice wants of the cache's series, besides those of the window that is seen."""
        return await self._grow(held, self._source.processed_stats, FINEST)

    async def per_server_before(self) -> int:
        """Read the wanted series of each server over a window that lies before."""
        return await self._grow(self._store.per_server_before, self._source.processed_stats_per_server, FINEST)

    async def latency_before(self) -> int:
        """Read each server's latency over a window that lies before."""
        return await self._grow(self._store.latency_before, self._latency, FINEST_LATENCY)

    async def log(self) -> int:
        """Add to the log what is new in it, and mark where it begins to have gaps."""
        logs, held = await self._source.recent_logs(), self._store.log.value.value or LogTail()
        tail = merge_log(held, logs)
        self._store.log.value.set(tail)
        if tail.gaps and not held.gaps:
            self._mark(Mark(max(gap.end for gap in tail.gaps), MarkKind.GAP, _described(tail.gaps)))
        return logs.dropped

    async def alerts(self) -> int:
        """List the alerts, judge them, and mark when somebody edited them."""
        rows = await self._source.alerts()
        if self._store.alerts.value.value is not None and rows.items != self._alerts:
            self._mark(Mark(self._now(), MarkKind.ALERTS))
        self._alerts = rows.items
        self._store.alerts.value.set(outlook(self._alerts, self._store.stats.value.value))
        return rows.dropped

    async def _latency(self, names: Collection[str], start: float, end: float) -> SeriesAnswer:
        return await self._source.latency(start, end)

    async def _grow(self, held: SeriesSlice, fetch: Fetch, finest: int) -> int:
        """Read what is missing of the wanted window; stop if another one is wanted meanwhile."""
        window, dropped = Window(wanted(held), self._now(), finest), 0
        for ask in asks(held.shelf, window):
            answer = await fetch(sorted(ask.names), ask.span.start, ask.span.end)
            take(held.shelf, answer, ask, window)
            dropped += answer.dropped
            if self._detecting:
                new = replace(merge_series(None, answer, ask.span, window), names=ask.names)
                self._store.ratio_scale.set(detect(self._store.ratio_scale.value, new))
            if wanted(held) != window.wanted:
                break
            show(held, window)
        return dropped

    def _judge(self) -> None:
        if self._store.alerts.value.value is not None:
            self._store.alerts.value.set(outlook(self._alerts, self._store.stats.value.value))

    def _mark(self, mark: Mark) -> None:
        self._store.marks.set(marked(self._store.marks.value, mark))


def happened(held: LiveStats, stats: Stats) -> MarkKind | None:
    """What a sample of the counters tells to have happened since the one held."""
    if was_reset(held, stats):
        return MarkKind.RESET
    return MarkKind.FLUSH if was_flushed(held, stats) else None


def wanted(series: SeriesSlice | PrefixesSlice) -> Wanted:
    """What the screens want of a series slice, and how far back if they do not say."""
    asked = series.wanted.value
    return asked if asked.seconds > 0 else Wanted(asked.names, DEFAULT_SECONDS)


def show(series: SeriesSlice, window: Window) -> None:
    """Show as much of the window as was read; before anything of it was, what is shown stays."""
    found = picture(series.shelf, window)
    if found is not None:
        series.value.set(found)


def without_passwords(info: CacheInfo) -> CacheInfo:
    """The same cache without its passwords, which nothing that watches needs."""
    credentials = tuple(one.model_copy(update={"sasl_password": None}) for one in info.credentials)
    return info.model_copy(update={"credentials": credentials})


def _described(gaps: tuple[Gap, ...]) -> str:
    known = [gap.lost for gap in gaps if gap.lost is not None]
    return f"log misses {sum(known):,} lines" if len(known) == len(gaps) else ""


class AccountFeeds:
    """Asks one endpoint, puts the answer into its slice, and returns how many rows of it made no sense."""

    def __init__(self, store: Store, source: Source) -> None:
        self._store = store
        self._source = source

    async def credentials(self) -> int:
        """List the credentials, with their passwords where the API shows them."""
        rows = await self._source.credentials()
        self._store.credentials.value.set(rows.items)
        return rows.dropped

    async def deliveries(self) -> int:
        """List the delivery configs."""
        rows = await self._source.delivery_configs()
        self._store.deliveries.value.set(rows.items)
        return rows.dropped


class KeyFeeds:
    """Asks about keys, puts the answers into their slices, and returns how many rows of them made no sense.

    `now` tells epoch seconds on the server's clock.
    """

    def __init__(self, store: Store, source: Source, now: Callable[[], float]) -> None:
        self._store = store
        self._source = source
        self._now = now

    async def popular(self) -> int:
        """Read what was popular, and remember it; the same answer again is the same slice."""
        items, kept = await self._source.popular_items(), self._store.popular
        if items != kept.value.value:
            kept.seen.set(extended(kept.seen.value, items, self._now()))
            kept.value.set(items)
        return items.dropped

    async def stats(self) -> int:
        """Read the stats of the wanted key; an answer that comes when another one is wanted is forgotten."""
        kept = self._store.key
        key = kept.key.value
        if key is None:
            return 0
        try:
            answer = await self._source.key_stats(key)
        except ApiError:
            if kept.key.value == key:
                raise
            return 0
        if kept.key.value != key:
            return 0
        kept.value.set(reported(kept.value.value, key, answer, self._now()))
        return answer.dropped


FINEST_PREFIX = 60
"""Seconds of the finest bucket of prefix stats."""


class PrefixFeeds:
    """Asks about prefixes, puts the answers into their slices, and returns how many rows of them made no sense.

    `grow` fetches what a slice of series lacks.
    """

    def __init__(self, store: Store, source: Source, clock: Clock, grow: Grow) -> None:
        self._store = store
        self._source = source
        self._clock = clock
        self._grow = grow
        self._series: dict[int, SeriesSlice] = {}

    async def compound(self) -> int:
        """Read the series about every key together."""

        async def fetch(_: Collection[str], start: float, end: float) -> SeriesAnswer:
            return await self._source.compound_stats(start, end)

        return await self._grow(self._store.compound, fetch, FINEST_PREFIX)

    async def watched(self) -> int:
        """List the watched prefixes, then read the series of each. One that is refused keeps none from the others."""
        rows, kept = await self._source.watched_prefixes(), self._store.prefixes.value
        kept.set(listed(kept.value or (), rows.items))
        self._series = {prefix.id: self._series.get(prefix.id) or _series() for prefix in rows.items}
        dropped = rows.dropped
        for prefix in rows.items:
            series = self._series[prefix.id]
            series.wanted.set(self._store.prefixes.wanted.value)
            try:
                dropped += await self._grow(series, self._fetching(prefix), FINEST_PREFIX)
            except Unauthorized:
                raise
            except Refused as error:
                refusal = failure_of(error, self._clock.wall())
                kept.set(told(kept.value or (), prefix, series.value.value, refusal))
            else:
                kept.set(told(kept.value or (), prefix, series.value.value))
        return dropped

    async def items(self) -> int:
        """Read what was popular under the wanted prefix."""
        prefix = self._store.prefix_items.prefix.value
        if prefix is None:
            return 0
        items = await self._source.prefix_popular_items(prefix)
        self._store.prefix_items.value.set(PrefixItems(prefix, items))
        return items.dropped

    def _fetching(self, prefix: Prefix) -> Fetch:
        async def fetch(_: Collection[str], start: float, end: float) -> SeriesAnswer:
            return await self._source.prefix_stats(prefix.id, start, end)

        return fetch


def _series() -> SeriesSlice:
    return SeriesSlice("prefix stats", FINEST_PREFIX)
