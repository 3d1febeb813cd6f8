"""Every endpoint, polled together."""

from dataclasses import replace
from typing import Any

from mctop.store.base.health import Freshness, freshness
from mctop.store.series.series_set import Wanted
from mctop.store.store import Slice
from tests.store.fakesource import fault
from tests.store.polling.world import HOUR, World, running


def following(one: Slice[Any]) -> None:
    one.value.follow(lambda _: None)


async def test_only_the_cache_and_its_counters_are_polled_while_nobody_looks() -> None:
    async with running(World()) as world:
        await world.clock.advance(600)
        assert {name for _, name in world.source.calls} == {"info", "stats"}
        assert len(world.source.times("info")) in {2, 3}
        assert len(world.source.times("stats")) in range(110, 130)


async def test_everything_that_someone_looks_at_is_polled_at_its_own_pace() -> None:
    world = World()
    world.look()
    async with running(world):
        await world.clock.advance(600)
        counts = {name: len(world.source.times(name)) for _, name in world.source.calls}
        assert world.fresh() == {Freshness.LIVE}
    assert world.source.most_in_flight <= 4
    assert counts.pop("stats") in range(110, 130)
    assert counts.pop("recent_logs") in range(110, 130)
    assert counts.pop("popular_items") in range(19, 23)
    assert counts.pop("key_stats") in range(58, 66)
    assert counts.pop("latency") in range(30, 33)
    assert counts.pop("info") in {2, 3}
    assert counts.pop("alerts") in {10, 11, 12}
    assert counts.pop("credentials") in {10, 11, 12}
    assert counts.pop("delivery_configs") in {10, 11, 12}
    assert counts.pop("prefix_popular_items/1") in {10, 11, 12}
    by_bucket = {"compound_stats": 11, "watched_prefixes": 11}
    and_the_day_before_once = {"processed_stats": 12, "processed_stats_per_server": 12}
    assert counts == by_bucket | and_the_day_before_once


async def test_a_first_look_polls_at_once() -> None:
    async with running(World()) as world:
        await world.clock.advance(100)
        world.store.popular.value.follow(lambda _: None)
        await world.clock.settle()
        assert world.source.times("popular_items") == [1100]


async def test_nothing_is_polled_any_more_once_everyone_left() -> None:
    async with running(World()) as world:
        leave = world.store.log.value.follow(lambda _: None)
        await world.clock.advance(20)
        leave()
        calls = len(world.source.times("recent_logs"))
        await world.clock.advance(120)
        assert len(world.source.times("recent_logs")) == calls > 0


async def test_series_are_read_just_after_their_bucket_closes_on_the_servers_clock() -> None:
    world = World()
    world.skew = 17.0
    world.look()
    async with running(world):
        await world.clock.advance(600)
        seconds = [
            (world.now() - world.clock.monotonic() + time) % 60 for time in world.source.times("processed_stats")[2:]
        ]
        assert all(2 <= second <= 4 for second in seconds)
        ends = [end % 60 for name, _, _, end in world.source.asked if name == "processed_stats"]
        assert set(ends[2:]) <= {2, 3, 4}


async def test_series_without_names_are_not_asked_for_until_some_are_wanted() -> None:
    async with running(World()) as world:
        world.store.insight.value.follow(lambda _: None)
        await world.clock.advance(60)
        assert world.source.asked == []
        world.store.insight.wanted.set(Wanted(frozenset({"bytes", "hit_rate"}), HOUR))
        await world.clock.settle()
        assert [(name, names) for name, names, _, _ in world.source.asked] == [
            ("processed_stats", frozenset({"bytes", "hit_rate"}))
        ]


async def test_latency_is_read_for_two_hours_where_no_screen_says_otherwise() -> None:
    async with running(World()) as world:
        world.store.latency.value.follow(lambda _: None)
        await world.clock.settle()
        ((_, _, start, end),) = world.source.asked
        assert 7_100 < end - start <= 7_200
        assert world.store.latency.value.value is not None
        assert world.store.latency.value.value.bucket == 20


async def test_a_longer_range_is_fetched_at_once_and_only_what_is_older() -> None:
    world = World()
    async with running(world):
        world.store.insight.value.follow(lambda _: None)
        world.store.insight.wanted.set(Wanted(frozenset({"bytes"}), HOUR))
        await world.clock.advance(10)
        asked = len(world.source.asked)
        world.store.insight.wanted.set(Wanted(frozenset({"bytes"}), 6 * HOUR))
        await world.clock.settle()
        spans = [end - start for _, _, start, end in world.source.asked[asked:]]
        assert 4.9 * HOUR < spans[0] < 5.1 * HOUR
        assert sum(spans[1:]) < 300


async def test_what_was_wanted_while_nobody_looked_is_fetched_at_the_first_look() -> None:
    async with running(World()) as world:
        leave = world.store.insight.value.follow(lambda _: None)
        world.store.insight.wanted.set(Wanted(frozenset({"bytes"}), HOUR))
        await world.clock.advance(5)
        leave()
        world.store.insight.wanted.set(Wanted(frozenset({"bytes"}), 6 * HOUR))
        await world.clock.advance(5)
        asked = len(world.source.asked)
        world.store.insight.value.follow(lambda _: None)
        await world.clock.settle()
        assert len(world.source.asked) == asked + 2


async def test_what_is_already_held_is_not_fetched_again_when_a_screen_comes_back() -> None:
    world = World()
    async with running(world):
        leave = world.store.insight.value.follow(lambda _: None)
        wanted = Wanted(frozenset({"bytes"}), HOUR)
        world.store.insight.wanted.set(wanted)
        await world.clock.advance(5)
        leave()
        world.store.insight.wanted.set(Wanted())
        await world.clock.advance(5)
        asked = len(world.source.asked)
        world.store.insight.wanted.set(wanted)
        world.store.insight.value.follow(lambda _: None)
        await world.clock.settle()
        assert len(world.source.asked) == asked


async def test_the_old_picture_stays_until_another_granularity_has_come() -> None:
    world = World()
    async with running(world):
        world.store.insight.value.follow(lambda _: None)
        world.store.insight.wanted.set(Wanted(frozenset({"bytes"}), HOUR))
        await world.clock.advance(5)
        held = world.store.insight.value.value
        world.source.takes["processed_stats"] = 3
        world.store.insight.wanted.set(Wanted(frozenset({"bytes"}), 7 * 24 * HOUR))
        await world.clock.advance(2)
        assert world.store.insight.value.value is held
        await world.clock.advance(2)
        assert world.store.insight.value.value is not None
        assert world.store.insight.value.value.bucket == 600
        assert world.store.insight.health.value.every == 600


async def test_an_endpoint_that_fails_leaves_the_others_live() -> None:
    world = World()
    world.look()
    async with running(world):
        world.source.fails["popular_items"] = fault()
        await world.clock.advance(120)
        ill = world.store.popular.health.value
        assert freshness(ill, world.clock.monotonic()) is Freshness.STALE
        world.store.popular.value.follow(lambda _: None)
        well = [one for one in world.store.slices() if one.followed and one.name != "popular items"]
        assert {freshness(one.health.value, world.clock.monotonic()) for one in well} == {Freshness.LIVE}


async def test_everything_is_live_again_within_fifteen_seconds_of_the_servers_return() -> None:
    for outage in (30, 300, 3000):
        world = World()
        world.look()
        async with running(world):
            await world.clock.advance(30)
            world.source.fails[""] = fault()
            await world.clock.advance(outage)
            assert freshness(world.store.stats.health.value, world.clock.monotonic()) is Freshness.STALE
            world.source.fails.clear()
            await world.clock.advance(15)
            assert world.fresh() == {Freshness.LIVE}


async def test_a_server_that_hung_is_found_again_within_fifteen_seconds() -> None:
    world = World()
    world.look()
    async with running(world):
        await world.clock.advance(30)
        world.source.fails[""], world.source.takes[""] = fault(), 10
        await world.clock.advance(600)
        world.source.fails.clear()
        world.source.takes.clear()
        await world.clock.advance(15)
        assert freshness(world.store.stats.health.value, world.clock.monotonic()) is Freshness.LIVE


async def test_a_back_test_reads_only_what_no_view_has_read() -> None:
    async with running(World()) as world:
        store, wanted = world.store, Wanted(frozenset({"bytes"}), 24 * HOUR)
        following(store.insight)
        store.insight.wanted.set(replace(wanted, seconds=6 * HOUR))
        await world.clock.advance(30)
        world.source.asked.clear()
        store.backtest.value.follow(lambda _: None)
        store.backtest.wanted.set(wanted)
        await world.clock.settle()
        found = store.backtest.value.value
        assert found is not None
        assert found.start <= world.now() - 24 * HOUR + 60
        assert max(end - start for _, _, start, end in world.source.asked) <= 19 * HOUR
