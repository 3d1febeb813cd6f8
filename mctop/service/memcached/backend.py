"""Memcached servers as a backend."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from mctop.api.models.introspection import KeyStats, ServerLog
from mctop.api.models.stats import ServerCounters
from mctop.service.base.backend import Down, Identity, Unavailable
from mctop.service.base.served_cache import MemcachedCache
from mctop.service.memcached.grades import grades
from mctop.service.memcached.protocol.commands import is_text
from mctop.service.memcached.protocol.counters import counters
from mctop.service.memcached.protocol.replies import named
from mctop.service.memcached.protocol.server import ask_all
from mctop.service.memcached.protocol.trouble import OutcomeUnknown, ServerTrouble
from mctop.service.memcached.stream.log_reader import LogReader

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    from mctop.api.models.cache import Grade
    from mctop.api.models.introspection import LogExcerpt, PopularItems
    from mctop.api.models.log_filter import LogFilter
    from mctop.api.models.series import Series
    from mctop.api.models.stats import HistoryRow
    from mctop.service.base.backend import BucketSpan
    from mctop.service.memcached.history.history import MemcachedHistory
    from mctop.service.memcached.monitored_server import MonitoredServer
    from mctop.service.memcached.protocol.server import MemcachedServer
    from mctop.service.memcached.stream.introspection import Introspection

CACHE_TYPE = "memcached"


class MemcachedBackend:
    """What servers say now, what is kept of what they said, and what is seen of their traffic while someone looks.

    Where it is `managed`, credentials guard the service itself, and can be changed; memcached knows nothing of them.
    """

    def __init__(
        self,
        label: str,
        members: tuple[MonitoredServer, ...],
        history: MemcachedHistory,
        introspection: Introspection,
        *,
        managed: bool = False,
    ) -> None:
        self._label = label
        self._managed = managed
        self._members = members
        self._history = history
        self._introspection = introspection
        self._logs = LogReader(tuple((member.name, member.watcher.traffic.log) for member in members))

    def now(self) -> float:
        """Epoch seconds on this machine's clock."""
        return time.time()

    def identity(self) -> Identity:
        """The cache that the servers make up; it is as large as they are."""
        limits = (member.newest.counters.get("limit_maxbytes", 0) for member in self._members if member.newest)
        return Identity(
            id=MemcachedCache.CACHE_ID,
            name=CACHE_TYPE,
            label=self._label,
            cache_type=CACHE_TYPE,
            plan=sum(limits),
            provider="self-hosted",
            can_switch=False,
            can_manage_credentials=self._managed,
            can_update_capabilities=self._managed,
        )

    def enabled(self) -> bool:
        """There is no disabling them."""
        return True

    def cluster_name(self) -> str:
        """There are no clusters."""
        return ""

    def servers(self) -> tuple[str, ...]:
        """The servers that were named, whether they can be reached or not."""
        return tuple(member.name for member in self._members)

    def grades(self) -> tuple[Grade, ...]:
        """What is not exact, and which servers are not heard of."""
        return grades(self._members, self._introspection.sampled(), self._history.degraded)

    async def counters(self) -> tuple[ServerCounters, ...]:
        """The counters of the servers that can be reached, now. Raise Down if none can."""
        asked = [member for member in self._members if member.trouble is None] or list(self._members)
        answers = await ask_all(member.counters_now() for member in asked)
        answered = tuple(
            ServerCounters(server=member.name, counters=counters(answer.counters))
            for member, answer in zip(asked, answers, strict=True)
            if not isinstance(answer, ServerTrouble)
        )
        if not answered:
            raise Down("; ".join(str(answer) for answer in answers))
        return answered

    def past_counters(self) -> tuple[HistoryRow, ...]:
        """The counters of every server now and then, oldest first."""
        return self._history.kept_counters()

    async def processed(self, names: Collection[str], span: BucketSpan) -> tuple[Series, ...]:
        """Each named stat, for all servers together."""
        return self._history.processed(names, span)

    async def processed_per_server(self, names: Collection[str], span: BucketSpan) -> tuple[Series, ...]:
        """Each named stat, for each server."""
        return self._history.processed_per_server(names, span)

    async def latency(self, span: BucketSpan) -> tuple[Series, ...]:
        """The time of our own probe there and back, in nanoseconds, for each server."""
        return self._history.latency_series(span)

    async def prefix_stats(self, prefix: str, span: BucketSpan) -> tuple[Series, ...]:
        """What the census and the watch tell of a prefix; of every key, what the counters do."""
        if prefix:
            self._want()
        return self._history.prefix_stats(prefix, span)

    async def recent_logs(self) -> tuple[ServerLog, ...]:
        """The last lines of the servers that are watched, which they are from now on for a while."""
        await self._look()
        return tuple(ServerLog(server=member.name, lines=member.watcher.log) for member in self._members)

    async def log_after(self, cursor: str, filters: tuple[LogFilter, ...], most: int) -> LogExcerpt:
        """The lines after a cursor that pass the filters."""
        await self._look()
        return self._logs.after(cursor, filters, most)

    async def popular_items(self, prefix: str = "") -> PopularItems:
        """What was popular, as far as it was watched."""
        await self._look()
        return self._introspection.popular_items(prefix)

    async def key_stats(self, key: str) -> tuple[KeyStats, ...]:
        """What the servers hold of a key, and what was counted of it since it was first asked for.

        Whether one holds it is not known where none that could be asked does, and some could not.
        """
        self._want()
        counts = self._introspection.key_counts(key)
        answers = await self._sizes_under(key)
        sizes = [size for size in answers if size is not None]
        is_told = len(answers) == len(self._members) or is_text(named(key))
        if not sizes and not any(counts) and is_told:
            return ()
        return (
            KeyStats(
                time=self.now(),
                name=key,
                size=max(sizes, default=0),
                hit_count=counts.hits,
                miss_count=counts.misses,
                mutation_count=counts.mutations,
                in_cache=True if sizes else None if len(answers) < len(self._members) else False,
            ),
        )

    async def flush(self) -> None:
        """Drop every item of every server. Raise Down where one did not."""
        await self._on_all("flushed", lambda server: server.flush())

    async def reset_stats(self) -> None:
        """Set the counters of every server to zero, for whoever else reads them, too. Raise Down where one did not."""
        await self._on_all("reset", lambda server: server.reset())

    async def enable(self) -> None:
        """Raise Unavailable: they cannot be disabled."""
        raise Unavailable("memcached servers are always enabled.")

    async def switch_cluster(self) -> str:
        """Raise Unavailable: there are no clusters."""
        raise Unavailable("memcached servers of your own have no clusters.")

    def record_api_call(self, server_command: str) -> None:
        """Do nothing: the servers count what they are asked."""

    def _want(self) -> None:
        for member in self._members:
            member.watcher.want()

    async def _look(self) -> None:
        await asyncio.gather(*(member.look() for member in self._members))

    async def _sizes_under(self, name: str) -> list[int | None]:
        """Bytes of the value that each server that can tell has under the key of a name, None for none.

        A key that none could hold is held by none. A name with escapes may be the key itself, too.
        """
        key, same = named(name), name.encode("utf-8", "replace")
        abilities = await asyncio.gather(*(member.able() for member in self._members))
        asked = [
            member.server
            for member, able in zip(self._members, abilities, strict=True)
            if able is not None and able.has_me and member.trouble is None
        ]
        try:
            answers = await ask_all(server.value_size(key) for server in asked)
            if same != key and not any(isinstance(answer, int) for answer in answers):
                answers = await ask_all(server.value_size(same) for server in asked)
        except ValueError:
            return [None for _ in asked]
        return [answer for answer in answers if not isinstance(answer, ServerTrouble)]

    async def _on_all(self, done: str, act: Callable[[MemcachedServer], Awaitable[None]]) -> None:
        answers = await ask_all(act(member.server) for member in self._members)
        failed = [answer for answer in answers if answer is not None]
        if failed:
            unknown = sum(isinstance(trouble, OutcomeUnknown) for trouble in failed)
            perhaps = f", {unknown} perhaps" if unknown else ""
            words = "; ".join(map(str, failed))
            raise Down(f"{len(answers) - len(failed)} of {len(answers)} servers {done}{perhaps}; {words}")
