"""One run of watching a cache."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from mctop.api.errors import ApiError, Forbidden, NotFound, RateLimited, Unauthorized, Unreachable
from mctop.api.response import Answer
from mctop.store.base.health import FailureKind, Freshness, age, freshness
from mctop.store.changes.cache_changes import Flush
from mctop.store.changes.outcome import Result
from mctop.store.polling.session import AuthenticationFailed, Session
from mctop.store.series.ratio_scale import RatioScale
from mctop.store.store import Store
from tests.store.fakeclock import FakeClock
from tests.store.faketransport import FakeTransport


class World:
    """A session, and an API that answers as a test says."""

    def __init__(
        self,
        cache_id: int | None = 7,
        ratio_scale: RatioScale = RatioScale.UNKNOWN,
        audit: Path | None = None,
        transport: type[FakeTransport] = FakeTransport,
    ) -> None:
        self.clock = FakeClock()
        self.store = Store()
        self.transport = transport(self.clock)
        self.session = Session(
            self.store,
            self.transport,
            cache_id,
            clock=self.clock,
            random=Random(1),
            every=2.0,
            ratio_scale=ratio_scale,
            audit=audit,
        )

    async def refused(self) -> str:
        """Run until authentication fails, and return what it said."""
        with pytest.raises(AuthenticationFailed) as failed:
            await asyncio.wait_for(self.session.run(), 10)
        return str(failed.value)


@asynccontextmanager
async def running(world: World) -> AsyncIterator[World]:
    task = asyncio.create_task(world.session.run())
    try:
        await world.clock.settle()
        yield world
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_it_polls_the_cache_it_was_given_at_the_cadence_it_was_given() -> None:
    async with running(World()) as world:
        assert world.store.connecting.value is None
        await world.clock.advance(20)
        assert {path for _, path in world.transport.calls} == {"/api/v2/caches/7/stats", "/api/v2/caches/7/info"}
        assert len(world.transport.asked("stats")) in {10, 11, 12}
        assert world.store.stats.health.value.every == 2


async def test_the_counters_are_asked_for_before_anything_else() -> None:
    async with running(World()) as world:
        assert [path.rpartition("/")[2] for _, path in world.transport.calls] == ["stats", "info"]


async def test_counters_that_do_not_come_keep_nothing_else_waiting_for_long() -> None:
    class Hanging(FakeTransport):
        async def send(
            self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: object | None = None
        ) -> Answer:
            answer = await super().send(method, path, query=query, body=body)
            if path.endswith("/stats"):
                await asyncio.get_running_loop().create_future()
            return answer

    async with running(World(transport=Hanging)) as world:
        assert world.transport.asked("info") == []
        await world.clock.advance(1)
        assert world.transport.asked("info") == [1000.5]


async def test_it_finds_the_cache_id_by_itself() -> None:
    async with running(World(cache_id=None)) as world:
        assert world.transport.asked("login") == [1000]
        assert ("/api/v2/caches/1561/stats") in {path for _, path in world.transport.calls}
        assert world.store.connecting.value is None
        assert world.store.stats.value.value is not None


async def test_it_asks_for_the_cache_id_until_the_server_is_there_and_shows_the_countdown() -> None:
    world = World(cache_id=None)
    world.transport.answers["login"] = Unreachable("GET", "/api/v1/login", "connection refused")
    async with running(world):
        assert world.store.connecting.value == "asking for the cache id"
        health = world.store.stats.health.value
        assert health.failure is not None
        assert health.failure.kind is FailureKind.UNREACHABLE
        assert health.next_try is not None
        await world.clock.advance(300)
        tries = world.transport.asked("login")
        assert max(later - earlier for earlier, later in pairwise(tries)) <= 10
        world.transport.answers["login"] = {"cache_id": 9}
        world.session.refresh()
        await world.clock.advance(1)
        assert freshness(world.store.stats.health.value, world.clock.monotonic()) is Freshness.LIVE
        assert world.store.stats.health.value.failure is None


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Unauthorized("GET", "/api/v1/login", "Bad user", status=401), "does not accept this username and password"),
        (Forbidden("GET", "/api/v1/login", "Bad user", status=403), "give it the API capability"),
        (NotFound("GET", "/api/v1/login", "Bad user", status=404), "no cache found for this credential"),
    ],
)
async def test_a_refused_login_says_what_to_do(error: ApiError, words: str) -> None:
    world = World(cache_id=None)
    world.transport.answers["login"] = error
    message = await world.refused()
    assert words in message
    assert f"{error.status}: Bad user" in message


@pytest.mark.parametrize("refusal", [Unauthorized, Forbidden])
async def test_a_refused_first_sample_ends_the_session(refusal: type[ApiError]) -> None:
    world = World()
    world.transport.answers["stats"] = refusal("GET", "/stats", "Bad user", status=401)
    assert "Bad user" in await world.refused()


async def test_a_missing_cache_is_shown_and_looked_for_again() -> None:
    world = World()
    found = world.transport.answers["stats"]
    world.transport.answers["stats"] = NotFound("GET", "/stats", "no such cache", status=404)
    async with running(world):
        await world.clock.advance(60)
        failure = world.store.stats.health.value.failure
        assert failure is not None
        assert failure.kind is FailureKind.NOT_FOUND
        world.transport.answers["stats"] = found
        await world.clock.advance(15)
        assert world.store.stats.health.value.failure is None


async def test_a_credential_that_is_refused_for_some_seconds_keeps_the_picture_and_it_comes_back_by_itself() -> None:
    async with running(World()) as world:
        good = world.transport.answers["stats"]
        world.transport.answers["stats"] = Unauthorized("GET", "/stats", "Bad user", status=401)
        await world.clock.advance(60)
        tries = len(world.transport.asked("stats"))
        assert world.store.stats.value.value is not None
        world.transport.answers["stats"] = good
        await world.clock.advance(200)
        assert len(world.transport.asked("stats")) == tries
        assert freshness(world.store.stats.health.value, world.clock.monotonic()) is Freshness.STALE
        await world.clock.advance(130)
        assert freshness(world.store.stats.health.value, world.clock.monotonic()) is Freshness.LIVE


async def test_when_one_endpoint_is_let_in_again_the_others_ask_soon() -> None:
    async with running(World()) as world:
        good = dict(world.transport.answers)
        world.transport.answers.update(dict.fromkeys(good, Unauthorized("GET", "/", "Bad user", status=401)))
        await world.clock.advance(400)
        healths = world.store.stats.health, world.store.cache.health
        assert all(health.value.failure is not None for health in healths)
        world.transport.answers.update(good)
        while all(health.value.failure is not None for health in healths):
            await world.clock.advance(1)
        await world.clock.advance(3)
        assert [health.value.failure for health in healths] == [None, None]


async def test_a_person_s_refresh_tries_everything_now_even_what_the_server_put_off() -> None:
    world = World()
    world.transport.answers["info"] = RateLimited("GET", "/info", "slow down", status=429, retry_after=60)
    async with running(world):
        await world.clock.advance(1.5)
        world.session.refresh()
        await world.clock.settle()
        assert world.transport.asked("stats") == [1000, 1001.5]
        assert world.transport.asked("info") == [1000, 1001.5]


async def test_a_machine_that_slept_counts_the_sleep_into_every_age_and_polls_everything_within_two_seconds() -> None:
    async with running(World()) as world:
        await world.clock.advance(10.5)
        assert world.transport.asked("info") == [1000]
        ages: list[float | None] = []
        world.store.cache.health.follow(lambda health: ages.append(age(health, world.clock.monotonic())))
        world.clock.jump(3600)
        await world.clock.advance(3)
        assert ages[0] == 10.5
        assert 3610 < (ages[1] or 0) < 3612
        assert len(world.transport.asked("info")) == 2
        assert freshness(world.store.cache.health.value, world.clock.monotonic()) is Freshness.LIVE


async def test_a_clock_that_is_corrected_by_a_little_is_no_sleep() -> None:
    async with running(World()) as world:
        for _ in range(20):
            world.clock.jump(1)
            await world.clock.advance(1)
        assert world.transport.asked("info") == [1000]


async def test_the_servers_clock_is_known_and_a_flutter_of_a_second_is_not_news() -> None:
    async with running(World()) as world:
        heard: list[float | None] = []
        world.store.skew.follow(heard.append)
        for skew in (3.0, 3.9, 2.2, 3600.0):
            world.transport.skew = skew
            await world.clock.advance(2)
        assert heard == [None, 3.0, 3600.0]


async def test_a_scale_that_is_set_is_told() -> None:
    async with running(World(ratio_scale=RatioScale.PERCENT)) as world:
        assert world.store.ratio_scale.value is RatioScale.PERCENT


async def test_a_change_is_recorded_and_what_it_touches_is_asked_at_once(tmp_path: Path) -> None:
    world = World(audit=tmp_path / "audit.jsonl")
    world.transport.answers["flush"] = None
    async with running(world):
        await world.clock.advance(3)
        assert world.store.audit.value == f"{tmp_path / 'audit.jsonl'}"
        actions = world.session.actions
        assert actions is not None
        asked = len(world.transport.asked("info"))
        outcome = await actions.carry_out(actions.propose(Flush()))
        assert outcome.result is Result.DONE
        await world.clock.advance(1)
        assert len(world.transport.asked("info")) == asked + 1
    recorded = (tmp_path / "audit.jsonl").read_text()
    assert '"host": "127.0.0.1:9"' in recorded
    assert '"result": "done"' in recorded


async def test_without_a_file_to_record_in_changes_say_so() -> None:
    async with running(World()) as world:
        assert (world.store.audit.value, world.store.api.value) == ("", "v2")
        actions = world.session.actions
        assert actions is not None
        assert actions.propose(Flush()).unrecorded == "there is no audit log"


async def test_a_bug_is_a_crash_and_not_a_failure() -> None:
    world = World()

    def broken(_: object) -> None:
        raise ZeroDivisionError

    task = asyncio.create_task(world.session.run())
    await world.clock.settle()
    with pytest.raises(ZeroDivisionError):
        world.store.stats.health.follow(broken)
    await world.clock.advance(5)
    with pytest.raises(ExceptionGroup) as crash:
        await task
    assert crash.group_contains(ZeroDivisionError)
