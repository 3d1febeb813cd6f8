"""What a server holds, by prefix."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from mctop.service.memcached.prefix_census import Census, Holding, take_census
from mctop.service.memcached.protocol.address import Access, Address
from mctop.service.memcached.protocol.commands import METADUMP, me
from mctop.service.memcached.protocol.connection import MemcachedConnection
from mctop.service.memcached.protocol.replies import meta
from mctop.service.memcached.protocol.trouble import ServerTrouble
from tests.service.memcached.fakeserver import fake_server

if TYPE_CHECKING:
    from pymemcache.client.base import Client

    from tests.service.memcached.realserver import RealServer

PREFIXES = ("user:", "user:1", "ä/%", "none:", "")


async def test_a_census_counts_every_item_and_its_footprint_by_prefix(memcached: RealServer, client: Client) -> None:
    keys = [f"user:{n}" for n in range(1500)] + [f"ä/%{n}" for n in range(300)] + [f"User:{n}" for n in range(7)]
    client.set_many({key.encode(): b"x" * (len(key) * 13 % 997) for key in keys}, noreply=False)
    census = await take_census(memcached.address, Access(), PREFIXES)
    connection = await MemcachedConnection.open(memcached.address, Access())
    footprints = {}
    for key in keys:
        item = meta((await connection.ask(me(key.encode())))[0])
        assert item is not None
        footprints[key] = item.size
    connection.close()
    expected = {}
    for prefix in PREFIXES:
        sizes = [size for key, size in footprints.items() if key.startswith(prefix)]
        expected[prefix] = Holding(len(sizes), sum(sizes))
    assert census == Census(expected[""], expected)
    assert census.total.num_keys == client.stats()[b"curr_items"] == len(keys)
    assert census.total.total_size == client.stats()[b"bytes"]


async def test_an_empty_server_holds_nothing(memcached: RealServer) -> None:
    census = await take_census(memcached.address, Access(), ("a",))
    assert census == Census(Holding(), {"a": Holding()})


async def test_a_server_that_is_busy_with_another_dump_says_so() -> None:
    answers = {
        b"version": b"VERSION 1.6.18\r\n",
        METADUMP.name.encode(): b"BUSY currently processing crawler request\r\n",
    }
    async with fake_server(answers) as address:
        with pytest.raises(ServerTrouble, match="refused: BUSY currently processing"):
            await take_census(address, Access(), ())


async def test_a_dump_that_is_cancelled_is_still_read_to_its_end() -> None:
    may_end, has_left = asyncio.Event(), asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"VERSION 1.6.18\r\n")
        await reader.readline()
        writer.write(b"key=a size=1\n")
        await may_end.wait()
        assert not reader.at_eof()
        writer.write(b"END\r\n")
        await reader.read()
        writer.close()
        has_left.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    connection = await MemcachedConnection.open(Address("127.0.0.1", server.sockets[0].getsockname()[1]), Access())

    def cancel(_: bytes) -> None:
        dump.cancel()

    dump = asyncio.create_task(connection.stream(METADUMP, cancel))
    done, _ = await asyncio.wait((dump,), timeout=0.1)
    assert not done
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await dump
    assert not connection.is_open
    await has_left.wait()
    server.close()
