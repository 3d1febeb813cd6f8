"""A SOCKS 5 proxy on loopback that asks for a username and connects to one port, whatever name it is given."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

HOST_NAME, BY_PASSWORD = 3, 2


@asynccontextmanager
async def socks_proxy(target: int) -> AsyncIterator[tuple[int, list[bytes]]]:
    """Serve, and give the port and the names that are asked for as they come."""
    asked: list[bytes] = []
    pumps: set[asyncio.Task[None]] = set()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(4096):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(bytes((5, BY_PASSWORD)))
        _, username = await reader.readexactly(2)
        await reader.readexactly(username)
        await reader.readexactly((await reader.readexactly(1))[0])  # the password
        writer.write(b"\x01\x00")
        _, _, _, kind = await reader.readexactly(4)
        assert kind == HOST_NAME
        asked.append(await reader.readexactly((await reader.readexactly(1))[0]))
        await reader.readexactly(2)
        there, back = await asyncio.open_connection("127.0.0.1", target)
        writer.write(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        for ends in ((reader, back), (there, writer)):
            task = asyncio.create_task(pump(*ends))
            pumps.add(task)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], asked
        for task in pumps:
            task.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)
