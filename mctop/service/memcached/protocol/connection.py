"""One connection to a server, over which commands are asked one at a time."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from mctop.service.memcached.protocol.commands import VERSION, authenticate
from mctop.service.memcached.protocol.trouble import (
    ServerTrouble,
    TroubleKind,
    binary_only,
    closed,
    cut_off,
    out_of_step,
    oversized,
    proxied,
    refused,
    shown,
    timed_out,
    unreachable,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.service.memcached.protocol.address import Access, Address
    from mctop.service.memcached.protocol.commands import MemcachedCommand

CONNECT_SECONDS = 2.0
"""How long connecting may take, and as long again the handshake of TLS."""

ANSWER_SECONDS = 3.0
"""How long an answer may take: an idle server answers the first `watch` up to a second late (measured up to 1.6.9)."""

SILENCE_SECONDS = 10.0
"""How long a stream may be silent before its END."""

DRAIN_SECONDS = 2.0
"""How long a connection that is to be left is read for its end; a dump of a million items takes 1.3 s."""

QUIET_SECONDS = 0.1
"""How long TLS is silent before it is taken to have sent all: lines come each 1 ms while there are any."""

NUDGE_SECONDS = 0.5
"""How long a binary server is given to close on the nudge, which it does at once."""

LONGEST_LINE = 1 << 18
"""Bytes of a line; the longest real one is a key of 250 bytes, each written as %XX, and a few numbers."""

CHUNK = 1 << 16
"""Bytes of a stream at once: a longer chunk would hold up the event loop for longer."""

LONGEST_ANSWER = 1 << 20
"""Bytes of an answer that is kept whole; `stats` has 2 kB."""

(FENCE,) = VERSION.begins
FENCED_LINES = 2
"""Lines that any version answers before the fence."""

END = b"END"
LAST_LINE = END + b"\r\n"
ERRORS = (b"ERROR", b"CLIENT_ERROR", b"SERVER_ERROR", b"BUSY", b"BADCLASS", b"WATCHER_TOO_MANY", b"WATCHER_FAILED")

NUDGE = VERSION.line * 2
"""Sent to a server that leaves one `version` unanswered: a binary one closes when it has 24 bytes it cannot read."""


def version_of(line: bytes, where: str) -> str | None:
    """The version in the answer to `version`, or None if the server wants credentials; raise ServerTrouble."""
    word, _, version = line.partition(b" ")
    if word == b"VERSION":
        return shown(version)
    if line.startswith(b"CLIENT_ERROR unauthenticated"):
        return None
    if word in (b"ERROR", b"SERVER_ERROR", b"CLIENT_ERROR"):
        raise refused(where, VERSION.name, line)
    raise ServerTrouble(TroubleKind.NOT_MEMCACHED, where, f"this is not memcached: it says {shown(line)!r}")


def credentials(access: Access, where: str) -> MemcachedCommand:
    """The credentials to present; raise ServerTrouble where there are none, or none that could be sent."""
    if access.password is None:
        raise ServerTrouble(TroubleKind.AUTH_NEEDED, where, "it wants a username and password")
    try:
        return authenticate(access.username, access.password)
    except ValueError as error:
        raise ServerTrouble(TroubleKind.AUTH_REFUSED, where, str(error)) from None


def check_accepted(line: bytes, where: str) -> None:
    """Judge the answer to credentials; raise ServerTrouble where they were not taken."""
    if line != b"STORED":
        raise ServerTrouble(TroubleKind.AUTH_REFUSED, where, "it does not accept the username and password")


class MemcachedConnection:
    """An open connection, past its greeting; `version` is the server's.

    A failure closes it for good; an error that the server answers with does not.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, where: str) -> None:
        self._reader = reader
        self._writer = writer
        self._where = where
        self._asked = 0
        self._rest = b""
        self.version = ""
        self.is_open = True

    @classmethod
    async def open(cls, address: Address, access: Access) -> Self:
        """Connect, present credentials to a server that wants them, and learn its version; raise ServerTrouble."""
        handshake = None if access.tls is None else CONNECT_SECONDS
        try:
            async with asyncio.timeout(CONNECT_SECONDS + (handshake or 0)):
                reader, writer = await asyncio.open_connection(
                    address.host, address.port, ssl=access.tls, ssl_handshake_timeout=handshake, limit=LONGEST_LINE
                )
        except OSError as error:
            raise unreachable(error, address.text, CONNECT_SECONDS) from None
        _keep_alive(writer.get_extra_info("socket"))
        connection = cls(reader, writer, address.text)
        try:
            await connection._greet(access)
        except BaseException:
            connection.close()
            raise
        return connection

    async def ask(self, command: MemcachedCommand) -> tuple[bytes, ...]:
        """The lines of the answer without its END; raise ServerTrouble, REFUSED where that is an error."""
        try:
            lines = await self._exchange(command)
        except EOFError:
            raise closed(self._where) if self._asked else proxied(self._where, command.name) from None
        except OSError:
            raise closed(self._where) from None
        self._asked += 1
        if lines and lines[-1].split(b" ", 1)[0] in ERRORS:
            raise refused(self._where, command.name, lines[-1])
        if lines and command.begins and lines[0].split(b" ", 1)[0] not in command.begins:
            self.close()
            raise out_of_step(self._where, command.name, lines[0])
        return lines

    async def stream(self, command: MemcachedCommand, take: Callable[[bytes], None]) -> None:
        """Hand over the answer in chunks of whole lines, and return at its END; raise ServerTrouble.

        If it is cancelled it still reads on for DRAIN_SECONDS: servers before 1.6.26 can be harmed by a client that
        leaves at the last line.
        """
        self._writer.write(command.line)
        try:
            await self._to_end(command, take)
        except asyncio.CancelledError:
            with suppress(ServerTrouble, TimeoutError):
                async with asyncio.timeout(DRAIN_SECONDS):
                    await self._to_end(command, lambda _: None)
            self.close()
            raise
        except BaseException:
            self.close()
            raise

    async def read(self, most: int = LONGEST_ANSWER) -> bytes:
        """What has come in, once something has; raise ServerTrouble at the end of the connection."""
        try:
            chunk = await self._reader.read(most)
        except OSError:
            chunk = b""
        if not chunk:
            self.close()
            raise closed(self._where)
        return chunk

    def pause(self) -> None:
        """Leave what comes in to the kernel until `resume`."""
        self._writer.transport.pause_reading()  # type: ignore[attr-defined]  # every stream's transport can

    def resume(self) -> None:
        """Take in again what comes."""
        self._writer.transport.resume_reading()  # type: ignore[attr-defined]

    async def finish(self) -> None:
        """End a watch without harm: say that no more is wanted, read what was under way, then close.

        Servers before 1.6.45 can be harmed by a watcher that leaves while its buffer is full. TLS cannot be closed by
        half: there what has come is read until the line is quiet.
        """
        with suppress(OSError, ServerTrouble):
            async with asyncio.timeout(DRAIN_SECONDS):
                self.resume()
                if self._writer.can_write_eof():
                    self._writer.write_eof()
                    while True:
                        await self.read()
                while True:
                    async with asyncio.timeout(QUIET_SECONDS):
                        await self.read()
        self.close()

    def close(self) -> None:
        """Close now; again is harmless."""
        self.is_open = False
        self._writer.transport.abort()

    async def _greet(self, access: Access) -> None:
        try:
            line = await self._first_line()
        except (EOFError, OSError):
            raise cut_off(self._where, has_tls=access.tls is not None) from None
        version = version_of(line, self._where)
        if version is None:
            check_accepted(await self._line_of(credentials(access, self._where)), self._where)
            version = version_of(await self._line_of(VERSION), self._where)
        self.version = version or ""

    async def _line_of(self, command: MemcachedCommand) -> bytes:
        try:
            return (await self._exchange(command))[0]
        except (EOFError, OSError):
            raise closed(self._where) from None

    async def _first_line(self) -> bytes:
        """The answer to `version`; raise EOFError or ConnectionError where the connection ended, else ServerTrouble."""
        self._writer.write(VERSION.line)
        with suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_SECONDS):
                return (await self._lines(VERSION))[0]
        self._writer.write(NUDGE)
        with suppress(TimeoutError):
            async with asyncio.timeout(NUDGE_SECONDS):
                if not await self._reader.read(1):
                    raise binary_only(self._where)
        raise timed_out(self._where, VERSION.name, ANSWER_SECONDS)

    async def _exchange(self, command: MemcachedCommand) -> tuple[bytes, ...]:
        """Send, and read the answer; raise EOFError or ConnectionError where the line ended, else ServerTrouble."""
        done = False
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                self._writer.write(command.line)
                answer = await self._lines(command)
                done = True
                return answer
        except TimeoutError:
            raise timed_out(self._where, command.name, ANSWER_SECONDS) from None
        finally:
            if not done:
                self.close()

    async def _to_end(self, command: MemcachedCommand, take: Callable[[bytes], None]) -> None:
        while True:
            try:
                async with asyncio.timeout(SILENCE_SECONDS):
                    chunk = self._rest + await self.read(CHUNK)
            except TimeoutError:
                raise timed_out(self._where, command.name, SILENCE_SECONDS) from None
            whole = chunk.rfind(b"\n") + 1
            lines, self._rest = chunk[:whole], chunk[whole:]
            if len(self._rest) > LONGEST_LINE:
                raise oversized(self._where)
            if lines.split(b" ", 1)[0].rstrip() in ERRORS:
                raise refused(self._where, command.name, lines.splitlines()[0])
            if lines == LAST_LINE or lines.endswith(b"\n" + LAST_LINE):
                take(lines.removesuffix(LAST_LINE))
                return
            take(lines)
            await asyncio.sleep(0)  # while more has come already, reading lets nobody else run

    async def _lines(self, command: MemcachedCommand) -> tuple[bytes, ...]:
        """Read an answer; raise EOFError or OSError where the connection ended, ServerTrouble where it is too long."""
        lines: list[bytes] = []
        size = 0
        while command.many or command.fenced or not lines:
            try:
                line = await self._reader.readline()
            except ValueError:
                raise oversized(self._where) from None
            if not line.endswith(b"\n"):
                raise EOFError
            size += len(line)
            if size > LONGEST_ANSWER:
                raise oversized(self._where)
            line = line.rstrip(b"\r\n")
            word = line.split(b" ", 1)[0]
            if (command.many and line == END) or (command.fenced and lines and word == FENCE):
                break
            lines.append(line)
            if command.many and word in ERRORS:
                break
            if command.fenced and len(lines) > FENCED_LINES:
                self.close()
                raise out_of_step(self._where, command.name, line)
        return tuple(lines)


def _keep_alive(line: socket.socket) -> None:
    """Have the kernel notice a host that is gone: a watch only listens, and would wait for ever."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in (("TCP_KEEPIDLE", 10), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3)):
        if hasattr(socket, option):  # a Mac has no TCP_KEEPIDLE
            line.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)
