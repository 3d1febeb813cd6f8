"""What the API tells about prefixes, polled."""

from mctop.api.errors import NotFound, Unauthorized
from mctop.api.models.introspection import Prefix
from mctop.store.base.health import FailureKind
from mctop.store.keys.prefixes import PrefixItems
from mctop.store.series.series_set import Wanted
from tests.store.fakesource import fault
from tests.store.polling.world import HOUR, World, running

ONE, TWO = Prefix(id=1, name="user:"), Prefix(id=2, name="cart:")


def watching() -> World:
    """Someone looks at the two watched prefixes, six hours back."""
    world = World()
    world.source.prefixes = (ONE, TWO)
    world.store.prefixes.wanted.set(Wanted(seconds=6 * HOUR))
    world.store.prefixes.value.follow(lambda _: None)
    return world


def asked(world: World, operation: str) -> list[float]:
    """How many seconds of series were asked for, each time."""
    return [end - start for name, _, start, end in world.source.asked if name == operation]


async def test_each_watched_prefix_gets_its_series() -> None:
    async with running(watching()) as world:
        held = world.store.prefixes.value.value or ()
        assert [one.prefix for one in held] == [ONE, TWO]
        assert all(one.series and one.series.get("num_keys") for one in held)
        assert world.store.prefixes.health.value.dropped == 1


async def test_series_are_read_whole_once_and_then_only_what_is_new() -> None:
    async with running(watching()) as world:
        await world.clock.advance(180)
        first, *others = asked(world, "prefix_stats/1")
    assert first >= 6 * HOUR - 60
    assert others
    assert max(others) <= 300


async def test_nobody_who_looks_is_nothing_that_is_asked() -> None:
    world = World()
    world.source.prefixes = (ONE,)
    async with running(world):
        await world.clock.advance(180)
    assert not world.source.times("watched_prefixes")
    assert not world.source.times("compound_stats")


async def test_more_history_is_fetched_at_once() -> None:
    async with running(watching()) as world:
        world.store.prefixes.wanted.set(Wanted(seconds=24 * HOUR))
        await world.clock.advance(2)
        assert max(asked(world, "prefix_stats/2")) >= 17 * HOUR


async def test_a_prefix_that_is_refused_keeps_the_server_s_words_and_the_others_their_series() -> None:
    world = watching()
    world.source.fails["prefix_stats/1"] = NotFound("GET", "/prefixes/1/stats", "no such prefix", status=404)
    async with running(world):
        refused, well = world.store.prefixes.value.value or ()
    assert refused.refusal is not None
    assert (refused.refusal.kind, refused.refusal.message) == (FailureKind.NOT_FOUND, "no such prefix")
    assert well.refusal is None
    assert well.series is not None
    assert world.store.prefixes.health.value.failure is None


async def test_a_refusal_that_is_over_is_forgotten() -> None:
    world = watching()
    world.source.fails["prefix_stats/1"] = NotFound("GET", "/prefixes/1/stats", "not yet", status=404)
    async with running(world):
        del world.source.fails["prefix_stats/1"]
        await world.clock.advance(120)
        assert [one.refusal for one in world.store.prefixes.value.value or ()] == [None, None]


async def test_what_every_prefix_suffers_from_is_the_state_of_the_slice() -> None:
    for error, kind in ((fault(), FailureKind.SERVER_FAULT),
                        (Unauthorized("GET", "/", "no", status=401), FailureKind.UNAUTHORIZED)):  # fmt: skip
        world = watching()
        world.source.fails["prefix_stats/1"] = error
        async with running(world):
            failure = world.store.prefixes.health.value.failure
            assert failure is not None
            assert failure.kind is kind


async def test_the_series_about_all_keys_are_polled_while_someone_looks() -> None:
    world = World()
    world.store.compound.value.follow(lambda _: None)
    async with running(world):
        assert world.store.compound.value.value is not None
        assert world.store.compound.value.value.get("num_keys")


async def test_the_popular_items_of_the_prefix_that_is_open_are_polled_and_of_no_other() -> None:
    world = World()
    world.store.prefix_items.value.follow(lambda _: None)
    async with running(world):
        await world.clock.advance(120)
        assert world.store.prefix_items.value.value is None
        world.store.prefix_items.prefix.set(2)
        await world.clock.advance(2)
        held = world.store.prefix_items.value.value
        assert isinstance(held, PrefixItems)
        assert (held.prefix_id, held.items.most_hit_keys[0].name) == (2, "key 2")
        world.store.prefix_items.prefix.set(1)
        await world.clock.advance(2)
        held = world.store.prefix_items.value.value
        assert isinstance(held, PrefixItems)
        assert held.prefix_id == 1
