"""One endpoint that fails, and when it is tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.api.errors import ApiError, BadRequest, Forbidden, NotOffered, RateLimited, ServerFault, Unauthorized
from mctop.store.base.health import FailureKind, Freshness
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
async def test_an_api_that_denies_access_is_asked_again_seldom_and_when_is_known(refusal: type[ApiError]) -> None:
    world = World()
    world.error = refusal("GET", "/stats", "no", status=401)
    async with running(world.poller):
        await world.clock.advance(1)
        planned = world.health.value.next_try
        assert planned is not None
        assert 1270 <= planned <= 1330
        await world.clock.advance(3600)
        assert world.starts[1] == planned
        assert 11 <= len(world.starts) <= 13
        assert min(world.since) >= 270
        world.error = None
        await world.clock.advance(331)
        assert world.freshness() is Freshness.LIVE


async def test_a_person_who_asks_after_a_denial_asks_at_once_and_once() -> None:
    world = World()
    world.error = Unauthorized("GET", "/stats", "no", status=401)
    async with running(world.poller):
        await world.clock.advance(60)
        world.poller.refresh()
        await world.clock.advance(60)
        assert world.starts == [1000, 1060]
        world.error = None
        world.poller.refresh()
        await world.clock.advance(1)
        assert world.freshness() is Freshness.LIVE


async def test_what_is_offered_by_nobody_is_asked_for_again_by_a_person_alone() -> None:
    world = World()
    world.error = NotOffered("GET", "/log", "")
    async with running(world.poller):
        await world.clock.advance(7200)
        world.poller.ask_anew(denied=True)
        await world.clock.advance(60)
        assert world.starts == [1000]
        assert world.health.value.stopped
        assert world.health.value.next_try is None
        world.poller.refresh()
        await world.clock.advance(1)
        assert world.starts == [1000, 8260]


async def test_after_a_denial_only_what_may_have_changed_it_makes_it_ask_sooner() -> None:
    world = World()
    world.error = Forbidden("GET", "/stats", "no", status=403)
    async with running(world.poller):
        await world.clock.advance(1)
        for nudge in (world.poller.wake, world.poller.ask_anew):
            nudge()
        for recovered in (FailureKind.UNREACHABLE, FailureKind.UNAUTHORIZED):
            world.poller.server_is_back(2, recovered)
        await world.clock.advance(60)
        assert world.starts == [1000]
        for nudge in (
            lambda: world.poller.ask_anew(denied=True),
            lambda: world.poller.resume(0, 0),
            lambda: world.poller.server_is_back(0, FailureKind.FORBIDDEN),
        ):
            nudge()
            await world.clock.advance(10)
    assert world.starts == [1000, 1061, 1071, 1081]


async def test_a_change_during_a_request_that_is_denied_is_followed_by_another() -> None:
    world = World()
    world.takes = 2
    world.error = Forbidden("GET", "/stats", "no", status=403)
    async with running(world.poller):
        await world.clock.advance(1)
        world.poller.ask_anew(denied=True)
        world.poller.ask_anew()
        await world.clock.advance(60)
    assert world.starts == [1000, 1002]


@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_is_obeyed_whatever_happens_but_a_person_is(status: int) -> None:
    world = World()
    error = RateLimited if status == 429 else ServerFault
    world.error = error("GET", "/stats", "slow down", status=status, retry_after=1800)
    nudges: tuple[Callable[[], None], ...] = (
        lambda: world.poller.ask_anew(denied=True),
        lambda: world.poller.server_is_back(2, FailureKind.UNREACHABLE),
        lambda: world.poller.resume(100, 2),
    )
    async with running(world.poller):
        await world.clock.advance(1)
        failure = world.health.value.failure
        assert failure is not None
        assert failure.until == failure.at + 1800
        for nudge in nudges:
            nudge()
            await world.clock.advance(5)
            assert world.health.value.next_try == 2800
        assert world.starts == [1000]
        for _ in range(15):
            world.poller.refresh()
            await world.clock.advance(0.1)
        assert world.starts == [1000, 1016, 1017]
        await world.clock.advance(1)
        assert world.health.value.next_try == world.starts[-1] + 1800
        tries = len(world.starts)
        await world.clock.advance(1800)
        assert len(world.starts) == tries + 1
