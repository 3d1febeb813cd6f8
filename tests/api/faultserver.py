"""A server on a real socket that misbehaves on demand."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""A certificate for localhost, and its key, that no one else trusts."""

Reply = Callable[[asyncio.StreamWriter], Awaitable[None]]
"""Writes an answer, good or bad; closing the writer ends the connection."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it came in."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def json(self) -> object:
        """The body, which must be JSON."""
        return json.loads(self.body)


def plain(body: bytes = b"", status: str = "200 OK", *headers: str) -> Reply:
    """Answer well."""
    lines = [f"HTTP/1.1 {status}", *headers]
    if not status.startswith("204"):
        lines.append(f"Content-Length: {len(body)}")
    return raw("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def as_json(value: object, status: str = "200 OK", *headers: str) -> Reply:
    """Answer well with JSON."""
    return plain(json.dumps(value).encode(), status, *headers)


def raw(data: bytes) -> Reply:
    """Write bytes and go on."""

    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return write


def then_close(data: bytes) -> Reply:
    """Write bytes and end the connection."""

    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        writer.close()

    return write


def then_reset(data: bytes) -> Reply:
    """Write bytes and break the connection."""

    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        writer.transport.abort()

    return write


def drip(head: bytes, tail: bytes, every: float = 0.02) -> Reply:
    """Write the head at once, then the tail over and over, a byte at a time."""

    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            for byte in tail:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(every)

    return write


def endless(head: bytes, chunk: bytes) -> Reply:
    """Write the head, then the chunk for ever."""

    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(chunk)
            await writer.drain()

    return write


async def silence(_: asyncio.StreamWriter) -> None:
    """Never answer."""
    await asyncio.Event().wait()


class FaultServer:
    """Listens on loopback; answers each path as told, other paths with an empty 200, and remembers what it saw."""

    def __init__(self, *, secure: bool = False) -> None:
        self.seen: list[Seen] = []
        self.replies: dict[str, Reply] = {}
        self.connections = 0
        self.open: set[asyncio.StreamWriter] = set()
        self._arrived = asyncio.Event()
        self._secure = secure
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{'https' if self._secure else 'http'}://127.0.0.1:{self.port}"

    async def reply_to(self, seen: Seen) -> Reply:
        """Choose the reply to a request."""
        return self.replies.get(seen.path, plain())

    def close_idle(self) -> None:
        """End every connection from this side, as a server does that was idle for too long."""
        for writer in self.open:
            writer.close()

    async def requests(self, count: int) -> None:
        """Wait until this many requests have come in."""
        while len(self.seen) < count:
            self._arrived.clear()
            await self._arrived.wait()

    async def __aenter__(self) -> Self:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if self._secure else None
        if context is not None:
            context.load_cert_chain(CERTIFICATE)
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, ssl=context)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        self.open.add(writer)
        try:
            with contextlib.suppress(asyncio.IncompleteReadError, asyncio.CancelledError, OSError):
                while not writer.is_closing():
                    await self._serve_one(reader, writer)
        finally:
            self._tasks.discard(task)
            self.open.discard(writer)
            writer.transport.abort()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, _, rest = head.partition("\r\n")
        method, target, _ = line.split(" ")
        headers = {name.lower(): value for name, value in re.findall(r"(.+?): (.*)\r\n", rest)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        seen = Seen(method, target, headers, body)
        self.seen.append(seen)
        self._arrived.set()
        reply = await self.reply_to(seen)
        await reply(writer)
