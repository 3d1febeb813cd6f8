"""The sample cache with two watched prefixes, one of which the API refuses, and an account that can watch more."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mctop.api.models.introspection import PopularItem, PopularItems, Prefix
from mctop.api.models.series import Series
from mctop.store.base.health import Failure, FailureKind
from mctop.store.keys.prefixes import PrefixItems, WatchedPrefix
from mctop.store.series.series_set import SeriesSet
from mctop.ui.screens.prefixes.picture import HITS, KEYS, MISSES, MUTATIONS, SIZE, PrefixesPicture
from tests.ui import samples
from tests.ui.acting import FakeActions, connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.stage import Stage


USER, FEED, RATES = Prefix(id=1, name="user:"), Prefix(id=2, name="feed:home:"), Prefix(id=7, name="rates:")
MIB = samples.MIB
REFUSAL = Failure(FailureKind.BAD_REQUEST, "GET", "/prefixes/7/stats", "The prefix is being set up.", 0, 400)


def series(keys: float, size: float, hits: float, misses: float, mutations: float = 3.0) -> SeriesSet:
    """Six hours, a minute a bucket; misses come in waves."""
    shapes: dict[str, Callable[[int], float]] = {
        KEYS: lambda _: keys,
        SIZE: lambda minute: size * (0.8 + minute / 1_795),
        HITS: lambda minute: hits * (1 + 0.1 * math.sin(minute / 40)),
        MISSES: lambda minute: misses * (1 + 0.5 * math.sin(minute / 12)),
        MUTATIONS: lambda _: mutations,
    }
    times = tuple(range(samples.LAST - samples.WINDOW, samples.LAST, 60))
    found = (
        Series(stat=stat, times=times, values=tuple(shape(minute) for minute in range(360)))
        for stat, shape in shapes.items()
    )
    return SeriesSet(tuple(found), 60, samples.LAST, samples.LAST - samples.WINDOW)


def watched() -> tuple[WatchedPrefix, ...]:
    """Three prefixes in the order of the API."""
    return (
        WatchedPrefix(USER, series(41_000, 60 * MIB, 900, 30)),
        WatchedPrefix(FEED, series(2_100, 240 * MIB, 300, 280)),
        WatchedPrefix(RATES, None, REFUSAL),
    )


def popular() -> PopularItems:
    """Popular prefixes, two of which are watched."""
    names = ("user:", "session:", "feed:home:", "cart:", "flags:")
    items = tuple(PopularItem(name=name, popularity=9_000 // (rank + 1)) for rank, name in enumerate(names))
    return PopularItems(time_slice=186_554_450_945, popular_prefixes=items)


def items(prefix_id: int) -> PrefixItems:
    """What is popular under a prefix."""
    keys = tuple(PopularItem(name=f"user:{1042 + rank}:profile", popularity=700 // (rank + 1)) for rank in range(6))
    return PrefixItems(
        prefix_id, PopularItems(time_slice=60_000_000_000, most_hit_keys=keys, most_missed_keys=keys[2:])
    )


def picture() -> PrefixesPicture:
    """All of it."""
    return PrefixesPicture(watched=watched(), compound=series(210_000, 600 * MIB, 3_000, 500), popular=popular())


def fill(stage: Stage) -> FakeActions:
    """Put it into the store of a stage, with actions that send nothing."""
    store = stage.store
    samples.fill(store)
    shown = picture()
    store.prefixes.value.set(shown.watched)
    store.compound.value.set(shown.compound)
    store.popular.value.set(shown.popular)
    store.prefix_items.value.set(items(1))
    fake = FakeActions()
    connect(stage, fake)
    return fake
