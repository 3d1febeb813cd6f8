"""Servers that are not quite memcached."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from mctop.service.memcached.protocol.address import Address

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping


@asynccontextmanager
async def fake_server(answers: Mapping[bytes, bytes], *, otherwise: bytes | None = None) -> AsyncIterator[Address]:
    """Answer each line as told; on a line that is not told, answer `otherwise`, or close where it is None."""
    served: list[tuple[asyncio.Task[None] | None, asyncio.StreamWriter]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.append((asyncio.current_task(), writer))
        with suppress(ConnectionError):
            while line := (await reader.readline()).strip():
                answer = answers.get(line, otherwise)
                if answer is None:
                    break
                writer.write(answer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield Address("127.0.0.1", server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for _, writer in served:
            writer.transport.abort()
        await asyncio.gather(*(task for task, _ in served if task is not None))
