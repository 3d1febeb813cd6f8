"""The simulated cache as a backend."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from mctop.api.models.introspection import KeyStats, LogLine, PopularItem, PopularItems, ServerLog
from mctop.api.models.series import Series
from mctop.api.models.stats import Counters, ServerCounters
from mctop.service.backend import Identity, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

PLAN = 512 * 1024 * 1024
HISTORY = 90 * 86_400
TIME_SLICE = 186_554_450_945
PREFIX_STATS = ("num_keys", "total_size", "total_hits_rate", "total_misses_rate", "total_mutations_rate")
USUAL = {"hit_rate": 0.94, "get_hit_rate": 0.95, "get_fraction": 0.85, "set_fraction": 0.15, "request_rate": 3000.0,
         "get_rate": 2550.0, "set_rate": 450.0, "bytes": 5e8, "max_bytes": 5.9e8, "items": 190_000.0,
         "connections": 240.0, "eviction_rate": 0.5, "num_keys": 190_000.0, "total_size": 5e8,
         "total_hits_rate": 2400.0, "total_misses_rate": 150.0, "total_mutations_rate": 450.0}  # fmt: skip


class Simulation:
    """A cache whose every answer is a function of seed, scenario, start and time, and of the actions taken."""

    def __init__(
        self,
        seed: int = 1,
        scenario: str = "steady",
        *,
        started: float,
        clock: Callable[[], float] = time.time,
        servers: int = 3,
    ) -> None:
        self._clock = clock
        self._started = started
        self._count = servers

    def now(self) -> float:
        """Epoch seconds on the cache's clock."""
        return self._clock()

    def identity(self) -> Identity:
        """What the cache is."""
        return Identity(1561, "3F9A2C", "shop", "memcachier", PLAN, "ec2", True, True, True)

    def enabled(self) -> bool:
        """Whether the cache is enabled."""
        return True

    def cluster_name(self) -> str:
        """The cluster it runs on now."""
        return "dev"

    def servers(self) -> tuple[str, ...]:
        """The servers behind it now, `host:port`."""
        return tuple(f"mc{place + 1}.dev.example-cache.net:11211" for place in range(self._count))

    async def counters(self) -> tuple[ServerCounters, ...]:
        """The counters of every server, now."""
        age = self.now() - self._started + 40 * 86_400
        gets, sets = int(850 * age), int(150 * age)
        values = Counters(time=int(self.now()), cmd_get=gets, get_misses=gets // 20, get_hits=gets - gets // 20,
                          cmd_set=sets, total_items=sets, bytes=int(USUAL["bytes"]) // self._count,
                          curr_items=63_000, limit_maxbytes=PLAN * 11 // 10 // self._count, curr_connections=80,
                          total_connections=int(0.3 * age), evictions=int(0.2 * age),
                          bytes_read=int(8e5 * age), bytes_written=int(2.5e6 * age))  # fmt: skip
        return tuple(ServerCounters(server=server, counters=values) for server in self.servers())

    async def processed(self, names: Collection[str], span: Span) -> tuple[Series, ...]:
        """Each named stat over the span, for the cache."""
        return tuple(self._series(name, None, span) for name in names)

    async def processed_per_server(self, names: Collection[str], span: Span) -> tuple[Series, ...]:
        """Each named stat over the span, for each server."""
        return tuple(self._series(name, server, span) for server in self.servers() for name in names)

    async def latency(self, span: Span) -> tuple[Series, ...]:
        """The probe's duration in nanoseconds over the span, for each server; the stat is `duration`."""
        return tuple(self._series("duration", server, span) for server in self.servers())

    async def prefix_stats(self, prefix: str, span: Span) -> tuple[Series, ...]:
        """num_keys, total_size, total_hits_rate, total_misses_rate, total_mutations_rate; prefix "" is every key."""
        return tuple(self._series(name, None, span) for name in PREFIX_STATS)

    async def recent_logs(self) -> tuple[ServerLog, ...]:
        """The last 100 log lines of every server."""
        last = int(self.now() * 8)
        lines = tuple(
            LogLine(time=number / 8, key=f"product:{number % 977}", command="GET", status="HIT", size=3200)
            for number in range(last - 99, last + 1)
        )
        return tuple(ServerLog(server=server, lines=lines) for server in self.servers())

    async def popular_items(self, prefix: str = "") -> PopularItems:
        """What was popular in the last time slice, among the keys that start with the prefix."""
        keys = tuple(PopularItem(name=f"product:{n}", popularity=90_000 // n) for n in range(1, 21))
        keys = tuple(key for key in keys if key.name.startswith(prefix))
        return PopularItems(time_slice=TIME_SLICE, most_hit_keys=keys, most_missed_keys=keys, most_mutated_keys=keys,
                            popular_prefixes=(PopularItem(name="product:", popularity=90_000),))  # fmt: skip

    async def key_stats(self, key: str) -> tuple[KeyStats, ...]:
        """The stats of one key; empty if it was never seen."""
        if not key.startswith("product:"):
            return ()
        return (KeyStats(time=self.now(), name=key, size=3200, hit_count=95, miss_count=5, in_cache=True),)

    async def flush(self) -> None:
        """Drop every item."""

    async def reset_stats(self) -> None:
        """Set the counters to zero."""

    async def enable(self) -> None:
        """Enable the cache."""

    async def switch_cluster(self) -> str:
        """Move to another cluster and say which; the items are lost."""
        return self.cluster_name()

    def record_api_call(self, server_command: str) -> None:
        """Note that the API itself used the cache."""

    def _series(self, stat: str, server: str | None, span: Span) -> Series:
        usual = 450_000.0 if stat == "duration" else USUAL.get(stat, 0.01)
        times = tuple(range(span.start, span.end, span.step))
        first, now = self._started - HISTORY, self.now()
        values = tuple(usual * (1 + 0.03 * math.sin(at / 4000)) if first <= at < now else None for at in times)
        return Series(stat=stat, server=server, times=times, values=values)
