"""One endpoint, polled."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from random import Random

import pytest

from mctop.api.errors import ApiError, BadRequest, Forbidden, RateLimited, ServerFault, Unauthorized
from mctop.store.health import Freshness, Health, freshness
from mctop.store.pace import Steady
from mctop.store.poller import Means, Poller
from mctop.store.topic import Topic
from tests.store.fakeclock import FakeClock


class World:
    """One poller, and an endpoint that answers as a test says."""

    def __init__(self, *, slowest: float = 60, every: float = 5) -> None:
        self.clock = FakeClock()
        self.health: Topic[Health] = Topic(Health(every=every))
        self.starts: list[float] = []
        self.error: ApiError | None = None
        self.takes = 0.0
        self.active = True
        self.recoveries = 0
        self.means = Means(self.clock, Random(1), asyncio.Semaphore(4))
        self.poller = Poller(
            self.health, self._take, Steady(every, self.means.random), self.means,
            active=lambda: self.active, slowest=slowest, on_recovery=self._recovered,
        )  # fmt: skip

    @property
    def since(self) -> list[float]:
        """Seconds between the starts."""
        return [later - earlier for earlier, later in pairwise(self.starts)]

    def freshness(self) -> Freshness:
        return freshness(self.health.value, self.clock.monotonic())

    async def _take(self) -> int:
        self.starts.append(self.clock.monotonic())
        if self.takes:
            await self.clock.sleep(self.takes)
        if self.error is not None:
            raise self.error
        return 3

    def _recovered(self) -> None:
        self.recoveries += 1


@asynccontextmanager
async def running(*pollers: Poller) -> AsyncIterator[None]:
    """Run pollers until the block ends."""
    tasks = [asyncio.create_task(poller.run()) for poller in pollers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


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


async def test_a_failure_is_state_and_success_clears_it() -> None:
    world = World()
    world.error = ServerFault("GET", "/stats", "broken", status=500)
    async with running(world.poller):
        await world.clock.settle()
        health = world.health.value
        assert health.failure is not None
        assert (health.failure.message, health.failures, health.last_good) == ("broken", 1, None)
        assert world.freshness() is Freshness.REFUSED
        world.error = None
        await world.clock.advance(3)
        assert world.freshness() is Freshness.LIVE
        assert (world.health.value.failure, world.health.value.failures, world.recoveries) == (None, 0, 1)


async def test_the_last_sample_stays_and_is_stale_while_tries_fail() -> None:
    world = World()
    async with running(world.poller):
        await world.clock.advance(1)
        world.error = ServerFault("GET", "/stats", "broken", status=500)
        await world.clock.advance(8)
        assert world.health.value.last_good == 1000
        assert world.freshness() is Freshness.STALE


@pytest.mark.parametrize("slowest", [10.0, 60.0])
async def test_tries_back_off_but_never_further_apart_than_the_slowest_nor_closer_than_a_second(slowest: float) -> None:
    world = World(slowest=slowest)
    world.error = BadRequest("GET", "/insight", "Failed to query InfluxDB", status=400)
    async with running(world.poller):
        await world.clock.advance(900)
    assert 1 <= min(world.since) <= max(world.since) <= slowest
    assert max(world.since) > slowest / 2


async def test_the_countdown_to_the_next_try_is_known() -> None:
    world = World()
    world.error = ServerFault("GET", "/stats", "broken", status=500)
    async with running(world.poller):
        await world.clock.settle()
        assert world.health.value.next_try is not None
        await world.clock.advance(world.health.value.next_try - 1000)
    assert len(world.starts) == 2


@pytest.mark.parametrize("refusal", [Unauthorized, Forbidden])
async def test_a_final_refusal_stops_it_until_a_person_refreshes(refusal: type[ApiError]) -> None:
    world = World()
    world.error = refusal("GET", "/stats", "no", status=401)
    async with running(world.poller):
        await world.clock.advance(3600)
        assert world.starts == [1000]
        assert world.health.value.stopped
        assert world.health.value.next_try is None
        world.poller.refresh()
        await world.clock.advance(60)
        assert world.starts == [1000, 4600]
        assert world.health.value.stopped
        world.error = None
        world.poller.refresh()
        await world.clock.advance(1)
        assert not world.health.value.stopped
        assert world.freshness() is Freshness.LIVE


async def test_a_stopped_poller_is_started_by_nobody_but_a_person() -> None:
    world = World()
    world.error = Forbidden("GET", "/stats", "no", status=403)
    async with running(world.poller):
        await world.clock.advance(1)
        for nudge in (world.poller.wake, world.poller.ask_anew, lambda: world.poller.resume(0, 2)):
            nudge()
        world.poller.server_is_back(2)
        await world.clock.advance(60)
    assert world.starts == [1000]


@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_is_obeyed_even_when_a_person_refreshes(status: int) -> None:
    world = World()
    error = RateLimited if status == 429 else ServerFault
    world.error = error("GET", "/stats", "slow down", status=status, retry_after=30)
    nudges: tuple[Callable[[], None], ...] = (
        world.poller.refresh,
        world.poller.ask_anew,
        lambda: world.poller.server_is_back(2),
        lambda: world.poller.resume(100, 2),
    )
    async with running(world.poller):
        await world.clock.advance(1)
        for nudge in nudges:
            nudge()
            await world.clock.advance(5)
            assert world.health.value.next_try == 1030
        assert world.starts == [1000]
        await world.clock.advance(10)
        assert world.starts == [1000, 1030]


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
        lost.poller.server_is_back(2)
        well.poller.server_is_back(2)
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
