"""One endpoint, polled."""

import asyncio
from random import Random

import pytest

from mctop.api.errors import ServerFault
from mctop.store.base.health import FailureKind, Freshness, Health
from mctop.store.base.topic import Topic
from mctop.store.polling.pace import Steady
from mctop.store.polling.poller import Means, Poller
from tests.store.fakeclock import FakeClock
from tests.store.polled import World, running


async def test_it_polls_at_once_and_then_at_its_pace() -> None:
    world = World()
    async with running(world.poller):
        await world.clock.advance(60)
    assert world.starts[0] == 1000
    assert all(4.5 <= wait <= 5.5 for wait in world.since)
    assert len(world.starts) in {12, 13, 14}


async def test_health_says_when_the_next_sample_must_have_come() -> None:
    world = World()
    world.takes = 0.5
    async with running(world.poller):
        await world.clock.advance(0.5)
        health = world.health.value
    assert health.next_try is not None
    assert 1004.5 <= health.next_try <= 1005.5
    assert health == Health(every=5, last_good=1000.5, due=health.next_try + 0.5, next_try=health.next_try, dropped=3)


async def test_a_poll_that_does_not_return_makes_the_sample_stale_one_second_after_it_was_due() -> None:
    world = World()
    async with running(world.poller):
        await world.clock.advance(1)
        assert world.freshness() is Freshness.LIVE
        world.takes = 10
        due = world.health.value.due
        assert due is not None
        await world.clock.advance(due - world.clock.monotonic() + 0.9)
        assert world.freshness() is Freshness.LIVE
        assert world.health.value.next_try is None
        await world.clock.advance(0.2)
        assert world.freshness() is Freshness.STALE


async def test_a_tick_missed_by_a_slow_answer_is_skipped_and_requests_never_overlap() -> None:
    world = World()
    world.takes = 7
    async with running(world.poller):
        await world.clock.advance(60)
    assert all(9 <= wait <= 11 for wait in world.since)


async def test_nothing_is_polled_while_nobody_looks_and_a_poll_that_is_due_happens_when_someone_does() -> None:
    world = World()
    world.active = False
    async with running(world.poller):
        await world.clock.advance(60)
        assert world.starts == []
        world.active = True
        world.poller.wake()
        await world.clock.advance(1)
        assert world.starts == [1060]
        world.active = False
        world.poller.wake()
        await world.clock.advance(60)
        assert world.starts == [1060]


async def test_looking_away_and_back_before_the_next_poll_is_due_costs_no_request() -> None:
    world = World()
    async with running(world.poller):
        await world.clock.advance(1)
        world.active = False
        world.poller.wake()
        await world.clock.advance(1)
        world.active = True
        world.poller.wake()
        await world.clock.advance(1)
        assert world.starts == [1000]
        await world.clock.advance(4)
        assert len(world.starts) == 2


async def test_a_refresh_polls_now_and_the_pace_goes_on_from_there() -> None:
    world = World()
    async with running(world.poller):
        await world.clock.advance(2)
        world.poller.refresh()
        await world.clock.advance(1)
        assert world.starts == [1000, 1002]
        await world.clock.advance(3)
        assert world.starts == [1000, 1002]
        await world.clock.advance(2)
        assert len(world.starts) == 3


async def test_a_refresh_while_a_request_is_under_way_is_served_by_it() -> None:
    world = World()
    world.takes = 2
    async with running(world.poller):
        await world.clock.advance(1)
        world.poller.refresh()
        await world.clock.advance(2)
        assert world.health.value.last_good == 1002
    assert world.starts == [1000]


async def test_a_held_key_does_not_poll_more_than_once_a_second() -> None:
    world = World()
    async with running(world.poller):
        for _ in range(100):
            world.poller.refresh()
            await world.clock.advance(0.1)
    assert min(world.since) >= 1


async def test_what_is_asked_anew_while_a_request_is_under_way_is_asked_after_it() -> None:
    world = World()
    world.takes = 2
    async with running(world.poller):
        await world.clock.advance(1)
        world.poller.ask_anew()
        await world.clock.advance(2)
    assert world.starts == [1000, 1002]


async def test_sleep_counts_into_the_age_and_is_followed_by_a_poll() -> None:
    world = World(every=300)
    async with running(world.poller):
        await world.clock.advance(1)
        world.poller.resume(3600, within=2)
        assert world.health.value.last_good == 1000 - 3600
        await world.clock.settle()
        assert world.freshness() is Freshness.STALE
        await world.clock.advance(2)
        assert len(world.starts) == 2
        assert world.freshness() is Freshness.LIVE


async def test_news_that_the_server_is_back_hurries_those_that_lost_it_and_nobody_else() -> None:
    lost, well = World(), World(every=300)
    lost.error = ServerFault("GET", "/log", "broken", status=502)
    async with running(lost.poller, well.poller):
        await lost.clock.advance(600)
        await well.clock.advance(1)
        tries = len(lost.starts)
        lost.poller.server_is_back(2, FailureKind.SERVER_FAULT)
        well.poller.server_is_back(2, FailureKind.SERVER_FAULT)
        await lost.clock.advance(2)
        await well.clock.advance(2)
    assert len(lost.starts) > tries
    assert well.starts == [1000]


async def test_no_more_requests_are_in_flight_than_there_are_slots() -> None:
    clock, under_way, most = FakeClock(), 0, 0

    async def take() -> int:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await clock.sleep(3)
        under_way -= 1
        return 0

    means = Means(clock, Random(1), asyncio.Semaphore(4))
    pollers = [Poller(Topic(Health(every=5)), take, Steady(5, means.random), means) for _ in range(10)]
    async with running(*pollers):
        await clock.advance(60)
    assert most == 4


async def test_anything_but_an_api_error_is_a_crash() -> None:
    async def take() -> int:
        raise ZeroDivisionError

    clock = FakeClock()
    means = Means(clock, Random(1), asyncio.Semaphore(4))
    poller = Poller(Topic(Health(every=5)), take, Steady(5, means.random), means)
    with pytest.raises(ZeroDivisionError):
        await poller.run()
