"""One endpoint that fails, and when it is tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.api.errors import ApiError, BadRequest, Forbidden, RateLimited, ServerFault, Unauthorized
from mctop.store.base.health import Freshness
from tests.store.polled import World, running

if TYPE_CHECKING:
    from collections.abc import Callable


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
