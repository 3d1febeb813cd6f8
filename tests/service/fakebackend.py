"""A backend small enough to predict: two servers, constant traffic, and a clock the test holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.introspection import KeyStats, LogLine, PopularItem, PopularItems, ServerLog
from mctop.api.models.series import Series
from mctop.api.models.stats import ServerCounters
from mctop.service.base.backend import BucketSpan, Identity, Unavailable
from tests.store.samples import counted

if TYPE_CHECKING:
    from collections.abc import Collection

    from mctop.api.models.cache import Grade

NOW = 1_700_000_030.0
CACHE_ID = 1561
SERVERS = ("mc1.example-cache.net:11211", "mc2.example-cache.net:11211")
PREFIX_STATS = ("num_keys", "total_size", "total_hits_rate", "total_misses_rate", "total_mutations_rate")


def identity(*, can_switch: bool = True, can_manage: bool = True, can_update: bool = True) -> Identity:
    return Identity(
        id=CACHE_ID,
        name="ABCDEF",
        label="shop",
        cache_type="memcachier",
        plan=26_214_400,
        provider="ec2",
        can_switch=can_switch,
        can_manage_credentials=can_manage,
        can_update_capabilities=can_update,
    )


class FakeBackend:
    """Every value of a stat is the same in every bucket; `values` and `time` are the test's to set."""

    def __init__(self, who: Identity | None = None) -> None:
        self.who = who or identity()
        self.time = NOW
        self.values: dict[str, float | None] = {"hit_rate": 0.9, "bytes": 50.0, "max_bytes": 100.0}
        self.done: list[str] = []
        self.spans: list[BucketSpan] = []
        self.cluster = "one"
        self.graded: tuple[Grade, ...] = ()
        self.unavailable = False

    def now(self) -> float:
        return self.time

    def identity(self) -> Identity:
        return self.who

    def enabled(self) -> bool:
        return "enable" in self.done

    def cluster_name(self) -> str:
        return self.cluster

    def grades(self) -> tuple[Grade, ...]:
        return self.graded

    def servers(self) -> tuple[str, ...]:
        return SERVERS

    async def counters(self) -> tuple[ServerCounters, ...]:
        return tuple(
            ServerCounters(server=server, counters=counted(int(self.time), cmd_get=10 * place, get_hits=9 * place))
            for place, server in enumerate(SERVERS, 1)
        )

    async def processed(self, names: Collection[str], span: BucketSpan) -> tuple[Series, ...]:
        return tuple(self._series(name, None, span) for name in names)

    async def processed_per_server(self, names: Collection[str], span: BucketSpan) -> tuple[Series, ...]:
        return tuple(self._series(name, server, span) for server in SERVERS for name in names)

    async def latency(self, span: BucketSpan) -> tuple[Series, ...]:
        return tuple(self._series("duration", server, span) for server in SERVERS)

    async def prefix_stats(self, prefix: str, span: BucketSpan) -> tuple[Series, ...]:
        return tuple(self._series(name, None, span) for name in PREFIX_STATS)

    async def recent_logs(self) -> tuple[ServerLog, ...]:
        line = LogLine(time=self.time, key="session:1", command="GET", status="HIT", size=12)
        return tuple(ServerLog(server=server, lines=(line,)) for server in SERVERS)

    async def popular_items(self, prefix: str = "") -> PopularItems:
        if self.unavailable:
            raise Unavailable("This cache keeps no popular items.")
        item = PopularItem(name=f"{prefix}session:1", popularity=7)
        return PopularItems(time_slice=186_554_450_945, most_hit_keys=(item,))

    async def key_stats(self, key: str) -> tuple[KeyStats, ...]:
        if key != "session:1":
            return ()
        return (KeyStats(time=self.time, name=key, size=12, hit_count=3, miss_count=1, in_cache=True),)

    async def flush(self) -> None:
        self.done.append("flush")

    async def reset_stats(self) -> None:
        self.done.append("reset_stats")

    async def enable(self) -> None:
        self.done.append("enable")

    async def switch_cluster(self) -> str:
        self.cluster = "two"
        return self.cluster

    def record_api_call(self, server_command: str) -> None:
        self.done.append(server_command)

    def _series(self, stat: str, server: str | None, span: BucketSpan) -> Series:
        self.spans.append(span)
        times = tuple(range(span.start, span.end, span.step))
        return Series(stat=stat, server=server, times=times, values=(self.values.get(stat, 1.0),) * len(times))
