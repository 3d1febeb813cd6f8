"""Faults that nobody foresaw, in each piece of work before each server: they cost that work alone, and are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.service.account import open_account
from mctop.service.account.alert_delivery import Alarm
from mctop.service.memcached.prefix_census import PrefixCensuses
from tests.contract.server import PASSWORD, USERNAME
from tests.service.memcached.realserver import needs_memcached, real_server
from tests.service.memcached.standing import standing, until

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import pytest

pytestmark = needs_memcached

WORDS = "mctop failed (Fault: no one thought of this), and tries again within"


class Fault(Exception):
    """What nobody foresaw."""


class Faulty:
    """Work that fails until it is mended."""

    def __init__(self, work: Callable[..., Awaitable[object]]) -> None:
        self._work = work
        self.is_mended = False
        self.failures = 0

    async def __call__(self, *arguments: object) -> object:
        if self.is_mended:
            return await self._work(*arguments)
        self.failures += 1
        raise Fault("no one thought of this")


def faulty(thing: object, name: str, patch: pytest.MonkeyPatch) -> Faulty:
    """Make one piece of work of a thing fail."""
    work = Faulty(getattr(thing, name))
    patch.setattr(thing, name, work)
    return work


async def test_a_server_whose_sampling_fails_is_silent_with_the_reason_and_the_other_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with real_server() as first, real_server() as second:
        async with standing(first.address, second.address) as service:
            good, bad = service.members
            await until(lambda: good.newest and bad.newest)
            work = faulty(bad.server, "stats", monkeypatch)
            answer = await service.client.stats()
            assert [row.server for row in answer.servers] == [good.name], "before its own sampling has met the fault"
            await until(lambda: bad.sampling.failure)
            grade = (await service.grades())[bad.name]
            assert (grade.grade, grade.note) == ("impossible", f"{WORDS} 1 s")
            assert good.name not in await service.grades()
            before = good.newest
            await until(lambda: good.newest is not before)
            work.is_mended = True
            await until(lambda: bad.trouble is None)
            assert {row.server for row in (await service.client.stats()).servers} == {good.name, bad.name}
            assert bad.name not in await service.grades()


async def test_a_probe_that_fails_is_said_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with real_server() as first, real_server() as second:
        async with standing(first.address, second.address) as service:
            good, bad = service.members
            work = faulty(bad._pinger, "latency", monkeypatch)
            await until(lambda: bad.pinging.failure)
            grade = (await service.grades())["latency"]
            assert grade.grade == "approximate"
            assert grade.note.startswith(f"not probed on 1 of 2: {WORDS}")
            assert (good.pinging.failure, bad.trouble) == (None, None)
            work.is_mended = True
            await until(lambda: bad.pinging.failure is None)
            assert (await service.grades())["latency"].grade == "derived"


async def test_a_watch_that_fails_is_said_and_opened_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with real_server() as first, real_server() as second:
        async with standing(first.address, second.address) as service:
            good, bad = service.members
            await until(lambda: good.capabilities and bad.capabilities)
            work = faulty(bad.watcher, "_watch", monkeypatch)
            await service.client.recent_logs()
            await until(lambda: bad.watching.failure and good.watcher.state.on)
            assert (await service.grades())["recent_logs"].note.startswith(f"not watched on 1 of 2: {WORDS}")
            work.is_mended = True
            await until(lambda: bad.watcher.state.on)
            assert not (await service.grades())["recent_logs"].note.startswith("not watched")


async def test_a_fault_of_the_work_that_counts_all_is_said_and_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    work = faulty(PrefixCensuses, "take", monkeypatch)
    with real_server() as server:
        async with standing(server.address) as service:
            await until(lambda: service.gateway.counting.failure)
            told = (await service.client.info()).grades
            (first, *_) = [grade for grade in told if grade.of == "prefix_stats"]
            assert (first.grade, first.note) == ("impossible", f"not counted: {WORDS} 1 s")
            monkeypatch.undo()
            work.is_mended = True
            await until(lambda: service.gateway.counting.failure is None)
            (first, *_) = [grade for grade in (await service.client.info()).grades if grade.of == "prefix_stats"]
            assert not first.note.startswith("not counted")


async def test_a_fault_in_judging_alerts_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    work = faulty(Alarm, "check", monkeypatch)
    with real_server() as server:
        async with standing(server.address, by_itself=False) as service:
            await until(lambda: work.failures)
            assert (await service.grades())["alerts"].note == f"not judged: {WORDS} 1 s"


async def test_a_census_that_fails_costs_one_server_its_keys_and_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with real_server() as first, real_server() as second:
        async with standing(first.address, second.address, by_itself=False) as service:
            good, bad = service.members
            await service.sample()
            account = open_account(1, USERNAME, PASSWORD)
            account.prefixes.watch("user:")
            work = faulty(bad, "able", monkeypatch)
            members, introspection, history = service.members, service.gateway.introspection, service.gateway.history
            censuses = PrefixCensuses(members, introspection, history, account.prefixes)
            await censuses.take()
            assert good.counting.failure is None
            assert (await service.grades())["prefix_stats"].note.startswith(f"no keys on 1 of 2: {WORDS}")
            work.is_mended = True
            await censuses.take()
            assert bad.counting.failure is None
            account.close()
