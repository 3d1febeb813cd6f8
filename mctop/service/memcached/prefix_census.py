"""Items and requests under each watched prefix, minute by minute, from dumps of what servers hold."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mctop.service.memcached.history.history import PrefixMinute
from mctop.service.memcached.protocol.commands import METADUMP
from mctop.service.memcached.protocol.connection import MemcachedConnection
from mctop.service.memcached.protocol.replies import dumped, encoded
from mctop.service.memcached.protocol.trouble import ServerTrouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mctop.service.account.prefixes import PrefixTable
    from mctop.service.memcached.history.history import MemcachedHistory
    from mctop.service.memcached.monitored_server import MonitoredServer
    from mctop.service.memcached.protocol.address import Access, Address
    from mctop.service.memcached.stream.introspection import Introspection, PrefixCounts


@dataclass(frozen=True, slots=True)
class Holding:
    """How many items, and their footprint in the server's memory in bytes."""

    num_keys: int = 0
    total_size: int = 0


@dataclass(frozen=True, slots=True)
class Census:
    """What a server holds under each prefix, and in all."""

    total: Holding
    prefixes: Mapping[str, Holding]


class DumpCounter:
    """Adds up the lines of a dump."""

    def __init__(self, prefixes: Iterable[str]) -> None:
        self._starts = {prefix: encoded(prefix.encode("utf-8", "surrogatepass")) for prefix in prefixes}
        self._counts = {prefix: [0, 0] for prefix in self._starts}
        self._total = [0, 0]

    def add(self, lines: bytes) -> None:
        """Count whole lines."""
        items = dumped(lines)
        _count(self._total, [size for _, size in items])
        for prefix, start in self._starts.items():
            _count(self._counts[prefix], [size for key, size in items if key.startswith(start)])

    def census(self) -> Census:
        """What was counted so far."""
        return Census(Holding(*self._total), {prefix: Holding(*count) for prefix, count in self._counts.items()})


async def take_census(address: Address, access: Access, prefixes: Iterable[str]) -> Census:
    """Have a server list its items over a connection of its own, and count them; raise ServerTrouble.

    It takes a server 1-3 s for a million items, which are 76 MB: ask for `curr_items` first, and seldom where it is
    many. REFUSED where dumping is not allowed, or another dump is under way.
    """
    connection = await MemcachedConnection.open(address, access)
    try:
        tally = DumpCounter(prefixes)
        await connection.stream(METADUMP, tally.add)
        return tally.census()
    finally:
        connection.close()


def _count(count: list[int], sizes: list[int]) -> None:
    count[0] += len(sizes)
    count[1] += sum(sizes)


MINUTE = 60
JUST_OVER = 1.0
"""Seconds into a minute in which a census is still about the one before."""
SOON = 2.0
"""Seconds between two looks whether one more prefix is watched."""
SELDOM = 600
"""Seconds between two censuses of a server that holds MANY items, which take it seconds."""
MANY = 1_000_000
"""Items whose dump keeps a core busy for 1.5 to 2.5 s (measured)."""


class PrefixCensuses:
    """Counts the items of the watched prefixes while there are any, and notes what the watch saw of them."""

    def __init__(
        self,
        members: tuple[MonitoredServer, ...],
        introspection: Introspection,
        history: MemcachedHistory,
        prefixes: PrefixTable,
    ) -> None:
        self._members = members
        self._introspection = introspection
        self._history = history
        self._prefixes = prefixes
        self._holdings: dict[str, dict[str, Holding]] = {}
        self._taken: dict[str, float] = {}

    async def run(self) -> None:
        """Take one at the start, at every full minute, and soon after one more prefix is watched, until cancelled."""
        due, counted = 0.0, frozenset[str]()
        while True:
            names = frozenset(self._names())
            if time.time() >= due or not names <= counted:
                await self.take()
                due, counted = (time.time() // MINUTE + 1) * MINUTE, names
            await asyncio.sleep(max(0.0, min(SOON, due - time.time())))

    async def take(self) -> None:
        """Note what every watched prefix holds now, and did since the last time."""
        names, minute = self._names(), int(time.time() - JUST_OVER) // MINUTE * MINUTE
        self._introspection.watch_prefixes(names)
        if not names:
            return
        for member in self._members:
            if not await member.counting.attempt(partial(self._count, member, names), lambda: MINUTE):
                self._holdings.pop(member.name, None)
        for counts in self._introspection.take_prefix_counts():
            self._history.prefix(counts.prefix, minute, self._minute(counts))

    def _names(self) -> tuple[str, ...]:
        return tuple(prefix.name for prefix in self._prefixes.all())

    def _minute(self, counts: PrefixCounts) -> PrefixMinute:
        """What was done under a prefix, as far as it was watched, and what is there."""
        holdings = [under[counts.prefix] for under in self._holdings.values() if counts.prefix in under]
        return PrefixMinute(
            seconds=counts.seconds,
            hits=counts.hits,
            misses=counts.misses,
            mutations=counts.mutations,
            num_keys=sum(holding.num_keys for holding in holdings) if holdings else None,
            total_size=sum(holding.total_size for holding in holdings) if holdings else None,
        )

    async def _count(self, member: MonitoredServer, names: tuple[str, ...]) -> None:
        """Count what a server holds, if it is time to; what cannot be told is not held against the others."""
        items = member.newest.counters.get("curr_items", 0) if member.newest else 0
        wait = SELDOM if items > MANY and set(names) <= self._holdings.get(member.name, {}).keys() else 0.0
        able = await member.able()
        if able is None or not able.has_metadump:
            self._holdings.pop(member.name, None)
            return
        if member.trouble is not None or time.time() - self._taken.get(member.name, 0.0) < wait:
            return
        try:
            with member.connected_aside():
                census = await take_census(member.address, member.access, names)
        except ServerTrouble:
            self._holdings.pop(member.name, None)
            return
        self._holdings[member.name] = dict(census.prefixes)
        self._taken[member.name] = time.time()
