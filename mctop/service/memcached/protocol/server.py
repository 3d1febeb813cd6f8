"""One server that is asked one command at a time over a connection that is kept."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, TypeVar

from mctop.service.memcached.protocol import replies
from mctop.service.memcached.protocol.capabilities import ServerCapabilities, capabilities
from mctop.service.memcached.protocol.commands import (
    FLUSH_ALL,
    RESET,
    STATS,
    STATS_SETTINGS,
    UNDECODABLE,
    VERSION,
    is_text,
    me,
    mg,
)
from mctop.service.memcached.protocol.connection import MemcachedConnection
from mctop.service.memcached.protocol.counters import sample
from mctop.service.memcached.protocol.replies import stats
from mctop.service.memcached.protocol.trouble import ServerTrouble, TroubleKind, out_of_step, outcome_unknown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from mctop.service.memcached.protocol.address import Access, Address
    from mctop.service.memcached.protocol.commands import MemcachedCommand
    from mctop.service.memcached.protocol.counters import ServerSample
    from mctop.service.memcached.protocol.replies import MetaItem


async def probe(connection: MemcachedConnection) -> ServerCapabilities:
    """Judge the very server at the other end, one that refuses to say its settings by its version; raise ServerTrouble.

    A watch asks on its own connection, for the server may have been replaced since another one was asked.
    """
    try:
        settings = stats(await connection.ask(STATS_SETTINGS))
    except ServerTrouble as trouble:
        if trouble.kind is not TroubleKind.REFUSED:
            raise
        settings = {}
    return capabilities(connection.version, settings)


AFTER_SENDING = frozenset(
    {TroubleKind.CLOSED, TroubleKind.TIMED_OUT, TroubleKind.OUT_OF_STEP, TroubleKind.NOT_MEMCACHED}
)
"""What can go wrong when a command is on its way already."""

NOT_DECODED = "error decoding key"
"""How a server that reads base64 refuses what is none; without it, the flag itself is refused, or not read."""

Answer = TypeVar("Answer")


async def ask_all(asked: Iterable[Awaitable[Answer]]) -> list[Answer | ServerTrouble]:
    """The answer or the ServerTrouble of each, in their order, once all are there; raise any other exception."""
    answers = await asyncio.gather(*asked, return_exceptions=True)
    results: list[Answer | ServerTrouble] = []
    for answer in answers:
        if isinstance(answer, BaseException) and not isinstance(answer, ServerTrouble):
            raise answer
        results.append(answer)
    return results


class MemcachedServer:
    """Asks one thing at a time. `trouble` is what the last try to get its stats met, None if it went well."""

    def __init__(self, address: Address, access: Access, clock: Callable[[], float] = time.time) -> None:
        self.address = address
        self.trouble: ServerTrouble | None = None
        self.own_gets = 0
        """Questions that the server counts as gets."""
        self._access = access
        self._clock = clock
        self._lock = asyncio.Lock()
        self._connection: MemcachedConnection | None = None

    async def stats(self) -> ServerSample:
        """The server's counters now; raise ServerTrouble."""
        try:
            taken = sample(replies.stats(await self._read(STATS)), self._clock())
        except ValueError as error:
            self.trouble = ServerTrouble(TroubleKind.NOT_MEMCACHED, self.address.text, str(error))
            raise self.trouble from None
        except ServerTrouble as trouble:
            self.trouble = trouble
            raise
        self.trouble = None
        return taken

    async def probe(self) -> ServerCapabilities:
        """What the server can do; raise ServerTrouble."""
        async with self._lock:
            return await self._attempt(probe)

    async def me(self, key: bytes) -> MetaItem | None:
        """The item under a key, without touching it; raise ServerTrouble, or ValueError if no key is like that."""
        command = me(key)
        line = (await self._read(command))[0]
        if line.startswith(b"ME ") and line.split(b" ")[1] not in replies.spellings(key):
            self.close()
            raise out_of_step(self.address.text, command.name, line)
        return replies.meta(line)

    async def value_size(self, key: bytes) -> int | None:
        """Bytes of the value under a key, None without one; raise ServerTrouble, or ValueError if no key is like that.

        A key that cannot be written as text is asked for in base64; one that does not read that refuses to answer.
        """
        if is_text(key):
            item = await self.me(key)
            return None if item is None else replies.value_size(item, key)
        command = mg(key)
        if not await self._reads_base64():
            raise ServerTrouble(TroubleKind.REFUSED, self.address.text, "it reads no keys in base64")
        self.own_gets += 1
        return replies.meta_size((await self._read(command))[0])

    async def _reads_base64(self) -> bool:
        try:
            await self._read(UNDECODABLE)
        except ServerTrouble as trouble:
            if trouble.kind is not TroubleKind.REFUSED:
                raise
            return NOT_DECODED in str(trouble)
        return False

    async def flush(self) -> None:
        """Drop every item; raise ServerTrouble if they are not, OutcomeUnknown if they may be."""
        await self._change(FLUSH_ALL)

    async def reset(self) -> None:
        """Set the counters to zero; raise ServerTrouble if they are not, OutcomeUnknown if they may be."""
        await self._change(RESET)

    def close(self) -> None:
        """Close the connection; it is opened again when something is asked."""
        if self._connection is not None:
            self._connection.close()

    async def _read(self, command: MemcachedCommand) -> tuple[bytes, ...]:
        async with self._lock:
            return await self._read_alone(command)

    async def _read_alone(self, command: MemcachedCommand) -> tuple[bytes, ...]:
        """Ask, and once more on a new connection if the kept one turns out to have ended."""
        is_kept = self._connection is not None and self._connection.is_open
        try:
            return await self._attempt(lambda connection: connection.ask(command))
        except ServerTrouble as trouble:
            if not is_kept or trouble.kind not in (TroubleKind.CLOSED, TroubleKind.OUT_OF_STEP):
                raise
        return await self._attempt(lambda connection: connection.ask(command))

    async def _change(self, command: MemcachedCommand) -> None:
        """Ask for a change; it is never sent twice, so that the kept connection is tried out first.

        Only an error says that it was not done: after silence, an end or a word that does not fit nobody knows.
        """
        async with self._lock:
            await self._read_alone(VERSION)
            try:
                await self._attempt(lambda connection: connection.ask(command))
            except ServerTrouble as trouble:
                if trouble.kind in AFTER_SENDING:
                    raise outcome_unknown(trouble, command.name) from None
                raise

    async def _attempt(self, question: Callable[[MemcachedConnection], Awaitable[Answer]]) -> Answer:
        if self._connection is None or not self._connection.is_open:
            self._connection = await MemcachedConnection.open(self.address, self._access)
        return await question(self._connection)
