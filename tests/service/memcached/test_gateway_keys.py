"""Keys, prefixes and log lines that the whole service tells of, against what an independent client did."""

from __future__ import annotations

import asyncio
import time
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest

from mctop.service.memcached import prefix_census as counting
from mctop.service.memcached.prefix_census import PrefixCensuses
from mctop.service.memcached.stream import watcher as watching
from tests.service.memcached.doing import KEYS, ROOMY, Truth, cache_aside, connected
from tests.service.memcached.fakeserver import fake_server
from tests.service.memcached.realserver import RealServer, needs_memcached, real_server
from tests.service.memcached.standing import PATIENCE, Standing, standing, until

if TYPE_CHECKING:
    from pymemcache.client.base import Client

    from mctop.api.models.introspection import PopularItems

OLD = {
    b"version": b"VERSION 1.4.25\r\n",
    b"stats": b"STAT pid 1\r\nSTAT uptime 9\r\nSTAT version 1.4.25\r\nEND\r\n",
    b"stats settings": b"STAT evictions on\r\nEND\r\n",
}


@pytest.fixture(autouse=True)
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count the last gets soon, and what is under one more prefix."""
    monkeypatch.setattr(watching, "QUIET", 0.05)
    monkeypatch.setattr(counting, "SOON", 0.1)


async def watched(service: Standing, *servers: RealServer) -> None:
    """Have the servers watched, and wait until they log lines as they come, which takes idle ones a second."""
    await service.client.recent_logs()
    await until(lambda: all(one.watcher.state.on for one in service.members))
    for server, member in zip(servers, service.members, strict=True):
        with connected(server) as client:
            await until(lambda client=client, log=member.watcher: client.get("warm") is None and log.log)  # type: ignore[misc]


def held(server: RealServer, prefix: str) -> tuple[int, int]:
    """How many of the keys under a prefix a server holds, and the items' footprint in bytes, through pymemcache."""
    with connected(server) as client:
        names = list(client.get_many([key for key in KEYS if key.startswith(prefix)]))
        sizes = [int(client.raw_command(f"me {name}").rpartition(b"size=")[2]) for name in names]
    return len(sizes), sum(sizes)


@needs_memcached
async def test_keys_lines_and_prefixes_are_those_that_a_client_used() -> None:
    with real_server("-B", "ascii", *ROOMY) as one, real_server("-B", "ascii", *ROOMY) as two:
        async with standing(one.address, two.address) as service:
            await watched(service, one, two)
            truth = Truth()
            for server, size in ((one, 222), (two, 333)):
                with connected(server) as client:
                    client.set(KEYS[0], "x" * size)
                    truth.stores[KEYS[0]] += 1
            await changes_are_counted(service, 2)  # our own lookup beside a set of the same key is told apart by luck
            await service.client.key_stats(KEYS[0])
            await asyncio.to_thread(cache_aside, one, truth, 1, 1_500)
            await asyncio.to_thread(cache_aside, two, truth, 2, 1_500)
            popular = await popular_when_counted(service, truth)
            assert all(truth.hits[item.name] == item.popularity for item in popular.most_hit_keys)
            changed = [many for _, many in truth.stores.most_common(20)]
            assert [item.popularity for item in popular.most_mutated_keys] == changed
            families = {name.partition(":")[0] + ":" for name in KEYS}
            assert {item.name for item in popular.popular_prefixes} == families
            (key,) = (await service.client.key_stats(KEYS[0])).items
            assert (key.hit_count, key.miss_count, key.mutation_count) == (
                truth.hits[KEYS[0]], truth.misses[KEYS[0]], truth.stores[KEYS[0]]
            )  # fmt: skip
            assert (key.in_cache, key.size) == (True, 333)
            grade = (await service.grades())["popular_items"]
            assert (grade.grade, grade.share, grade.note) == ("approximate", 1.0, "")
            logs = (await service.client.recent_logs()).servers
            assert [log.server for log in logs] == [one.address.text, two.address.text]
            assert all(len(log.lines) == 100 for log in logs)
            assert {(line.command, line.status) for log in logs for line in log.lines} <= {
                ("GET", "HIT"), ("GET", "MISS"), ("SET", "STORED")
            }  # fmt: skip
            await prefixes_are_counted(service, one, two)


async def popular_when_counted(service: Standing, truth: Truth) -> PopularItems:
    """What is popular, once it is as hot as it is to be."""
    hottest, end = [many for _, many in truth.hits.most_common(20)], time.monotonic() + PATIENCE
    while True:
        popular = await service.client.popular_items()
        if [item.popularity for item in popular.most_hit_keys] == hottest:
            return popular
        assert time.monotonic() < end, {
            i.name: (i.popularity, truth.hits[i.name])
            for i in popular.most_hit_keys
            if i.popularity != truth.hits[i.name]
        }


async def changes_are_counted(service: Standing, many: int) -> None:
    """Wait until so many changes of keys were seen."""
    seen = 0.0
    async with asyncio.timeout(PATIENCE):
        while seen < many:
            popular = await service.client.popular_items()
            seen = sum(item.popularity for item in popular.most_mutated_keys)


async def prefixes_are_counted(service: Standing, *servers: RealServer) -> None:
    """A prefix that is watched from now on has as many items as the servers hold, and they are as large."""
    prefix = await service.client.watch_prefix("user:")
    end, found = time.monotonic() + PATIENCE, dict[str, list[float]]()
    while not found.get("num_keys"):
        assert time.monotonic() < end
        now = time.time()
        answer = await service.client.prefix_stats(prefix.id, now - 300, now + 60)
        found = {series.stat: [value for value in series.values if value is not None] for series in answer.series}
    there = [held(server, "user:") for server in servers]
    assert found["num_keys"][-1] == sum(many for many, _ in there)
    assert found["total_size"][-1] == sum(size for _, size in there)
    assert sum(many for many, _ in there) > 10
    assert {item.name for item in (await service.client.prefix_popular_items(prefix.id)).most_hit_keys} <= set(KEYS)


@needs_memcached
async def test_a_key_on_either_of_two_servers_is_in_the_cache_and_its_size_is_that_of_its_value() -> None:
    with real_server() as one, real_server() as two:
        async with standing(one.address, two.address) as service:
            with connected(two) as client:
                client.set("held", b"x" * 321)
            (row,) = (await service.client.key_stats("held")).items
            assert (row.in_cache, row.size) == (True, 321)
            assert (await service.client.key_stats("never")).items == ()
            assert (await service.client.key_stats("not there")).items == ()
            assert (await service.grades())["stats.cmd_get"].note == "with mctop's own mg of keys that have blanks"
            with connected(two) as client:
                client.raw_command(b"ms %b 5 b\r\nvalue" % b64encode(b"is\nthere"))
            (row,) = (await service.client.key_stats("is\nthere")).items
            assert (row.in_cache, row.size) == (True, 5)


async def test_of_a_key_that_a_server_cannot_be_asked_for_it_is_not_known_whether_it_is_there() -> None:
    modern = {
        b"version": b"VERSION 1.6.9\r\n",
        b"stats": b"STAT pid 1\r\nSTAT uptime 9\r\nSTAT version 1.6.9\r\nEND\r\n",
        b"stats settings": b"STAT evictions on\r\nEND\r\n",
        b"mg ! b": b"CLIENT_ERROR invalid flag\r\n",
    }
    async with fake_server(modern) as address, standing(address, by_itself=False) as service:
        await service.sample()
        (row,) = (await service.client.key_stats("has blanks")).items
        assert (row.in_cache, row.hit_count, row.size) == (None, 0, 0)


@needs_memcached
async def test_the_first_answer_of_a_watch_that_just_began_is_not_empty() -> None:
    with real_server() as server, connected(server) as client:
        client.set("hot", "1")
        async with standing(server.address) as service:
            await until(lambda: service.members[0].capabilities)
            busy = asyncio.create_task(asyncio.to_thread(keep_getting, client))
            logs, popular = await asyncio.gather(service.client.recent_logs(), service.client.popular_items())
            await busy
            assert logs.servers[0].lines
            assert [item.name for item in popular.most_hit_keys] == ["hot"]


def keep_getting(client: Client) -> None:
    """Get a key for as long as the first lines of a watch are waited for."""
    end = time.monotonic() + 1.5
    while time.monotonic() < end:
        client.get("hot")
        time.sleep(0.02)


async def test_of_a_server_that_cannot_tell_it_is_not_known_whether_it_holds_a_key_or_how_many() -> None:
    async with fake_server(OLD) as address, standing(address, by_itself=False) as service:
        await service.sample()
        service.gateway.introspection.key_counts("seen")
        traffic = service.members[0].watcher.traffic
        traffic.begin(0.0, sees_stores=False)
        for chunk in (b"ts=1.2 gid=1 type=item_get key=seen status=found clsid=1 cfd=17 size=1\n", b"", b""):
            traffic.feed(chunk, 1.0)
        (row,) = (await service.client.key_stats("seen")).items
        assert (row.in_cache, row.hit_count) == (None, 1)
        prefix = await service.client.watch_prefix("se")
        gateway = service.gateway
        await PrefixCensuses(service.members, gateway.introspection, gateway.history, service.account.prefixes).take()
        now = time.time()
        answer = await service.client.prefix_stats(prefix.id, now - 300, now + 60)
        assert not [series for series in answer.series if any(value is not None for value in series.values)]
        grades = await service.grades()
        assert {grades[of].grade for of in ("key_stats.in_cache", "prefix_stats.num_keys", "recent_logs")} == {
            "impossible"
        }
        assert "1.4.26" in grades["recent_logs"].note
