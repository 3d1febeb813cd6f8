"""An API that answers as a test tells it, on the test's clock."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mctop.api.client import Client
from mctop.api.errors import ApiError, ServerFault
from mctop.api.models.cache import CacheInfo
from mctop.api.models.introspection import KeyStats, PopularItem, PopularItems, Prefix
from mctop.api.models.stats import Stats
from mctop.api.models.value import Rows
from mctop.store.series.archive import FetchSpan
from tests.store.history import History
from tests.store.samples import counted, logs

if TYPE_CHECKING:
    from collections.abc import Collection

    from mctop.api.models.alerts import Alert, DeliveryConfig
    from mctop.api.models.cache import Credential
    from mctop.api.models.introspection import RecentLogs
    from mctop.api.models.series import SeriesAnswer
    from tests.store.fakeclock import FakeClock


def fault() -> ApiError:
    """The server failed."""
    return ServerFault("GET", "/", "broken", status=500)


class FakeSource(Client):
    """The operations that are polled.

    It notes every call as (monotonic time, operation); `fails` and `takes` are by operation, "" for all of them.
    """

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.calls: list[tuple[float, str]] = []
        self.asked: list[tuple[str, frozenset[str], float, float]] = []
        self.fails: dict[str, ApiError] = {}
        self.takes: defaultdict[str, float] = defaultdict(float)
        self.cache = CacheInfo(id=1, cluster_name="one", servers=("a:1",))
        self.counters: dict[str, int] = {}
        self.log: RecentLogs = logs()
        self.popular = PopularItems(dropped=2)
        self.alert_rows: Rows[Alert] = Rows()
        self.delivery_rows: Rows[DeliveryConfig] = Rows()
        self.credential_rows: Rows[Credential] = Rows()
        self.prefixes: tuple[Prefix, ...] = ()
        self.in_flight = self.most_in_flight = 0

    def times(self, operation: str) -> list[float]:
        """When an operation was called."""
        return [time for time, name in self.calls if name == operation]

    async def info(self) -> CacheInfo:
        await self._call("info")
        return self.cache

    async def stats(self) -> Stats:
        await self._call("stats")
        return Stats(total=counted(int(self.clock.wall())).model_copy(update=dict(self.counters)))

    async def processed_stats(self, names: Collection[str], start: float, end: float) -> SeriesAnswer:
        return await self._read("processed_stats", names, start, end)

    async def processed_stats_per_server(self, names: Collection[str], start: float, end: float) -> SeriesAnswer:
        return await self._read("processed_stats_per_server", names, start, end)

    async def latency(self, start: float, end: float) -> SeriesAnswer:
        return await self._read("latency", ("duration",), start, end, finest=20)

    async def alerts(self) -> Rows[Alert]:
        await self._call("alerts")
        return self.alert_rows

    async def delivery_configs(self) -> Rows[DeliveryConfig]:
        await self._call("delivery_configs")
        return self.delivery_rows

    async def credentials(self) -> Rows[Credential]:
        await self._call("credentials")
        return self.credential_rows

    async def recent_logs(self) -> RecentLogs:
        await self._call("recent_logs")
        return self.log

    async def popular_items(self) -> PopularItems:
        await self._call("popular_items")
        return self.popular

    async def key_stats(self, key: str) -> Rows[KeyStats]:
        await self._call("key_stats")
        return Rows(items=(KeyStats(time=self.clock.wall(), name=key, hit_count=int(self.clock.monotonic())),))

    async def compound_stats(self, start: float, end: float) -> SeriesAnswer:
        return await self._read("compound_stats", ("num_keys",), start, end)

    async def watched_prefixes(self) -> Rows[Prefix]:
        await self._call("watched_prefixes")
        return Rows(items=self.prefixes, dropped=1)

    async def prefix_stats(self, prefix_id: int, start: float, end: float) -> SeriesAnswer:
        return await self._read(f"prefix_stats/{prefix_id}", ("num_keys",), start, end)

    async def prefix_popular_items(self, prefix_id: int) -> PopularItems:
        await self._call(f"prefix_popular_items/{prefix_id}")
        return PopularItems(most_hit_keys=(PopularItem(name=f"key {prefix_id}", popularity=1),))

    async def _read(
        self, operation: str, names: Collection[str], start: float, end: float, finest: int = 60
    ) -> SeriesAnswer:
        self.asked.append((operation, frozenset(names), start, end))
        await self._call(operation)
        history = History(self.clock.wall(), finest=finest)
        return history.answer(FetchSpan(int(start), int(end)), *names)

    async def _call(self, operation: str) -> None:
        self.calls.append((self.clock.monotonic(), operation))
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            if seconds := self.takes[operation] or self.takes[""]:
                await self.clock.sleep(seconds)
        finally:
            self.in_flight -= 1
        if error := self.fails.get(operation) or self.fails.get(""):
            raise error
