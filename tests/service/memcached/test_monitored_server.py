"""One server, and our own lookups of its keys beside those of clients."""

from __future__ import annotations

import asyncio

import pytest

from mctop.service.base.served_cache import MemcachedCache
from mctop.service.memcached.gateway import Gateway
from mctop.service.memcached.history.history import MemcachedHistory
from mctop.service.memcached.monitored_server import MonitoredServer
from mctop.service.memcached.protocol.address import Access
from mctop.service.memcached.protocol.capabilities import capabilities
from mctop.service.memcached.protocol.commands import WatchKind
from mctop.service.memcached.protocol.trouble import ServerTrouble
from mctop.service.memcached.stream.introspection import Introspection
from tests.service.memcached.fakeserver import fake_server
from tests.service.memcached.realserver import needs_memcached, real_server
from tests.service.memcached.standing import until

LINES = b"".join(b"ts=1.2 gid=1 type=item_get key=k%d status=found clsid=1 cfd=17 size=1\n" % n for n in range(9))
ANSWERS = {
    b"version": b"VERSION 1.6.18\r\n",
    b"stats": b"STAT pid 1\r\nSTAT uptime 9\r\nSTAT version 1.6.18\r\nEND\r\n",
    b"stats settings": b"STAT evictions on\r\nEND\r\n",
    b"mn": b"MN\r\n",
    b"me mctop": b"EN\r\n",
    b"watch fetchers": b"OK\r\n" + LINES,
}


async def test_a_lookup_whose_answer_is_lost_makes_what_is_seen_less_than_all() -> None:
    async with fake_server(ANSWERS) as address:
        member = MonitoredServer(address, Access(), MemcachedHistory(None, (address.text,)))
        await member.sample()
        task = asyncio.create_task(member.watcher.run())
        member.watcher.want()
        await until(lambda: member.watcher.state.lines == 9)
        assert Introspection((member.watcher,)).sampled() == 1.0
        with pytest.raises(ServerTrouble):
            await member.item(b"k1")
        assert Introspection((member.watcher,)).sampled() == 0.9
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await member.close()


@needs_memcached
@pytest.mark.parametrize("stated", [True, False])
async def test_changes_are_watched_on_an_old_server_only_where_its_owner_states_that_it_is_safe(
    *, stated: bool
) -> None:
    with real_server() as server:
        gateway = Gateway.of(MemcachedCache(server.address.text, watch_changes=stated))
        (member,) = gateway.members
        await member.sample()
        assert member.capabilities is not None
        if WatchKind.MUTATIONS in capabilities(member.capabilities.version, {}, has_mn=True, has_me=True).watch:
            pytest.skip("this memcached is safe")
        task = asyncio.create_task(member.watcher.run())
        member.watcher.want()
        await until(lambda: member.watcher.state.on)
        assert (WatchKind.MUTATIONS in member.watcher.state.kinds) == stated
        assert bool(member.watcher.state.without) != stated
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await gateway.close()
