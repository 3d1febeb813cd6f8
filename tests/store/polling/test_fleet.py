"""All configured caches, watched side by side."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import pairwise
from random import Random

import pytest

from mctop.api.errors import TimedOut, Unauthorized, Unreachable
from mctop.api.response import Answer
from mctop.store.base.health import AuthenticationFailed, Freshness, freshness
from mctop.store.base.window import TimeWindow
from mctop.store.counters.cache_condition import Reason, findings
from mctop.store.polling.fleet import CannotWatch, Fleet, Watched
from mctop.store.polling.session import Session
from mctop.store.store import Store
from tests.store.fakeclock import FakeClock
from tests.store.faketransport import FakeTransport

DAY = 86_400


class Api(FakeTransport):
    """An API whose server's clock goes."""

    async def send(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: object | None = None
    ) -> Answer:
        if isinstance(told := self.answers["stats"], dict):
            self.answers["stats"] = {**told, "time": int(self.clock.wall())}
        return await super().send(method, path, query=query, body=body)


class Hanging(FakeTransport):
    """An API that accepts every request, and answers none within its 10 s."""

    async def send(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: object | None = None
    ) -> Answer:
        await self.clock.sleep(10)
        raise TimedOut(method, path, "no whole answer within 10 s")


class World:
    """Caches by their names, each with an API of its own."""

    def __init__(self, *names: str, opened: str | None = None) -> None:
        self.clock = FakeClock()
        self.transports: dict[str, FakeTransport] = {name: Api(self.clock) for name in names}
        self.problems: dict[str, str] = {}
        self.connected: list[str] = []
        self.alone = len(names) == 1
        self.fleet = Fleet(
            tuple(Watched(name, self.connecting(name), label=name) for name in names), opened or names[0], self.clock
        )

    def fresh(self, name: str) -> Freshness:
        return freshness(self.fleet.cache(name).store.stats.health.value, self.clock.monotonic())

    def reasons(self, name: str) -> list[Reason]:
        return [one.reason for one in findings(self.fleet.cache(name).now.value, self.clock.monotonic())]

    def connecting(self, name: str) -> Callable[[Store, AbstractAsyncContextManager[None]], Awaitable[Session]]:
        async def connect(store: Store, turn: AbstractAsyncContextManager[None]) -> Session:
            self.connected.append(name)
            if problem := self.problems.get(name):
                raise CannotWatch(problem)
            return Session(
                store, self.transports[name], None, clock=self.clock, random=Random(1), turn=turn, alone=self.alone
            )

        return connect


@asynccontextmanager
async def running(world: World) -> AsyncIterator[World]:
    task = asyncio.create_task(world.fleet.run())
    try:
        await world.clock.settle()
        yield world
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def gaps(times: list[float]) -> list[float]:
    return [later - earlier for earlier, later in pairwise(times)]


async def test_the_opened_cache_is_polled_often_and_the_others_seldom_and_for_their_counters_alone() -> None:
    async with running(World("a", "b", "c")) as world:
        await world.clock.advance(600)
        assert len(world.transports["a"].asked("stats")) in range(110, 135)
        for name in ("b", "c"):
            assert {path.rpartition("/")[2] for _, path in world.transports[name].calls} == {"login", "stats"}
            assert len(world.transports[name].asked("stats")) in range(38, 46)
            assert world.fresh(name) is Freshness.LIVE


async def test_the_opened_cache_goes_first() -> None:
    async with running(World("a", "b", "c", opened="c")) as world:
        assert world.connected == ["c"]
        await world.clock.advance(2)
        assert world.connected == ["c", "a", "b"]


async def test_rates_come_soon_although_the_cadence_is_slow() -> None:
    world = World("a", "b")
    async with running(world):
        await world.clock.advance(7)
        live = world.fleet.cache("b").store.stats.value.value
        assert live is not None
        assert live.rates is not None


async def test_opening_another_cache_polls_it_at_once_and_fully_and_the_first_one_lightly() -> None:
    async with running(World("a", "b")) as world:
        await world.clock.advance(30)
        world.fleet.open("b")
        for transport in world.transports.values():
            transport.calls.clear()
        await world.clock.advance(0.1)
        assert len(world.transports["b"].asked("stats")) == 1
        assert len(world.transports["b"].asked("info")) == 1
        await world.clock.advance(600)
        assert len(world.transports["b"].asked("stats")) in range(110, 135)
        assert len(world.transports["a"].asked("stats")) in range(38, 46)
        assert world.transports["a"].asked("info") == []
        world.fleet.open("a")
        await world.clock.advance(1)
        assert len(world.transports["a"].asked("info")) == 1


async def test_the_window_goes_along_to_the_cache_that_is_opened() -> None:
    world = World("a", "b")
    world.fleet.open_cache.store.window.set(TimeWindow(DAY, end=5.0, cursor=4.0))
    assert world.fleet.open("b").store.window.value == TimeWindow(DAY, end=5.0, cursor=4.0)
    assert world.fleet.opened.value == "b"


async def test_a_cache_that_cannot_be_reached_or_is_refused_is_state_and_the_others_go_on() -> None:
    world = World("a", "b", "c")
    world.transports["b"].answers["login"] = Unreachable("GET", "/api/v1/login", "connection refused")
    world.transports["c"].answers["stats"] = Unauthorized("GET", "/stats", "Bad user", status=401)
    async with running(world):
        await world.clock.advance(60)
        assert world.fresh("a") is Freshness.LIVE
        assert world.reasons("b") == [Reason.OFFLINE]
        assert world.reasons("c") == [Reason.REFUSED]


async def test_an_opened_cache_that_is_refused_does_not_end_what_watches_the_others() -> None:
    world = World("a", "b")
    world.transports["a"].answers["login"] = Unauthorized("GET", "/api/v1/login", "Bad user", status=401)
    async with running(world):
        await world.clock.advance(60)
        assert world.reasons("a") == [Reason.REFUSED]
        assert world.fresh("b") is Freshness.LIVE
        world.transports["a"].answers["login"] = {"cache_id": 1561}
        world.fleet.refresh()
        await world.clock.advance(2)
        assert world.fresh("a") is Freshness.LIVE


@pytest.mark.parametrize("answer", ["login", "stats"])
async def test_where_there_is_one_cache_alone_a_refusal_ends_the_run(answer: str) -> None:
    world = World("a")
    world.transports["a"].answers[answer] = Unauthorized("GET", "/", "Bad user", status=401)
    with pytest.raises(AuthenticationFailed, match="Bad user"):
        await asyncio.wait_for(world.fleet.run(), 10)


async def test_what_keeps_a_cache_from_being_polled_is_said_until_a_refresh_finds_it_put_right() -> None:
    world = World("a", "b")
    world.problems["b"] = "password_command pass ended with 1 and no password"
    async with running(world):
        await world.clock.advance(60)
        assert world.connected == ["a", "b"]
        assert world.reasons("b") == [Reason.UNUSABLE]
        del world.problems["b"]
        world.fleet.refresh_all()
        await world.clock.advance(2)
        assert world.reasons("b") == []
        assert world.fresh("b") is Freshness.LIVE


async def test_caches_that_hang_never_delay_the_others() -> None:
    names = [f"c{index}" for index in range(50)]
    world = World(*names)
    for name in names[1::2]:
        world.transports[name] = Hanging(world.clock)
    async with running(world):
        await world.clock.advance(10)
        for name in names[::2]:
            assert world.fresh(name) is Freshness.LIVE
        for _ in range(300):
            await world.clock.advance(1)
            assert {world.fresh(name) for name in names[::2]} == {Freshness.LIVE}


async def test_the_label_is_the_configured_one_or_else_what_the_api_calls_the_cache() -> None:
    world = World("a")
    world.transports["a"].answers["info"] = {"id": 1561, "label": "of the API"}
    unnamed = Fleet((Watched("x", world.connecting("a")),), "x", world.clock)
    task = asyncio.create_task(unnamed.run())
    await world.clock.advance(1)
    assert unnamed.open_cache.now.value.label == "of the API"
    async with running(world):
        await world.clock.advance(1)
        assert world.fleet.open_cache.now.value.label == "a"
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
