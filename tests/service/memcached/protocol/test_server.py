"""One server and what it is asked, against an independent client."""

from __future__ import annotations

import asyncio
import contextlib
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from pymemcache.client.base import Client

from mctop.api.models.stats import Counters
from mctop.service.memcached.protocol.address import Access
from mctop.service.memcached.protocol.commands import WatchKind
from mctop.service.memcached.protocol.counters import counters
from mctop.service.memcached.protocol.replies import value_size
from mctop.service.memcached.protocol.server import MemcachedServer
from mctop.service.memcached.protocol.trouble import OutcomeUnknown, ServerTrouble, TroubleKind
from tests.service.memcached.fakeserver import fake_server
from tests.service.memcached.realserver import needs_memcached, real_server
from tests.service.memcached.recorder import recording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.service.memcached.realserver import RealServer

OWN_TRAFFIC = {"bytes_read", "bytes_written", "time"}
"""Counters that asking for them changes."""


@contextlib.contextmanager
def asked(server: RealServer) -> Iterator[MemcachedServer]:
    """A server to ask, closed at the end."""
    asked = MemcachedServer(server.address, Access(), clock=lambda: 1000.0)
    try:
        yield asked
    finally:
        asked.close()


def busy(client: Client) -> None:
    """Make every counter of a command count something, each another number."""
    client.set("n", b"10")
    for _ in range(2):
        client.get("n")
    for _ in range(3):
        client.get("missing")
    for _ in range(4):
        client.incr("n", 1)
    client.decr("n", 1)
    client.decr("missing", 1)
    client.touch("n", 100)
    client.touch("missing", 100)
    client.delete("missing")
    _, cas = client.gets("n")
    client.cas("n", b"1", cas)
    client.cas("n", b"1", cas)
    client.cas("missing", b"1", cas)
    client.delete("n")


async def test_the_counters_are_those_that_pymemcache_sees(memcached: RealServer, client: Client) -> None:
    with asked(memcached) as server:
        await server.stats()
        busy(client)
        sample = await server.stats()
        seen = {name.decode(): value for name, value in client.stats().items()}
        assert (sample.at, sample.pid, server.trouble) == (1000.0, seen["pid"], None)
        same = [name for name in Counters.model_fields if name in seen and name not in OWN_TRAFFIC]
        assert len(same) == 31 - len({"cmd_delete", "expired"} | OWN_TRAFFIC)
        assert {name: sample.counters[name] for name in same} == {name: seen[name] for name in same}
        found = counters(sample.counters)
    assert (found.get_hits, found.get_misses, found.cmd_get, found.cmd_set) == (3, 3, 6, 4)
    assert (found.incr_hits, found.decr_hits, found.decr_misses) == (4, 1, 1)
    assert (found.delete_hits, found.delete_misses, found.cmd_delete) == (1, 1, 2)
    assert (found.cas_hits, found.cas_badval, found.cas_misses, found.touch_hits, found.touch_misses) == (1, 1, 1, 1, 1)
    assert found.limit_maxbytes == 64 * 1024 * 1024


async def test_a_key_is_looked_up_without_touching_it_and_its_size_is_exact(
    memcached: RealServer, client: Client
) -> None:
    sizes = [0, 1, 2, 7, 100, 1000, 9_999, 100_000, 600_000, 1_000_000]
    for size in sizes:
        client.set(f"size:{size}", b"x" * size)
    client.set("k" * 250, b"xyz", expire=100)
    with asked(memcached) as server:
        before = await server.stats()
        for size in sizes:
            key = f"size:{size}".encode()
            item = await server.me(key)
            assert item is not None
            assert value_size(item, key) == size
        item = await server.me(b"k" * 250)
        assert item is not None
        assert value_size(item, b"k" * 250) == 3
        assert await server.me(b"missing") is None
        with pytest.raises(ValueError, match="a key has"):
            await server.me(b"a b")
        after = await server.stats()
    for name in ("cmd_get", "get_hits", "get_misses", "cmd_touch", "curr_items"):
        assert after.counters[name] == before.counters[name], name


@needs_memcached
async def test_a_key_that_no_text_can_spell_is_asked_for_all_the_same(memcached: RealServer) -> None:
    keys = (b"with blanks", b"two\r\nlines", b"\0\x7f", b"\xff\xfe")
    with contextlib.closing(Client(("127.0.0.1", memcached.port), default_noreply=False)) as client:
        for key in keys:
            client.raw_command(b"ms %b 3 b\r\nabc" % b64encode(key))
    with asked(memcached) as server:
        assert [await server.value_size(key) for key in keys] == [3, 3, 3, 3]
        assert await server.value_size(b"no such key") is None
        assert server.own_gets == 4


@pytest.mark.parametrize("answer", [b"ERROR\r\n", b"EN\r\n", b"CLIENT_ERROR invalid flag\r\n"])
async def test_a_server_that_reads_no_base64_knows_nothing_of_such_a_key(answer: bytes) -> None:
    replies = {b"version": b"VERSION 1.6.45\r\n", b"mg ! b": answer, b"mg YSBi b s u": b"EN\r\n"}
    async with fake_server(replies) as address:
        server = MemcachedServer(address, Access())
        with pytest.raises(ServerTrouble, match="reads no keys in base64"):
            await server.value_size(b"a b")
        server.close()


@needs_memcached
async def test_the_size_of_a_value_is_exact_on_a_server_without_cas_too() -> None:
    with real_server("-C") as real, asked(real) as server:
        with contextlib.closing(Client(("127.0.0.1", real.port), default_noreply=False)) as client:
            client.set("a:b", b"x" * 77)
        item = await server.me(b"a:b")
        assert item is not None
        assert value_size(item, b"a:b") == 77


async def test_flush_drops_the_items_and_reset_zeroes_the_counters(memcached: RealServer, client: Client) -> None:
    client.set("a", b"x")
    with asked(memcached) as server:
        await server.flush()
        assert client.get("a") is None
        assert (await server.stats()).counters["cmd_flush"] == 1
        await server.reset()
        sample = await server.stats()
    assert (sample.counters["cmd_flush"], sample.counters["get_misses"], sample.counters["cmd_set"]) == (0, 0, 0)


async def test_a_server_that_vanishes_is_trouble_until_it_is_back_as_another_process(memcached: RealServer) -> None:
    with asked(memcached) as server:
        before = await server.stats()
        memcached.kill()
        for _ in range(2):
            with pytest.raises(ServerTrouble) as caught:
                await server.stats()
            assert caught.value.kind is TroubleKind.UNREACHABLE
            assert server.trouble is caught.value
        memcached.start()
        after = await server.stats()
        assert server.trouble is None
        assert after.pid != before.pid
        memcached.kill()
        memcached.start()
        await server.flush()
        assert (await server.stats()).counters["cmd_flush"] == 1


async def test_many_questions_at_once_take_one_connection_and_get_their_own_answers(
    memcached: RealServer, client: Client
) -> None:
    for number in range(20):
        client.set(f"k{number}", b"x" * number)
    with asked(memcached) as server:
        found = await asyncio.gather(*(server.me(f"k{number}".encode()) for number in range(20)))
        sizes = [value_size(item, f"k{number}".encode()) for number, item in enumerate(found) if item]
        assert sizes == list(range(20))
        assert (await server.stats()).counters["curr_connections"] == 2


@needs_memcached
async def test_a_server_says_what_it_can_do_and_what_it_refuses_is_no_trouble() -> None:
    with real_server("-X", "-F") as real, asked(real) as server:
        found = await server.probe()
        assert (found.version, found.watch, found.has_metadump) == ("1.6.18", (WatchKind.FETCHERS,), False)
        await server.stats()
        with pytest.raises(ServerTrouble, match="flush_all is refused"):
            await server.flush()
        assert server.trouble is None


async def test_stats_that_name_no_process_are_trouble() -> None:
    answers = {b"version": b"VERSION 1.6.18\r\n", b"stats": b"STAT a 1\r\nEND\r\n"}
    async with fake_server(answers) as address:
        server = MemcachedServer(address, Access())
        with pytest.raises(ServerTrouble, match="its stats name no process"):
            await server.stats()
        assert server.trouble is not None
        server.close()


async def test_a_change_is_never_sent_twice(memcached: RealServer) -> None:
    async with recording(memcached.address) as recorder:
        server = MemcachedServer(recorder.address, Access())
        await server.stats()
        memcached.kill()
        memcached.start()
        await server.flush()
        assert recorder.commands().count(b"flush_all\r\n") == 1
        server.close()
    async with fake_server({b"version": b"VERSION 1.6.18\r\n"}) as address, recording(address) as recorder:
        server = MemcachedServer(recorder.address, Access())
        with pytest.raises(ServerTrouble) as caught:
            await server.flush()
        assert caught.value.kind is TroubleKind.CLOSED
        assert recorder.commands().count(b"flush_all\r\n") == 1


STORED = {b"a": 51, b"b": 78, b"c": 148}
"""Keys of a 1.5.22, and the footprints it tells."""


def twofold(key: bytes) -> bytes:
    """What 1.5.19 to 1.5.22 answer to `me` of an item: two lines."""
    return b"ME %b exp=-1 la=3 cas=2 fetch=yes cls=1 size=%d\r\nEN\r\n" % (key, STORED[key])


OLD_META = {
    b"version": b"VERSION 1.5.22\r\n",
    b"stats": b"STAT pid 1\r\nSTAT uptime 9\r\nEND\r\n",
    b"flush_all": b"OK\r\n",
    b"stats reset": b"RESET\r\n",
    b"me x": b"EN\r\n",
    **{b"me " + key: twofold(key) for key in STORED},
}


async def test_a_server_that_answers_an_item_with_two_lines_stays_in_step() -> None:
    async with fake_server(OLD_META) as address:
        server = MemcachedServer(address, Access())
        for key in (b"a", b"b", b"c", b"a", b"x", b"b", b"x", b"c"):
            item = await server.me(key)
            assert (None if item is None else item.size) == STORED.get(key)
        await server.flush()
        await server.me(b"a")
        await server.reset()
        assert (await server.stats()).pid == 1
        server.close()


@pytest.mark.parametrize("answer", [b"EN\r\n", b"VERSION 1.5.22\r\n", b"OKAY\r\n", b"\r\n"])
async def test_a_change_whose_answer_does_not_fit_may_have_been_done(answer: bytes) -> None:
    async with fake_server({**OLD_META, b"flush_all": answer}) as address, recording(address) as recorder:
        server = MemcachedServer(recorder.address, Access())
        with pytest.raises(OutcomeUnknown, match="whether flush_all was done is not known: its answer does not fit"):
            await server.flush()
        assert recorder.commands().count(b"flush_all\r\n") == 1
        assert (await server.stats()).pid == 1, "on another connection, in step again"
        assert len(recorder.connections) == 2
        server.close()


async def test_a_change_that_is_refused_was_not_done() -> None:
    async with fake_server({**OLD_META, b"flush_all": b"CLIENT_ERROR flush_all not allowed\r\n"}) as address:
        server = MemcachedServer(address, Access())
        with pytest.raises(ServerTrouble, match="flush_all is refused") as caught:
            await server.flush()
        assert not isinstance(caught.value, OutcomeUnknown)
        server.close()


@pytest.mark.parametrize(
    "answer", [b"ME b exp=-1 size=9 cas=1\r\n", b"EN\r\nEN\r\nEN\r\n", b"OK\r\n", b"STAT a 1\r\nEND\r\n"]
)
async def test_an_item_that_was_not_asked_for_is_no_answer(answer: bytes) -> None:
    async with fake_server({**OLD_META, b"me a": answer}) as address:
        server = MemcachedServer(address, Access())
        with pytest.raises(ServerTrouble, match="its answer does not fit me"):
            await server.me(b"a")
        item = await server.me(b"b")
        assert item is not None
        assert item.size == STORED[b"b"]
        server.close()
