"""Watching real servers, against what an independent client did."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from pymemcache.client.base import Client

from mctop.api.certificates import trusting
from mctop.service.memcached.protocol.address import Access, Address
from mctop.service.memcached.protocol.capabilities import capabilities
from mctop.service.memcached.protocol.commands import WatchKind
from mctop.service.memcached.protocol.replies import encoded
from mctop.service.memcached.protocol.server import MemcachedServer
from mctop.service.memcached.stream import watcher as module
from mctop.service.memcached.stream.introspection import Introspection
from mctop.service.memcached.stream.watcher import DROPPED, LINGER, Watcher
from tests.api.faultserver import CERTIFICATE
from tests.service.memcached.fakeserver import fake_server
from tests.service.memcached.realserver import needs_memcached, real_server
from tests.service.memcached.recorder import recording
from tests.service.memcached.stream.truth import KEYS, plain, work

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from mctop.service.memcached.protocol.capabilities import ServerCapabilities
    from tests.service.memcached.realserver import RealServer

ROOMY = ("-o", "worker_logbuf_size=8192,watcher_logbuf_size=8192")
"""Buffers that hold all that a test does, so that a busy machine loses no line."""
TLS = ("-B", "ascii", "-Z", "-o", f"ssl_chain_cert={CERTIFICATE},ssl_key={CERTIFICATE}")
ABLE = capabilities("1.6.18", {"binding_protocol": "ascii"}, has_mn=True, has_me=True)
WARM = "warm"
PATIENCE = 10.0
"""Seconds that anything may take."""


@dataclass
class Clock:
    """A clock that stands still."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


async def until(is_so: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


def watcher_of(address: Address, known: ServerCapabilities | None = ABLE, clock: Clock | None = None) -> Watcher:
    """A watcher of a server that was heard of."""
    return Watcher(address, Access(), lambda: known, clock or Clock())


@asynccontextmanager
async def running(watcher: Watcher) -> AsyncIterator[Watcher]:
    """Run a watcher that is wanted."""
    task = asyncio.create_task(watcher.run())
    watcher.want()
    try:
        yield watcher
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def warmed(watcher: Watcher, server: RealServer) -> None:
    """Wait until lines come as they are written: a server that was idle looks for them once a second."""
    await until(lambda: watcher.state.on)
    with closing(Client((server.address.host, server.port))) as client:
        await until(lambda: client.get(WARM) is None and watcher.log)


def seen(watcher: Watcher) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each key was hit, missed and changed, without that of the warming."""
    slices = watcher.traffic.slices
    kinds: list[Counter[bytes]] = [Counter(), Counter(), Counter()]
    slices.sum_into(kinds[0], lambda one: one.all.hits)
    slices.sum_into(kinds[1], lambda one: one.all.misses)
    slices.sum_into(kinds[2], lambda one: one.all.mutations)
    hits, misses, mutations = (Counter({plain(key): kind[key] for key in kind}) for kind in kinds)
    del misses[WARM]
    return hits, misses, mutations


@pytest.fixture(autouse=True)
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look often, and try again soon."""
    monkeypatch.setattr(module, "QUIET", 0.05)
    monkeypatch.setattr(module, "FIRST_WAIT", 0.05)


@needs_memcached
async def test_every_key_is_counted_as_several_clients_at_once_used_it() -> None:
    with real_server("-B", "ascii", *ROOMY) as server:
        watcher = watcher_of(server.address)
        assert Introspection((watcher,)).key_counts(KEYS[0]) == (None, None, None), "nobody watches yet"
        async with running(watcher):
            await warmed(watcher, server)
            truths = await asyncio.gather(*(asyncio.to_thread(work, server, seed, 800) for seed in range(4)))
            kinds = watcher.state.kinds
            expected = tuple(
                sum(kind, Counter[str]()) for kind in zip(*(t.expected(kinds) for t in truths), strict=True)
            )
            await until(lambda: seen(watcher) == expected)
            popular = Introspection((watcher,)).popular_items()
            hottest = [item.popularity for item in popular.most_hit_keys]
            assert hottest == [many for _, many in expected[0].most_common(20)]
            assert {item.name for item in popular.popular_prefixes} == {"user:", "post:", "é:"}
            assert Introspection((watcher,)).key_counts(KEYS[0]) == tuple(kind[KEYS[0]] for kind in expected)
            assert Introspection((watcher,)).sampled() == 1.0
            assert len(watcher.log) == 100
            assert {line.command for line in watcher.log} <= {"GET", "SET", "ADD", "CAS", "DELETE"}


@needs_memcached
async def test_where_changes_could_crash_a_server_only_lookups_are_watched_and_it_says_why() -> None:
    with real_server(*ROOMY) as server:
        async with recording(server.address) as recorder, running(watcher_of(recorder.address)) as watcher:
            await warmed(watcher, server)
            if WatchKind.MUTATIONS in watcher.state.kinds:
                pytest.skip("this memcached is safe")
            truth = await asyncio.to_thread(work, server, 1, 400)
            hits = truth.expected(())[0]
            await until(lambda: all(seen(watcher)[0][key] >= hits[key] for key in hits))
            assert seen(watcher)[2].total() == 0
            assert Introspection((watcher,)).key_counts(KEYS[0]).mutations is None
            assert "crash" in watcher.state.without
        assert b"watch fetchers\r\n" in recorder.commands()
        assert not any(b"mutations" in command for command in recorder.commands())


@needs_memcached
async def test_evicted_items_are_no_mutations_and_the_stores_that_evict_them_are() -> None:
    with real_server("-B", "ascii", *ROOMY, "-m", "2") as server:
        async with running(watcher_of(server.address)) as watcher:
            await warmed(watcher, server)
            with closing(Client((server.address.host, server.port), default_noreply=False)) as client:
                for number in range(300):
                    await asyncio.to_thread(client.set, f"large{number}", "x" * 20_000)
                assert client.stats()[b"evictions"] > 0
            await until(lambda: seen(watcher)[2].total() == 300)
            assert seen(watcher)[0].total() == 0


@needs_memcached
async def test_our_own_question_for_a_key_is_no_get_of_it() -> None:
    with real_server("-B", "ascii") as server:
        async with running(watcher_of(server.address)) as watcher:
            await warmed(watcher, server)
            asked = MemcachedServer(server.address, Access())
            key = KEYS[0]
            with closing(Client((server.address.host, server.port), default_noreply=False)) as client:
                client.set(key, "1")
                client.get(key)
                for _ in range(3):
                    with watcher.asking():
                        item = await asked.me(key.encode())
                        watcher.leave_out(encoded(key.encode()), was_there=item is not None)
                client.get(key)
                client.get("last")
                client.get("last")
            expected = Counter({key: 2}), Counter({"last": 2}), Counter({key: 1})
            await until(lambda: seen(watcher) == expected)
            assert [line.command for line in watcher.log if line.key == key] == ["SET", "GET", "GET"]
            asked.close()


@needs_memcached
async def test_a_server_is_watched_over_tls() -> None:
    with real_server(*TLS) as server:
        access = Access(trusting(CERTIFICATE))
        watcher = Watcher(Address("localhost", server.port), access, lambda: ABLE, Clock())
        async with running(watcher):
            await until(lambda: watcher.state.on)
            with closing(Client(("localhost", server.port), tls_context=access.tls)) as client:
                await until(lambda: client.get(WARM) is None and watcher.log)
        assert server.is_alive()


@needs_memcached
async def test_a_server_is_watched_over_one_connection_while_it_is_wanted_and_for_a_while_after() -> None:
    with real_server("-B", "ascii") as server:
        clock = Clock()
        async with recording(server.address) as recorder:
            watcher = watcher_of(recorder.address, clock=clock)
            task = asyncio.create_task(watcher.run())
            await asyncio.sleep(0)
            assert not recorder.connections
            watcher.want()
            await until(lambda: watcher.state.on)
            clock.now = LINGER - 1
            watcher.want()
            clock.now = 2 * LINGER - 2
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.3):
                    await until(lambda: not watcher.state.on)
            clock.now = 2 * LINGER
            await until(lambda: not watcher.state.on and not recorder.open_now)
            assert (len(recorder.connections), recorder.most_open) == (1, 1)
            watcher.want()
            await until(lambda: watcher.state.on)
            assert (len(recorder.connections), recorder.most_open) == (2, 1)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await until(lambda: not recorder.open_now)
        assert server.is_alive()


@needs_memcached
async def test_a_server_that_restarts_is_watched_again() -> None:
    with real_server("-B", "ascii") as server:
        async with running(watcher_of(server.address)) as watcher:
            await until(lambda: watcher.state.on)
            server.kill()
            await until(lambda: watcher.state.trouble)
            assert not watcher.state.on
            server.start()
            await until(lambda: watcher.state.on)
            assert watcher.state.trouble == ""
            await warmed(watcher, server)


@needs_memcached
async def test_a_server_that_forbids_watching_says_so() -> None:
    with real_server("-B", "ascii", "-W") as server:
        async with running(watcher_of(server.address)) as watcher:
            await until(lambda: watcher.state.trouble)
            assert "watch commands not allowed" in watcher.state.trouble
            assert not watcher.state.on
            assert Introspection((watcher,)).sampled() is None


async def test_a_server_that_has_no_watch_is_left_alone() -> None:
    async with fake_server({}) as address, recording(address) as recorder:
        async with running(
            watcher_of(recorder.address, capabilities("1.4.25", {}, has_mn=False, has_me=False))
        ) as watcher:
            await until(lambda: watcher.state.trouble)
            assert "1.4.26" in watcher.state.trouble
        assert not recorder.connections


async def test_lines_that_were_skipped_or_dropped_are_missing_from_the_sample() -> None:
    lines = b"".join(b"ts=1.2 gid=1 type=item_get key=k%d status=found clsid=1 cfd=17 size=1\n" % n for n in range(90))
    answers = {
        b"version": b"VERSION 1.6.18\r\n",
        b"mn": b"MN\r\n",
        b"stats settings": b"STAT binding_protocol ascii\r\nEND\r\n",
        b"watch fetchers mutations": b"OK\r\n" + lines + b"skipped=4\n",
    }
    async with fake_server(answers) as address, running(watcher_of(address)) as watcher:
        watcher.compare({DROPPED: 1_000})
        await until(lambda: watcher.state.lines == 90)
        watcher.compare({DROPPED: 1_004})
        watcher.compare({DROPPED: 2})
        state = watcher.state
        assert (state.lines, state.skipped, state.dropped) == (90, 4, 6)
        assert Introspection((watcher,)).sampled() == 0.9


@needs_memcached
@pytest.mark.parametrize("flags", [(), ("-B", "ascii")])
async def test_no_lookup_of_a_client_is_taken_for_ours_while_we_look_at_the_same_key(flags: tuple[str, ...]) -> None:
    with real_server(*flags, *ROOMY) as server:
        asked = MemcachedServer(server.address, Access())
        async with running(watcher_of(server.address)) as watcher:
            await warmed(watcher, server)
            with closing(Client((server.address.host, server.port), default_noreply=False)) as client:
                for number in range(40):
                    with watcher.asking():
                        item = await asked.me(b"key")
                        watcher.leave_out(b"key", was_there=item is not None)
                    await asyncio.to_thread(client.get, "key")
                    if number == 19:
                        client.cas("key", "1", b"1")  # a store of nothing: a lookup of a key that is absent
                        client.add("other", "1")
                        await asyncio.to_thread(client.set, "key", "1")
            sees_stores = WatchKind.MUTATIONS in watcher.state.kinds
            absent = 20 if sees_stores else 22
            await until(lambda: (seen(watcher)[0]["key"], seen(watcher)[1]["key"]) == (20, absent))
        asked.close()
