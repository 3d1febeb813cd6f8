"""The API behind the file of a socket."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from mctop.api.errors import Unreachable
from mctop.api.transport import Transport

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class Listener:
    """Counts its connections, and answers as many requests on each as it is `lasting`."""

    def __init__(self, lasting: int = 100) -> None:
        self.lasting, self.connections, self.requests = lasting, 0, list[bytes]()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        self.connections += 1
        try:
            for _ in range(self.lasting):
                self.requests.append(await reader.readuntil(b"\r\n\r\n"))
                writer.write(ANSWER)
        except asyncio.IncompleteReadError:
            pass
        writer.close()


@asynccontextmanager
async def listening(path: Path, listener: Listener) -> AsyncIterator[Transport]:
    """A transport to a listener on a socket, which is gone after the block."""
    transport = Transport(f"unix:{path}", None)
    server = await asyncio.start_unix_server(listener.answer, path)
    try:
        yield transport
    finally:
        server.close()
        await transport.aclose()


async def test_requests_go_over_one_kept_connection_whatever_proxy_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    listener = Listener()
    async with listening(tmp_path / "api", listener) as transport:
        for _ in range(3):
            assert (await transport.send("GET", "/a%20b")).ok
        assert transport.host == f"unix:{tmp_path}/api"
    assert listener.connections == 1
    assert listener.requests[0].startswith(b"GET /a%20b HTTP/1.1\r\nHost: localhost\r\n")


async def test_a_connection_that_was_closed_while_it_idled_is_opened_again(tmp_path: Path) -> None:
    listener = Listener(lasting=1)
    async with listening(tmp_path / "api", listener) as transport:
        for _ in range(3):
            assert (await transport.send("GET", "/")).ok
    assert listener.connections == 3


async def test_a_socket_on_which_nobody_listens_is_named(tmp_path: Path) -> None:
    transport = Transport(f"unix:{tmp_path}/gone", None)
    with pytest.raises(Unreachable, match=f"cannot connect to unix:{tmp_path}/gone: "):
        await transport.send("GET", "/")
    await transport.aclose()
