"""What each watched prefix holds and does, once a minute."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from mctop.service.memcached.history.history import PrefixMinute
from mctop.service.memcached.trouble import Trouble

if TYPE_CHECKING:
    from mctop.service.account.prefixes import Prefixes
    from mctop.service.memcached.history.history import MemcachedHistory
    from mctop.service.memcached.member import Member
    from mctop.service.memcached.prefix_census import Holding
    from mctop.service.memcached.stream.introspection import Introspection, PrefixCounts


MINUTE = 60
JUST_OVER = 1.0
"""Seconds into a minute in which a census is still about the one before."""
SOON = 2.0
"""Seconds between two looks whether one more prefix is watched."""
SELDOM = 600
"""Seconds between two censuses of a server that holds MANY items, which take it seconds."""
MANY = 1_000_000


class Censuses:
    """Counts the items of the watched prefixes while there are any, and notes what the watch saw of them."""

    def __init__(
        self, members: tuple[Member, ...], introspection: Introspection, history: MemcachedHistory, prefixes: Prefixes
    ) -> None:
        self._members = members
        self._introspection = introspection
        self._history = history
        self._prefixes = prefixes
        self._held: dict[str, dict[str, Holding]] = {}
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
        for one in self._members:
            await self._count(one, names)
        for counts in self._introspection.take_prefix_counts():
            self._history.prefix(counts.prefix, minute, self._minute(counts))

    def _names(self) -> tuple[str, ...]:
        return tuple(prefix.name for prefix in self._prefixes.all())

    def _minute(self, counts: PrefixCounts) -> PrefixMinute:
        """What was done under a prefix, as far as it was watched, and what is there."""
        held = [holding[counts.prefix] for holding in self._held.values() if counts.prefix in holding]
        return PrefixMinute(
            seconds=counts.seconds,
            hits=counts.hits,
            misses=counts.misses,
            mutations=counts.mutations,
            num_keys=sum(one.num_keys for one in held) if held else None,
            total_size=sum(one.total_size for one in held) if held else None,
        )

    async def _count(self, member: Member, names: tuple[str, ...]) -> None:
        """Count what a server holds, if it is time to; what cannot be told is not held against the others."""
        items = member.newest.counters.get("curr_items", 0) if member.newest else 0
        wait = SELDOM if items > MANY and set(names) <= self._held.get(member.name, {}).keys() else 0.0
        able = await member.able()
        if able is None or not able.has_metadump:
            self._held.pop(member.name, None)
            return
        if member.trouble is not None or time.time() - self._taken.get(member.name, 0.0) < wait:
            return
        try:
            census = await member.census(names)
        except Trouble:
            self._held.pop(member.name, None)
            return
        self._held[member.name] = dict(census.prefixes)
        self._taken[member.name] = time.time()
