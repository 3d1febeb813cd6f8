"""Every endpoint's poller, with its pace and the slice that it follows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from mctop.api.models.series import bucket_for
from mctop.store.base.health import Health
from mctop.store.polling.feeds import FINEST, FINEST_LATENCY, show, wanted
from mctop.store.polling.pace import ByBucket, Overlapping, Steady, Varying
from mctop.store.polling.poller import Poller
from mctop.store.series.archive import Window, lacks

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection
    from typing import Any

    from mctop.api.models.cache import CacheInfo
    from mctop.store.base.topic import Topic
    from mctop.store.polling.feeds import Feeds
    from mctop.store.polling.pace import Pace
    from mctop.store.polling.poller import Means
    from mctop.store.store import (
        KeySlice,
        LogSlice,
        PopularSlice,
        PrefixesSlice,
        PrefixItemsSlice,
        SeriesSlice,
        Slice,
        Store,
    )

    Take = Callable[[], Awaitable[int]]

T = TypeVar("T")

SELDOM = 15.0
"""Seconds between two polls of the counters of a cache that is not opened."""
SLOWEST_STATS = 10.0
"""Seconds between two tries of the endpoint that shows first that a server is back, at most."""
GRADED = 15.0
"""Seconds between two polls of what the cache is, where that tells how true the rest is."""
HURRIED = 10.0
"""Seconds between two polls of what is popular while someone looks at nothing else."""
TOGETHER = 2.0
"""Seconds over which polls are spread that one event brings about."""


class Pollers:
    """All of a session's pollers. `now` tells epoch seconds on the server's clock.

    `stats`, the one that never rests, takes its turn at the API by `turns`, the others theirs by `means`.
    When one finds the server back, those that lost it look again.
    """

    def __init__(
        self, store: Store, feeds: Feeds, means: Means, now: Callable[[], float], turns: Means | None = None
    ) -> None:
        self._means = means
        self._now = now
        self.stats = self._counters(store, feeds.stats, turns or means)
        self.all = (
            self.stats,
            self._info(store, feeds.info),
            self._series(store.insight, feeds.insight, FINEST, named=True),
            self._series(store.per_server, feeds.per_server, FINEST, named=True),
            self._series(store.latency, feeds.latency, FINEST_LATENCY, named=False),
            self._series(store.insight_before, partial(feeds.insight_beside, store.insight_before), FINEST, named=True),
            self._series(store.per_server_before, feeds.per_server_before, FINEST, named=True),
            self._series(store.latency_before, feeds.latency_before, FINEST_LATENCY, named=True),
            self._series(store.backtest, partial(feeds.insight_beside, store.backtest), FINEST, named=True),
            self._popular(store.popular, feeds.keys.popular, store.cache.value),
            self._key(store.key, feeds.keys.stats),
            self._log(store.log, feeds.log),
            self._while_followed(store.alerts, feeds.alerts),
            self._while_followed(store.deliveries, feeds.account.deliveries),
            self._while_followed(store.credentials, feeds.account.credentials),
            self._series(store.compound, feeds.prefixes.compound, FINEST, named=False),
            self._prefixes(store.prefixes, feeds.prefixes.watched),
            self._prefix_items(store.prefix_items, feeds.prefixes.items),
        )

    def ask_anew(self, slices: Collection[Slice[Any]]) -> None:
        """Poll those of these that somebody follows at once, even after a refusal: something was changed."""
        for poller in self.all:
            if any(poller.keeps(kept.health) for kept in slices):
                poller.refresh()
                poller.ask_anew()

    def _counters(self, store: Store, take: Take, means: Means) -> Poller:
        """Poll always, at once when the cache is opened, and seldom while it is not, once there are rates."""
        health = store.stats.health
        often = health.value.every

        def seconds() -> float:
            live = store.stats.value.value
            return SELDOM if live and live.rates and not store.opened.value else often

        pace = Varying(seconds, means.random)
        poller = Poller(health, take, pace, means, slowest=SLOWEST_STATS, on_recovery=self._server_is_back)
        store.opened.follow(lambda opened: poller.ask_anew() if opened else None)
        return poller

    def _info(self, store: Store, take: Take) -> Poller:
        """Poll while the cache is opened, whoever looks; often where it tells how true the rest is."""
        kept = store.cache
        seldom = kept.health.value.every
        pace = Varying(lambda: GRADED if kept.value.value and kept.value.value.grades else seldom, self._means.random)
        recovered = self._server_is_back
        poller = Poller(kept.health, take, pace, self._means, active=lambda: store.opened.value, on_recovery=recovered)
        store.opened.follow(lambda _: poller.wake())
        return poller

    def _while_followed(self, kept: Slice[T], take: Take) -> Poller:
        pace = Steady(kept.health.value.every, self._means.random)
        return self._following(kept, take, pace, lambda: kept.followed)

    def _series(self, kept: SeriesSlice, take: Take, finest: int, *, named: bool) -> Poller:
        """Poll as buckets close, once a stat is wanted where stats have names; at once if more history is wanted."""

        def bucket() -> int:
            return bucket_for(wanted(kept).seconds, finest=finest)

        def is_active() -> bool:
            return kept.followed and (not named or bool(kept.wanted.value.names))

        def look_again() -> None:
            window = Window(wanted(kept), self._now(), finest)
            if is_active():
                show(kept, window)
            if is_active() and lacks(kept.shelf, window):
                poller.ask_anew()
            else:
                poller.wake()

        pace = ByBucket(bucket, self._now, self._means.random)
        poller = self._following(kept, take, pace, is_active)
        kept.value.on_followed(look_again)
        kept.wanted.follow(lambda _: look_again())
        return poller

    def _popular(self, kept: PopularSlice[T], take: Take, cache: Topic[CacheInfo | None]) -> Poller:
        """Poll more often while hurried, and at once when the hurry begins.

        Of servers that are only watched while someone looks, more is known every few seconds.
        """
        calm = kept.health.value.every

        def seconds() -> float:
            return HURRIED if kept.hurried.value or (cache.value and cache.value.grades) else calm

        pace = Varying(seconds, self._means.random)
        poller = self._following(kept, take, pace, lambda: kept.followed)
        kept.hurried.follow(lambda hurried: poller.ask_anew() if hurried else None)
        return poller

    def _log(self, kept: LogSlice, take: Take) -> Poller:
        """Poll as often as it takes to miss nothing while hurried, and at once when the hurry begins."""

        def turnover() -> float | None:
            return kept.value.value.turnover if kept.value.value else None

        pace = Overlapping(kept.health.value.every, lambda: kept.hurried.value, turnover, self._means.random)
        poller = self._following(kept, take, pace, lambda: kept.followed)
        kept.hurried.follow(lambda hurried: poller.ask_anew() if hurried else None)
        return poller

    def _key(self, kept: KeySlice, take: Take) -> Poller:
        """Poll while a key is wanted; another one is asked for at once, and nothing is known of it before."""
        pace = Steady(kept.health.value.every, self._means.random)
        poller = self._following(kept, take, pace, lambda: kept.followed and kept.key.value is not None)

        def begin(_: str | None) -> None:
            kept.value.set(None)
            kept.health.set(Health(every=pace.every))
            poller.ask_anew()

        kept.key.follow(begin)
        return poller

    def _prefixes(self, kept: PrefixesSlice, take: Take) -> Poller:
        """Poll as the buckets of their series close; at once if more history is wanted."""

        def look_again() -> None:
            window = Window(wanted(kept), self._now(), FINEST)
            if kept.followed and any(window.lacks(one.series) for one in kept.value.value or ()):
                poller.ask_anew()

        pace = ByBucket(lambda: bucket_for(wanted(kept).seconds, finest=FINEST), self._now, self._means.random)
        poller = self._following(kept, take, pace, lambda: kept.followed)
        kept.value.on_followed(look_again)
        kept.wanted.follow(lambda _: look_again())
        return poller

    def _prefix_items(self, kept: PrefixItemsSlice, take: Take) -> Poller:
        """Poll while a prefix is wanted; at once if it is another one."""
        pace = Steady(kept.health.value.every, self._means.random)
        poller = self._following(kept, take, pace, lambda: kept.followed and kept.prefix.value is not None)
        kept.prefix.follow(lambda _: poller.ask_anew())
        return poller

    def _following(self, kept: Slice[T], take: Take, pace: Pace, is_active: Callable[[], bool]) -> Poller:
        poller = Poller(kept.health, take, pace, self._means, active=is_active, on_recovery=self._server_is_back)
        kept.value.on_followed(poller.wake)
        return poller

    def _server_is_back(self) -> None:
        for poller in self.all:
            poller.server_is_back(TOGETHER)
