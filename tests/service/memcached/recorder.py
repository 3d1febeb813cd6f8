"""A proxy before a server that remembers every byte sent to it, and judges it by rules of its own."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mctop.service.memcached.protocol.address import Address

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ALLOWED = re.compile(
    rb"(?:version|stats|stats settings|stats reset|mn|flush_all|lru_crawler metadump all"
    rb"|me [^\x00-\x20\x7f]{1,250}|mg ! b|mg [A-Za-z0-9+/=]{4,336} b s u"
    rb"|watch(?: fetchers| mutations| deletions)+"
    rb"|set auth 0 0 \d+\r\n[^\x00-\x1f\x7f]+)\r\n"
)
"""All that may ever be sent, written out anew so that a change of the program does not change the rule."""


@dataclass
class Recorder:
    """What was sent through a proxy, one entry a connection."""

    address: Address
    connections: list[bytearray] = field(default_factory=list)
    open_now: int = 0
    most_open: int = 0

    def commands(self) -> tuple[bytes, ...]:
        """Every command that was sent; AssertionError if anything is none of the allowed ones, byte for byte."""
        found: list[bytes] = []
        for sent in self.connections:
            at = 0
            while at < len(sent):
                command = ALLOWED.match(sent, at)
                assert command is not None, f"a server was sent {bytes(sent[at : at + 80])!r}"
                found.append(command[0])
                at = command.end()
        return tuple(found)


@asynccontextmanager
async def recording(server: Address) -> AsyncIterator[Recorder]:
    """Run a proxy before a server: connect to the recorder's address instead of it."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sent = bytearray()
        recorder.connections.append(sent)
        recorder.open_now += 1
        recorder.most_open = max(recorder.most_open, recorder.open_now)
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        behind: asyncio.StreamWriter | None = None
        try:
            behind_reader, behind = await asyncio.open_connection(server.host, server.port)
            await asyncio.gather(_pump(reader, behind, sent), _pump(behind_reader, writer, bytearray()))
        finally:
            recorder.open_now -= 1
            tasks.discard(task)
            for either in (writer, behind):
                if either is not None:
                    either.transport.abort()

    listener = await asyncio.start_server(serve, "127.0.0.1", 0)
    recorder = Recorder(Address("127.0.0.1", listener.sockets[0].getsockname()[1]))
    try:
        yield recorder
    finally:
        listener.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, copy: bytearray) -> None:
    with suppress(ConnectionError):
        while chunk := await reader.read(1 << 18):
            copy += chunk
            writer.write(chunk)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
