"""Keys, polled."""

from mctop.api.errors import Forbidden
from mctop.api.models.introspection import PopularItem, PopularItems
from mctop.store.base.health import Health
from mctop.store.keys.hot_keys import HotList
from tests.store.polling.world import World, running


def hot(*names: str) -> PopularItems:
    return PopularItems(most_hit_keys=tuple(PopularItem(name=name, popularity=1) for name in names))


async def test_every_slice_that_differs_is_remembered() -> None:
    world = World()
    world.store.popular.value.follow(lambda _: None)
    async with running(world):
        world.source.popular = hot("a")
        await world.clock.advance(70)
        world.source.popular = hot("b")
        await world.clock.advance(70)
    seen = world.store.popular.hot_keys.value
    assert len(seen.times) == 3
    assert [item.name for item in seen.current(HotList.HIT)] == ["b"]
    assert world.clock.wall() - 60 < seen.times[-1] <= world.clock.wall()


async def test_popular_items_are_polled_every_ten_seconds_while_hurried() -> None:
    world = World()
    world.store.popular.value.follow(lambda _: None)
    async with running(world):
        await world.clock.advance(5)
        world.store.popular.hurried.set(True)
        await world.clock.settle()
        assert len(world.source.times("popular_items")) == 2
        await world.clock.advance(100)
        assert len(world.source.times("popular_items")) in range(11, 14)
        assert world.store.popular.health.value.every == 10
        world.store.popular.hurried.set(False)
        await world.clock.advance(15)
        calls = len(world.source.times("popular_items"))
        await world.clock.advance(300)
        assert len(world.source.times("popular_items")) - calls in range(9, 12)


async def test_one_key_is_polled_every_ten_seconds_while_it_is_looked_at() -> None:
    async with running(World()) as world:
        await world.clock.advance(60)
        assert world.source.times("key_stats") == []
        leave = world.store.key.value.follow(lambda _: None)
        world.store.key.key.set("user:1")
        await world.clock.advance(100)
        report = world.store.key.value.value
        assert report is not None
        assert (report.key, report.rows[0].name) == ("user:1", "user:1")
        assert len(report.counts) in range(9, 13)
        leave()
        calls = len(world.source.times("key_stats"))
        await world.clock.advance(60)
        assert len(world.source.times("key_stats")) == calls


async def test_another_key_is_asked_for_at_once_and_nothing_is_known_of_it_before() -> None:
    async with running(World()) as world:
        world.store.key.value.follow(lambda _: None)
        world.store.key.key.set("a")
        await world.clock.advance(5)
        world.store.key.key.set("b")
        assert (world.store.key.value.value, world.store.key.health.value) == (None, Health(every=10))
        await world.clock.settle()
        assert world.store.key.value.value is not None
        assert world.store.key.value.value.key == "b"


async def test_an_answer_about_a_key_that_is_no_longer_looked_at_is_forgotten() -> None:
    async with running(World()) as world:
        world.source.takes["key_stats"] = 2
        world.store.key.value.follow(lambda _: None)
        world.store.key.key.set("a")
        await world.clock.advance(1)
        world.store.key.key.set("b")
        await world.clock.advance(2)
        assert world.store.key.value.value is None
        await world.clock.advance(2)
        assert world.store.key.value.value is not None
        assert world.store.key.value.value.key == "b"


async def test_a_key_that_is_refused_keeps_no_other_from_being_asked_for() -> None:
    async with running(World()) as world:
        world.store.key.value.follow(lambda _: None)
        world.source.fails["key_stats"] = Forbidden("GET", "/", "not this key", status=403)
        world.source.takes["key_stats"] = 2
        world.store.key.key.set("a")
        await world.clock.advance(3)
        assert world.store.key.health.value.failure is not None
        world.store.key.key.set("b")
        await world.clock.advance(1)
        world.store.key.key.set("c")
        await world.clock.advance(1)
        world.source.fails.clear()
        await world.clock.advance(3)
        assert world.store.key.value.value is not None
        assert world.store.key.value.value.key == "c"
