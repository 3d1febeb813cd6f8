"""A connection, and what is said about servers that do not do what is asked."""

from __future__ import annotations

import asyncio
import socket
import ssl
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from mctop.api.certificates import trusting
from mctop.service.memcached.protocol import connection as module
from mctop.service.memcached.protocol.address import Access, Address
from mctop.service.memcached.protocol.commands import FLUSH_ALL, METADUMP, RESET, STATS, VERSION, WatchKind, me, watch
from mctop.service.memcached.protocol.connection import MemcachedConnection
from mctop.service.memcached.protocol.trouble import ServerTrouble, TroubleKind
from tests.api.faultserver import CERTIFICATE
from tests.service.memcached.fakeserver import fake_server
from tests.service.memcached.realserver import free_port, needs_memcached, real_server, sasl_only

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pymemcache.client.base import Client

    from mctop.service.memcached.protocol.commands import MemcachedCommand
    from tests.service.memcached.realserver import RealServer

TLS = ("-Z", "-o", f"ssl_chain_cert={CERTIFICATE},ssl_key={CERTIFICATE}")
PLAIN = Access()
SAYS_VERSION = {b"version": b"VERSION 1.6.18\r\n"}


async def trouble_with(address: Address, access: Access = PLAIN, command: MemcachedCommand = STATS) -> ServerTrouble:
    """What goes wrong when a command is asked on a new connection."""
    with pytest.raises(ServerTrouble) as caught:
        await ask_once(address, access, command)
    assert str(caught.value).startswith(f"{address.text}: ")
    return caught.value


async def ask_once(address: Address, access: Access, command: MemcachedCommand) -> None:
    """Ask on a new connection."""
    connection = await MemcachedConnection.open(address, access)
    try:
        await connection.ask(command)
    finally:
        connection.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for answers a tenth of a second at most."""
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.1)
    monkeypatch.setattr(module, "SILENCE_SECONDS", 0.1)


@needs_memcached
async def test_what_has_no_answer_of_one_line_is_told_apart(memcached: RealServer, client: Client) -> None:
    client.set("a:b", b"x")
    connection = await MemcachedConnection.open(memcached.address, PLAIN)
    assert connection.version == "1.6.18"
    assert await connection.ask(me(b"missing")) == (b"EN",)
    (item,) = await connection.ask(me(b"a:b"))
    assert item.startswith(b"ME a:b exp=-1 ")
    assert len(await connection.ask(STATS)) > 50
    assert await connection.ask(RESET) == (b"RESET",)
    await connection.finish()
    assert not connection.is_open


@needs_memcached
async def test_a_watch_can_be_read_paused_and_finished(memcached: RealServer, client: Client) -> None:
    connection = await MemcachedConnection.open(memcached.address, PLAIN)
    assert await connection.ask(watch((WatchKind.FETCHERS,))) == (b"OK",)
    connection.pause()
    client.get("a")
    connection.resume()
    assert b"type=item_get key=a status=not_found" in await connection.read()
    connection.pause()
    await connection.finish()
    assert memcached.is_alive()


@needs_memcached
async def test_tls_is_spoken_where_asked_for_and_missed_where_not() -> None:
    believing, doubting = Access(tls=trusting(CERTIFICATE)), Access(tls=ssl.create_default_context())
    with real_server(*TLS) as server:
        there = Address("localhost", server.port)
        connection = await MemcachedConnection.open(there, believing)
        assert len(await connection.ask(STATS)) > 50
        await connection.finish()
        missed = await trouble_with(there)
        assert (missed.kind, str(missed).endswith("try --tls")) == (TroubleKind.TLS_ONLY, True)
        untrusted = await trouble_with(there, doubting)
        assert (untrusted.kind, "self-signed" in str(untrusted)) == (TroubleKind.UNTRUSTED, True)
    with real_server() as server:
        assert (await trouble_with(Address("localhost", server.port), believing)).kind is TroubleKind.NOT_TLS


@needs_memcached
async def test_credentials_are_presented_only_to_a_server_that_wants_them(
    memcached: RealServer, client: Client, tmp_path: Path
) -> None:
    users = tmp_path / "users"
    users.write_text("alice:s3cret\n")
    right, wrong = (Access(username="alice", password=SecretStr(word)) for word in ("s3cret", "nope"))
    with real_server("-Y", str(users)) as server:
        connection = await MemcachedConnection.open(server.address, right)
        assert len(await connection.ask(STATS)) > 50
        connection.close()
        assert (await trouble_with(server.address)).kind is TroubleKind.AUTH_NEEDED
        refused = await trouble_with(server.address, wrong)
        assert (refused.kind, "nope" in str(refused)) == (TroubleKind.AUTH_REFUSED, False)
        unsayable = await trouble_with(server.address, Access(username="a b", password=SecretStr("c")))
        assert unsayable.kind is TroubleKind.AUTH_REFUSED
    connection = await MemcachedConnection.open(memcached.address, right)
    connection.close()
    assert client.stats()[b"total_items"] == 0


@needs_memcached
@pytest.mark.usefixtures("impatient")
async def test_a_server_of_the_binary_protocol_only_is_known_by_its_silence(tmp_path: Path) -> None:
    with real_server("-S", environ=sasl_only(tmp_path)) as server:
        trouble = await trouble_with(server.address)
    assert trouble.kind is TroubleKind.SASL_ONLY
    assert "-S for SASL" in str(trouble)


@needs_memcached
async def test_a_server_that_is_locked_down_says_what_it_refuses() -> None:
    with real_server("-W", "-X", "-F") as server:
        watching = await trouble_with(server.address, command=watch((WatchKind.FETCHERS,)))
        assert watching.kind is TroubleKind.REFUSED
        assert "watch fetchers is refused: CLIENT_ERROR watch commands not allowed" in str(watching)
        assert "metadump not allowed" in str(await trouble_with(server.address, command=METADUMP))
        connection = await MemcachedConnection.open(server.address, PLAIN)
        with pytest.raises(ServerTrouble, match="flush_all is refused: CLIENT_ERROR flush_all not allowed"):
            await connection.ask(FLUSH_ALL)
        assert await connection.ask(RESET) == (b"RESET",)
        with pytest.raises(ServerTrouble, match="lru_crawler metadump all is refused: ERROR metadump not allowed"):
            await connection.stream(METADUMP, lambda _: None)
        assert not connection.is_open


async def test_nothing_there_and_no_such_host_are_unreachable() -> None:
    for address, words in (
        (Address("127.0.0.1", free_port()), "nothing listens"),
        (Address("no.invalid"), "not known"),
    ):
        trouble = await trouble_with(address)
        assert (trouble.kind, words in str(trouble)) == (TroubleKind.UNREACHABLE, True)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("answers", "otherwise", "kind", "words"),
    [
        (SAYS_VERSION, None, TroubleKind.NOT_MEMCACHED, "closes on stats, as proxies do"),
        (SAYS_VERSION, b"", TroubleKind.TIMED_OUT, "no answer to stats within 0.1 s"),
        (SAYS_VERSION, (b"STAT a " + b"1" * 100_000 + b"\r\n") * 20, TroubleKind.NOT_MEMCACHED, "too long"),
        (SAYS_VERSION, b"a" * 2_000_000, TroubleKind.NOT_MEMCACHED, "too long"),
        (SAYS_VERSION, b"STAT a 1\r\nSERVER_ERROR out of memory\r\n", TroubleKind.REFUSED, "out of memory"),
        (SAYS_VERSION, b"SERVER_ERROR out of \x1b[2Jmemory\r\n", TroubleKind.REFUSED, "out of ·[2Jmemory"),
        ({}, b"a" * 2_000_000, TroubleKind.NOT_MEMCACHED, "too long"),
        ({}, b"HTTP/1.1 400 Bad Request\r\n", TroubleKind.NOT_MEMCACHED, "it says 'HTTP/1.1 400 Bad Request'"),
        ({}, b"ERROR Too many open connections\r\n", TroubleKind.REFUSED, "Too many open connections"),
        ({}, b"", TroubleKind.TIMED_OUT, "no answer to version"),
        ({}, None, TroubleKind.TLS_ONLY, "try --tls"),
    ],
    ids=[f"{number}" for number in range(11)],
)
async def test_what_is_not_memcached_has_a_name_and_words(
    answers: Mapping[bytes, bytes], otherwise: bytes | None, kind: TroubleKind, words: str
) -> None:
    async with fake_server(answers, otherwise=otherwise) as address:
        trouble = await trouble_with(address)
    assert trouble.kind is kind
    assert words in str(trouble)


async def test_a_server_that_closes_later_is_no_proxy() -> None:
    async with fake_server({**SAYS_VERSION, b"stats": b"STAT a 1\r\nEND\r\n"}) as address:
        connection = await MemcachedConnection.open(address, PLAIN)
        assert await connection.ask(STATS) == (b"STAT a 1",)
        with pytest.raises(ServerTrouble) as caught:
            await connection.ask(RESET)
    assert caught.value.kind is TroubleKind.CLOSED
    assert not connection.is_open


@pytest.mark.usefixtures("impatient")
async def test_a_stream_is_whole_lines_up_to_its_end_and_its_end_is_waited_for() -> None:
    chunks: list[bytes] = []
    dump = b"key=a size=1\nkey=END size=2\nEND\r\n"
    async with fake_server({**SAYS_VERSION, METADUMP.name.encode(): dump}) as address:
        connection = await MemcachedConnection.open(address, PLAIN)
        await connection.stream(METADUMP, chunks.append)
        assert b"".join(chunks) == dump.removesuffix(b"END\r\n")
        assert (await connection.ask(VERSION))[0] == b"VERSION 1.6.18"
        connection.close()
    async with fake_server({**SAYS_VERSION, METADUMP.name.encode(): dump[:-2]}) as address:
        connection = await MemcachedConnection.open(address, PLAIN)
        with pytest.raises(ServerTrouble, match="no answer to lru_crawler metadump all within"):
            await connection.stream(METADUMP, chunks.append)
        assert not connection.is_open


async def test_a_question_that_is_cancelled_leaves_no_answer_behind_for_the_next() -> None:
    async with fake_server(SAYS_VERSION, otherwise=b"") as address:
        connection = await MemcachedConnection.open(address, PLAIN)
        asking = asyncio.create_task(connection.ask(STATS))
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert not connection.is_open


async def test_the_kernel_is_to_notice_a_host_that_is_gone(memcached: RealServer) -> None:
    connection = await MemcachedConnection.open(memcached.address, Access())
    line = connection._writer.get_extra_info("socket")
    assert line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
    idle, between, most = (
        line.getsockopt(socket.IPPROTO_TCP, option)
        for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
    )
    assert idle + between * most <= 30
    connection.close()
