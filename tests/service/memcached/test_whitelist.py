"""Nothing but harmless commands ever leaves, byte for byte."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from pydantic import SecretStr

import mctop.service.memcached as package
from mctop.service.memcached.prefix_census import take_census
from mctop.service.memcached.protocol.address import Access, Address
from mctop.service.memcached.protocol.commands import watch
from mctop.service.memcached.protocol.connection import MemcachedConnection
from mctop.service.memcached.protocol.latency import LatencyProbe
from mctop.service.memcached.protocol.server import MemcachedServer
from tests.service.memcached.realserver import needs_memcached, real_server
from tests.service.memcached.recorder import Recorder, recording


async def whole_session(address: Address, access: Access) -> None:
    """Everything that can be asked of a server."""
    server, pinger = MemcachedServer(address, access), LatencyProbe(address, access)
    found = await server.probe()
    await server.stats()
    await server.me(b"a:b")
    await server.reset()
    await server.flush()
    server.close()
    await pinger.latency()
    await pinger.close()
    await take_census(address, access, ("a",))
    connection = await MemcachedConnection.open(address, access)
    await connection.ask(watch(found.watch))
    await connection.finish()


@needs_memcached
async def test_a_whole_session_sends_only_what_is_allowed(tmp_path: Path) -> None:
    users = tmp_path / "users"
    users.write_text("alice:s3cret\n")
    access = Access(username="alice", password=SecretStr("s3cret"))
    with real_server() as open_to_all, real_server("-Y", str(users)) as guarded:
        async with recording(open_to_all.address) as recorder:
            await whole_session(recorder.address, access)
        assert set(recorder.commands()) == {
            b"flush_all\r\n", b"lru_crawler metadump all\r\n", b"me a:b\r\n", b"me mctop\r\n", b"mn\r\n",
            b"stats reset\r\n", b"stats settings\r\n", b"stats\r\n", b"version\r\n", b"watch fetchers\r\n",
        }  # fmt: skip
        async with recording(guarded.address) as recorder:
            await whole_session(recorder.address, access)
        commands = recorder.commands()
        assert commands.count(b"set auth 0 0 12\r\nalice s3cret\r\n") == len(recorder.connections) == 4
        assert b"watch fetchers mutations\r\n" in commands


@pytest.mark.parametrize("sent", [b"stats extstore\r\n", b"stats sizes\r\n", b"get a\r\n", b"me a b\r\n", b"mn", b"\n"])
def test_the_recorder_finds_what_is_not_allowed(sent: bytes) -> None:
    with pytest.raises(AssertionError, match="was sent"):
        Recorder(Address("localhost"), [bytearray(b"version\r\n" + sent)]).commands()


def test_only_one_module_spells_lines_for_a_server() -> None:
    assert package.__file__ is not None
    spelling = {
        path.name
        for path in Path(package.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, bytes) and node.value.endswith(b"\r\n")
        if len(node.value) > len(b"\r\n")
    }
    assert spelling == {"commands.py"}
