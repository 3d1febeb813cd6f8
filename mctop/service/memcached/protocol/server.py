"""One server that is asked one command at a time over a connection that is kept."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, TypeVar

from mctop.service.memcached.protocol import replies
from mctop.service.memcached.protocol.capabilities import ServerCapabilities, capabilities, may_have_me, may_have_mn
from mctop.service.memcached.protocol.commands import FLUSH_ALL, NOTHING, RESET, STATS, STATS_SETTINGS, VERSION, me
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


async def probe(
    connection: MemcachedConnection, *, of_items: bool = True, text_only: bool = False
) -> ServerCapabilities:
    """Judge the very server at the other end by what it answers, and only then by its version; raise ServerTrouble.

    It is `text_only` where the owner states that no client speaks the binary protocol.
    A watch asks on its own connection, for the server may have been replaced since another one was asked. It does not
    ask whether the server tells of items, for whoever else watches would see that.
    """
    settings = await _answered(connection, STATS_SETTINGS)
    version = connection.version
    asks_mn, asks_me = may_have_mn(version), of_items and may_have_me(version)
    return capabilities(
        version,
        stats(settings or ()),
        has_mn=asks_mn and await _answered(connection, NOTHING) is not None,
        has_me=asks_me and await _answered(connection, me(NO_KEY)) is not None,
        text_only=text_only,
    )


NO_KEY = b"mctop"
"""A key to ask about where only counts whether the server understands; the question neither counts nor touches."""


async def _answered(connection: MemcachedConnection, command: MemcachedCommand) -> tuple[bytes, ...] | None:
    """The answer to a command, None where the server refuses it; raise any other ServerTrouble."""
    try:
        return await connection.ask(command)
    except ServerTrouble as trouble:
        if trouble.kind is not TroubleKind.REFUSED:
            raise
        return None


AFTER_SENDING = frozenset(
    {TroubleKind.CLOSED, TroubleKind.TIMED_OUT, TroubleKind.OUT_OF_STEP, TroubleKind.NOT_MEMCACHED}
)
"""What can go wrong when a command is on its way already."""

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
            return await self._attempt(lambda connection: probe(connection, text_only=self._access.text_only))

    async def me(self, key: bytes) -> MetaItem | None:
        """The item under a key, without touching it; raise ServerTrouble, or ValueError if no key is like that."""
        command = me(key)
        line = (await self._read(command))[0]
        if line.startswith(b"ME ") and line.split(b" ")[1] not in replies.spellings(key):
            self.close()
            raise out_of_step(self.address.text, command.name, line)
        return replies.meta(line)

    async def flush(self) -> None:
        """Drop every item; raise ServerTrouble if they are not, ChangeUnanswered if they may be."""
        await self._change(FLUSH_ALL)

    async def reset(self) -> None:
        """Set the counters to zero; raise ServerTrouble if they are not, ChangeUnanswered if they may be."""
        await self._change(RESET)

    @property
    def connections(self) -> int:
        """How many it has open."""
        return int(self._connection is not None and self._connection.is_open)

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
