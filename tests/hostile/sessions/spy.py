"""A wire that is tapped: it hands on what goes to the API, notes every change that leaves, and breaks when told."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter

LOOPBACK = "127.0.0.1"
PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Change:
    """A request that is no GET, as it left; `target` is the path with whatever follows it."""

    method: str
    target: str
    body: bytes


class Loss(Enum):
    """What the wire does with a change."""

    NOTHING = "hands it on"
    THE_ANSWER = "hands it on and loses the answer"
    THE_REQUEST = "loses it"


class Spy:
    """Listens on a port of its own; `changes` is every change that came, `reads` how many others did."""

    def __init__(self, url: str) -> None:
        self._port = urlsplit(url).port
        self._server: asyncio.Server | None = None
        self._own_port = 0
        self._clients: set[StreamWriter] = set()
        self._unanswered: set[StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.changes: list[Change] = []
        self.reads = 0
        self.loss = Loss.NOTHING

    @property
    def url(self) -> str:
        """Where the API seems to be."""
        return f"http://{LOOPBACK}:{self._own_port}"

    async def listen(self) -> None:
        """Let connections in, if none are."""
        if self._server is None:
            self._server = await asyncio.start_server(self._take, LOOPBACK, self._own_port)
            self._own_port = self._server.sockets[0].getsockname()[1]

    async def break_off(self) -> None:
        """End every connection and let none in."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
        for writer in tuple(self._clients):
            writer.transport.abort()
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    async def _take(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._clients.add(writer)
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                await self._hand_on(reader, writer)
        finally:
            writer.transport.abort()
            self._clients.discard(writer)
            self._unanswered.discard(writer)
            self._tasks.discard(task)

    async def _hand_on(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Hand requests on, one after the other, each noted before it is."""
        behind, ahead = await asyncio.open_connection(LOOPBACK, self._port)
        answers = asyncio.create_task(self._hand_back(behind, writer))
        try:
            while (request := await self._request(reader, writer)) is not None:
                ahead.write(request)
                await ahead.drain()
        finally:
            answers.cancel()
            ahead.transport.abort()
            await asyncio.wait((answers,))

    async def _request(self, reader: StreamReader, writer: StreamWriter) -> bytes | None:
        """Read a whole request; None for one that is lost here."""
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in lines if line)
        assert "transfer-encoding" not in fields, "the spy reads bodies of a known length alone"
        body = await reader.readexactly(int(fields.get("content-length", "0")))
        method, target, _ = first.split(" ")
        if method == "GET":
            self.reads += 1
            return head + body
        self.changes.append(Change(method, target, body))
        if self.loss is Loss.THE_ANSWER:
            self._unanswered.add(writer)
        return None if self.loss is Loss.THE_REQUEST else head + body

    async def _hand_back(self, behind: StreamReader, writer: StreamWriter) -> None:
        with suppress(OSError):
            while piece := await behind.read(PIECE):
                if writer in self._unanswered:
                    break
                writer.write(piece)
                await writer.drain()
        writer.transport.abort()
