"""How often the log is polled, and what that misses."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mctop.api.models.introspection import LogExcerpt, ServerLogExcerpt
from mctop.api.models.log_filter import parse_filter
from mctop.store.log.tail import Entry, GapEntry
from tests.store.fakesource import FakeSource
from tests.store.polling.world import World, running
from tests.store.samples import line, logs

if TYPE_CHECKING:
    from collections.abc import Collection

    from mctop.api.models.introspection import RecentLogs
    from mctop.store.store import Store
    from tests.store.fakeclock import FakeClock


class Busy(FakeSource):
    """A server that logs `pace` lines a second and tells the last hundred."""

    pace = 10

    async def recent_logs(self) -> RecentLogs:
        await self._call("recent_logs")
        newest = int(self.clock.monotonic() * self.pace)
        return logs(a=[line(number / self.pace, f"k{number}") for number in range(newest - 99, newest + 1)])


def watched(pace: int) -> World:
    """A store whose log is looked at, filled from a busy server."""
    world = World(Busy)
    assert isinstance(world.source, Busy)
    world.source.pace = pace
    world.store.log.value.follow(lambda _: None)
    return world


def gaps(store: Store) -> int:
    tail = store.log.value.value
    assert tail is not None
    return sum(isinstance(row, GapEntry) for row in tail.rows)


def polls(world: World, since: float) -> list[float]:
    return [time for time in world.source.times("recent_logs") if time >= since]


async def test_a_log_that_is_one_of_many_things_looked_at_is_polled_at_leisure_and_has_gaps() -> None:
    async with running(watched(pace=40)) as world:
        await world.clock.advance(60)
        assert len(polls(world, 0)) in range(11, 14)
        assert gaps(world.store) > 5


async def test_a_log_that_is_all_one_looks_at_is_polled_until_polls_overlap() -> None:
    async with running(watched(pace=40)) as world:
        await world.clock.advance(12)
        world.store.log.hurried.set(True)
        await world.clock.advance(4)
        seen, now = gaps(world.store), world.clock.monotonic()
        await world.clock.advance(60)
        assert gaps(world.store) == seen
        assert len(polls(world, now)) in range(40, 60)


async def test_the_hurry_begins_at_once_and_ends_with_it() -> None:
    async with running(watched(pace=40)) as world:
        await world.clock.advance(12)
        world.store.log.hurried.set(True)
        await world.clock.advance(1.2)
        assert polls(world, world.clock.monotonic() - 1.2)
        await world.clock.advance(10)
        world.store.log.hurried.set(False)
        await world.clock.advance(10)
        now = world.clock.monotonic()
        await world.clock.advance(60)
        assert len(polls(world, now)) in range(11, 14)


async def test_it_is_never_polled_more_than_once_a_second() -> None:
    async with running(watched(pace=900)) as world:
        world.store.log.hurried.set(True)
        await world.clock.advance(60)
        times = polls(world, 0)
        assert len(times) > 50
        assert all(round(late - early, 6) >= 1 for early, late in pairwise(times))


async def test_a_quiet_log_is_polled_at_leisure_however_closely_one_looks() -> None:
    async with running(watched(pace=1)) as world:
        world.store.log.hurried.set(True)
        await world.clock.advance(20)
        now = world.clock.monotonic()
        await world.clock.advance(60)
        assert len(polls(world, now)) in range(11, 14)


class Holding(FakeSource):
    """A service of our own, which has a cursor: each answer brings a line, unless nothing passes the filters."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock)
        self.cache = self.cache.model_copy(update={"log_cursor": True})
        self.questions: list[tuple[str, tuple[str, ...]]] = []

    async def log_after(self, cursor: str, filters: Collection[str], most: int) -> LogExcerpt:
        await self._call("log_after")
        self.questions.append((cursor, tuple(filters)))
        number = len(self.questions)
        lines = () if filters else ((self.clock.wall(), f"k{number}", "GET", "HIT", 1),)
        log = ServerLogExcerpt(server="a", lines=lines, missed=0, left_out=len(filters))
        return LogExcerpt(cursor=f"{number}", servers=(log,))


def holding() -> tuple[World, Holding]:
    world = World(Holding)
    assert isinstance(world.source, Holding)
    world.store.log.value.follow(lambda _: None)
    world.store.log.hurried.set(True)
    return world, world.source


async def test_where_the_log_has_a_cursor_each_poll_goes_on_from_the_last() -> None:
    world, source = holding()
    async with running(world):
        await world.clock.advance(10)
        cursors = [cursor for cursor, _ in source.questions]
        assert len(cursors) in range(7, 12)
        assert cursors == ["", *map(str, range(1, len(cursors)))]
        tail = world.store.log.value.value
        assert tail is not None
        keys = [row.key for row in tail.rows if isinstance(row, Entry)]
        assert keys == [f"k{number}" for number in range(1, len(cursors) + 1)]


async def test_filters_are_asked_for_at_once_and_what_they_left_out_is_said_afterwards() -> None:
    world, source = holding()
    async with running(world):
        await world.clock.advance(5)
        world.store.log.asked.set((parse_filter("cart"), parse_filter("cmd:set", excludes=True)))
        await world.clock.advance(1.2)
        assert source.questions[-1][1] == ("/cart", "!cmd:set")
        assert gaps(world.store) == 0
        world.store.log.asked.set(())
        await world.clock.advance(1.2)
        assert not source.questions[-1][1]
        assert gaps(world.store) == 1
