"""What API v1 tells, as the store asks for it."""

from __future__ import annotations

import pytest

from mctop.api.errors import ServerFault
from mctop.api.legacy import LegacyClient
from mctop.store.v1.source import FRESH, LegacySource
from tests.store.fakeclock import FakeClock
from tests.store.faketransport import FakeTransport

NOON = 1_700_006_400.0


class World:
    """A source over an API that answers as a test says, with two servers that both get 10 sets a second."""

    def __init__(self) -> None:
        self.clock = FakeClock(NOON)
        self.transport = FakeTransport(self.clock)
        self.source = LegacySource(LegacyClient(self.transport, 7), self.clock.wall, self.clock.monotonic)
        self.servers: tuple[str, ...] = ("a.example:11211", "b.example:11211")
        self.transport.answers["history"] = [
            row(host, NOON - 1_800 * age, 600_000 - 18_000 * age) for age in range(3, 0, -1) for host in "ab"
        ]
        self.transport.answers["credentials"] = [{"sasl_username": "U", "primary": True}]
        self.count()

    def count(self) -> None:
        """Let the counters be as they are now."""
        sets = 600_000 + int(self.clock.wall() - NOON) * 10
        self.transport.answers["stats"] = {server: {"cmd_set": sets, "bytes": 5} for server in self.servers}

    async def set_rates(self, seconds: float, *, each: bool = False) -> dict[str | None, set[float | None]]:
        """Every value of the rate of sets by server."""
        asked = self.source.processed_stats_per_server if each else self.source.processed_stats
        answer = await asked(("set_rate",), self.clock.wall() - seconds, self.clock.wall())
        return {one.server: set(one.values) for one in answer.series}


def row(host: str, time: float, sets: int) -> dict[str, object]:
    return {"server": f"{host}.example", "timestamp": str(int(time * 1_000)), "stats": {"cmd_set": sets, "bytes": 5}}


async def test_series_of_the_cache_and_of_each_server_come_of_the_history_and_go_on_to_the_present() -> None:
    world = World()
    assert await world.set_rates(3_600) == {None: {20.0}}
    assert await world.set_rates(3_600, each=True) == {"a.example:11211": {10.0}, "b.example:11211": {10.0}}


async def test_the_history_is_asked_once_for_all_that_is_made_of_it_and_samples_continue_it() -> None:
    world = World()
    await world.set_rates(3_600)
    for _ in range(int(FRESH // 5) - 1):
        await world.clock.advance(5)
        world.count()
        await world.source.stats()
        assert await world.set_rates(300) == {None: {20.0}}
    assert len(world.transport.asked("history")) == 1
    await world.clock.advance(5)
    assert await world.set_rates(3_600) == {None: {20.0}}
    assert len(world.transport.asked("history")) == 2


async def test_a_history_that_cannot_be_read_is_asked_for_again() -> None:
    world = World()
    history, world.transport.answers["history"] = world.transport.answers["history"], ServerFault("GET", "/", "broken")
    with pytest.raises(ServerFault):
        await world.set_rates(3_600)
    world.transport.answers["history"] = history
    assert await world.set_rates(3_600) == {None: {20.0}}


async def test_rows_of_a_host_with_several_servers_are_counted_as_dropped_and_of_one_that_is_gone_are_kept() -> None:
    world = World()
    world.servers = ("a.example:1", "a.example:2", "c.example:1")
    world.count()
    answer = await world.source.processed_stats_per_server(("set_rate",), NOON - 3_600, NOON)
    assert answer.dropped == 3
    known = {one.server for one in answer.series if set(one.values) != {None}}
    assert known == {"b.example"}


async def test_info_is_the_id_the_servers_and_the_credentials_without_a_second_poll_of_the_counters() -> None:
    world = World()
    info = await world.source.info()
    await world.source.info()
    assert (info.id, info.servers, info.enabled, info.can_switch) == (7, world.servers, None, None)
    assert [one.sasl_username for one in info.credentials] == ["U"]
    assert len(world.transport.asked("stats")) == 1
