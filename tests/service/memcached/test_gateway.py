"""The whole service before real servers, against what an independent client did and saw."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from mctop.api.errors import ApiError
from mctop.api.models.formulas import STATS
from mctop.api.models.series import DAY
from tests.service.memcached.doing import Truth, cache_aside, connected, told
from tests.service.memcached.realserver import needs_memcached, real_server
from tests.service.memcached.standing import Standing, standing, until

if TYPE_CHECKING:
    from mctop.service.memcached.monitored_server import MonitoredServer

pytestmark = needs_memcached

LONG = 100 * DAY
"""Seconds of which the API tells in buckets of a day, so that a test is in one."""


class Counting:
    """Two moments of a server, and what the API says was done between them."""

    def __init__(self, service: Standing, member: MonitoredServer) -> None:
        self._service, self._member = service, member
        assert member.newest is not None
        self._began = member.newest.at

    async def counts(self) -> dict[str, float]:
        """How often each thing was done, as the rates of its server tell; ratios as they are."""
        assert self._member.newest is not None
        seconds, now = self._member.newest.at - self._began, time.time()
        answer = await self._service.client.processed_stats_per_server(STATS, now - LONG, now + 60)
        assert answer.dropped == 0
        found: dict[str, float] = {}
        for series in answer.series:
            known = [value for value in series.values if value is not None]
            if series.server == self._member.name and known:
                (value,) = known
                is_ratio = not series.stat.endswith("_rate") or series.stat.endswith("hit_rate")
                found[series.stat] = value if is_ratio else value * seconds
        return found


async def test_the_counters_of_every_server_are_those_that_pymemcache_sees() -> None:
    with real_server() as one, real_server() as two, connected(one) as at_one, connected(two) as at_two:
        async with standing(one.address, two.address) as service:
            cache_aside(one, Truth(), 1, 300)
            cache_aside(two, Truth(), 2, 200)
            await until(lambda: all(told(client)["curr_connections"] == 3 for client in (at_one, at_two)))
            seen = {
                real.address.text: {**told(client), "curr_connections": 1}  # the other two are of the service
                for real, client in ((one, at_one), (two, at_two))
            }
            stats, legacy = await service.client.stats(), await service.legacy.stats()
            for answer in (stats, legacy):
                found = {each.server: each.counters.model_dump() for each in answer.servers}
                assert {name: found[name].items() >= seen[name].items() for name in seen} == dict.fromkeys(seen, True)
            for name in ("cmd_get", "get_hits", "cmd_set", "curr_items", "bytes", "limit_maxbytes"):
                assert getattr(stats.total, name) == sum(each[name] for each in seen.values())
            assert stats.total.cmd_get == 500
            assert (await service.client.info()).plan == stats.total.limit_maxbytes
            assert len((await service.legacy.history()).items) >= 2


async def test_series_add_up_to_what_was_done_on_each_server_and_on_both() -> None:
    with real_server() as one, real_server() as two:
        async with standing(one.address, two.address, by_itself=False) as service:
            await service.sample()
            counting = [Counting(service, member) for member in service.members]
            truths = [Truth(), Truth()]
            cache_aside(one, truths[0], 1, 400)
            cache_aside(two, truths[1], 2, 300)
            with connected(two) as client:
                for key in ("user:0", "nothing"):
                    client.touch(key, 100)
                    client.delete(key)
                client.set("number", "1")
                client.incr("number", 1)
            await service.sample()
            for truth, each, extra in zip(truths, counting, (0, 1), strict=True):
                counts = await each.counts()
                hits, misses, stores = truth.hits.total(), truth.misses.total(), truth.stores.total() + extra
                wanted = {
                    "get_rate": hits + misses, "set_rate": stores, "get_hit_rate": hits / (hits + misses),
                    "touch_rate": 2 * extra, "delete_rate": 2 * extra, "incr_rate": extra, "decr_rate": 0,
                    "request_rate": hits + misses + stores + 5 * extra, "items": len(truth.sizes),
                }  # fmt: skip
                assert {name: counts[name] for name in wanted} == pytest.approx(wanted)
            now = time.time()
            (whole,) = (await service.client.processed_stats(("get_hit_rate",), now - LONG, now + 60)).series
            (ratio,) = [value for value in whole.values if value is not None]
            gets = sum(truth.hits.total() + truth.misses.total() for truth in truths)
            assert ratio == pytest.approx(sum(truth.hits.total() for truth in truths) / gets)


async def test_flush_reset_evictions_and_a_restart_are_told_as_they_were() -> None:
    with real_server("-m", "2") as server:
        async with standing(server.address, by_itself=False) as service:
            await service.sample()
            counting = Counting(service, service.members[0])
            with connected(server) as client:
                for number in range(150):
                    client.set(f"large:{number}", "x" * 20_000)
                evicted = client.stats()[b"evictions"]
                await service.client.flush()
                assert client.get("large:149") is None
                await service.sample()
                counts = await counting.counts()
                assert evicted > 0
                told = {name: counts[name] for name in ("eviction_rate", "set_rate", "get_rate", "flush_rate")}
                assert told == pytest.approx(
                    {"eviction_rate": evicted, "set_rate": 150, "get_rate": 1, "flush_rate": 1}
                )
                await service.client.reset_stats()
                stats = (await service.client.stats()).total
                assert (stats.cmd_set, stats.cmd_flush, client.stats()[b"cmd_set"]) == (0, 0, 0)
                client.set("small", "1")
            await service.sample()
            server.kill()
            server.start()
            with connected(server) as client:
                client.set("small", "1")
            await service.sample()
            assert (await counting.counts())["set_rate"] == pytest.approx(152)


async def test_a_server_that_vanishes_is_named_while_the_other_goes_on_and_is_back_when_it_is() -> None:
    with real_server() as stays, real_server() as goes:
        name, other = goes.address.text, stays.address.text
        async with standing(stays.address, goes.address, by_itself=False) as service:
            await service.sample()
            assert name not in await service.grades()
            goes.kill()
            await service.sample()
            assert (await service.grades())[name].note == "nothing listens there"
            with connected(stays) as client:
                client.set("here", "x" * 9)
            stats = await service.client.stats()
            assert [each.server for each in stats.servers] == [other]
            (held,) = (await service.client.key_stats("here")).items
            assert (held.in_cache, held.size) == (True, 9)
            with pytest.raises(ApiError) as caught:
                await service.client.flush()
            assert (caught.value.status, caught.value.message) == (
                503, f"1 of 2 servers flushed; {name}: nothing listens there"
            )  # fmt: skip
            with connected(stays) as client:
                assert client.get("here") is None
            goes.start()
            await service.sample()
            assert name not in await service.grades()
            assert [each.server for each in (await service.client.stats()).servers] == [other, name]
            stays.kill()
            goes.kill()
            with pytest.raises(ApiError) as caught:
                await service.client.stats()
            assert caught.value.status == 503
            assert f"{other}: " in caught.value.message
            assert f"{name}: " in caught.value.message
