"""The simulated cache as a backend."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from mctop.service.base.backend import BucketSpan, Identity
from mctop.service.base.counter_history import EVERY, row_of
from mctop.service.base.served_cache import SimulatedCache
from mctop.service.simulation.counters.baseline import PLAN, build_baseline
from mctop.service.simulation.counters.deviation import Conditions, Deviations
from mctop.service.simulation.counters.gauges import Memory, OpenConnections
from mctop.service.simulation.counters.samples import Sampler
from mctop.service.simulation.counters.server_counters import ServerCounterReports
from mctop.service.simulation.incidents.cluster import Cluster
from mctop.service.simulation.incidents.scenarios import INCIDENTS
from mctop.service.simulation.incidents.timeline import Timeline, effective_second
from mctop.service.simulation.keys import KeyLookup, Popularity
from mctop.service.simulation.latency import Latency
from mctop.service.simulation.log import Log
from mctop.service.simulation.prefixes import PrefixSeries
from mctop.service.simulation.processed_stats import StatSeries, buckets_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from mctop.api.models.cache import Grade
    from mctop.api.models.introspection import KeyStats, PopularItems, ServerLog
    from mctop.api.models.series import Series
    from mctop.api.models.stats import HistoryRow, ServerCounters
    from mctop.service.simulation.processed_stats import Buckets

REMEMBERED = 30 * 48
"""Half hours of counters that v1's history tells of."""

SINCE = 720
"""Seconds since a scenario's incident began when the simulation starts."""


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
        """Start at an epoch second; raises KeyError for an unknown scenario."""
        incident = INCIDENTS[scenario]
        baseline = build_baseline(seed, incident, started, servers)
        self._clock, self._origin = clock, baseline.origin
        self._timeline = timeline = Timeline(incident, anchor=int(started) - SINCE)
        self._cluster = Cluster(servers, started, timeline)
        memory = Memory(baseline, timeline)
        self._deviations = Deviations(baseline, timeline, Conditions(baseline, timeline, memory))
        self._sampler = Sampler(baseline, timeline, self._deviations, memory, OpenConnections(baseline, timeline))
        self._counters = ServerCounterReports(self._sampler, self._cluster)
        self._latency = Latency(seed, baseline, timeline, self._cluster)
        self._prefixes = PrefixSeries(baseline, self._sampler, memory)
        self._log = Log(seed, self._sampler, self._cluster)
        self._popular = Popularity(seed, self._sampler, self._cluster)
        self._keys = KeyLookup(seed, self._sampler, self._cluster)

    def now(self) -> float:
        """Epoch seconds on the cache's clock."""
        return self._clock()

    def identity(self) -> Identity:
        """What the cache is."""
        return Identity(
            id=SimulatedCache.CACHE_ID,
            name="3F9A2C",
            label="shop",
            cache_type="memcachier",
            plan=PLAN,
            provider="ec2",
            can_switch=True,
            can_manage_credentials=True,
            can_update_capabilities=True,
        )

    def enabled(self) -> bool:
        """Whether the cache is enabled, which it always is."""
        return True

    def cluster_name(self) -> str:
        """The cluster it runs on now."""
        return self._cluster.name()

    def grades(self) -> tuple[Grade, ...]:
        """Everything it tells of itself is exact."""
        return ()

    def servers(self) -> tuple[str, ...]:
        """The servers behind it now, `host:port`."""
        return self._cluster.names()

    async def counters(self) -> tuple[ServerCounters, ...]:
        """The counters of every server, now."""
        return self._counters.now(self.now())

    def past_counters(self) -> tuple[HistoryRow, ...]:
        """The counters of every server each half hour of the last days, oldest first."""
        last = int(self.now() // EVERY)
        times = [place * EVERY for place in range(last - REMEMBERED + 1, last + 1)]
        return tuple(row_of(time, counters) for time, counters in self._counters.at(times))

    async def processed(self, names: Collection[str], span: BucketSpan) -> tuple[Series, ...]:
        """Each named stat over the span, for the cache."""
        return self._processed(span).of_cache(names)

    async def processed_per_server(self, names: Collection[str], span: BucketSpan) -> tuple[Series, ...]:
        """Each named stat over the span, for each server."""
        return self._processed(span).of_servers(names)

    async def latency(self, span: BucketSpan) -> tuple[Series, ...]:
        """The probe's duration in nanoseconds over the span, for each server; the stat is `duration`."""
        return self._latency.series(self._buckets(span))

    async def prefix_stats(self, prefix: str, span: BucketSpan) -> tuple[Series, ...]:
        """num_keys, total_size, total_hits_rate, total_misses_rate, total_mutations_rate; prefix "" is every key."""
        return self._prefixes.series(prefix, self._buckets(span))

    async def recent_logs(self) -> tuple[ServerLog, ...]:
        """The last 100 log lines of every server, a sample of its requests."""
        return self._log.now(self.now())

    async def popular_items(self, prefix: str = "") -> PopularItems:
        """What was popular in the last time slice, among the keys that start with the prefix."""
        return self._popular.items(prefix, self.now())

    async def key_stats(self, key: str) -> tuple[KeyStats, ...]:
        """The stats of one key since its server counts; empty if it was never seen."""
        return self._keys.of(key, self.now())

    async def flush(self) -> None:
        """Drop every item."""
        now = self.now()
        self._timeline.flush(now)
        self._deviations.forget_from(effective_second(now))

    async def reset_stats(self) -> None:
        """Set the counters to zero."""
        self._timeline.resets.append(self.now())

    async def enable(self) -> None:
        """Enable the cache, which changes nothing: it is."""

    async def switch_cluster(self) -> str:
        """Move to another cluster and say which; the items are lost."""
        now = self.now()
        self._timeline.switch(now)
        self._deviations.forget_from(effective_second(now))
        return self.cluster_name()

    def record_api_call(self, server_command: str) -> None:
        """Note that the API itself used the cache, as `STATS` polls do: they appear in its log and counters."""
        self._timeline.call(server_command, self.now())

    def _processed(self, span: BucketSpan) -> StatSeries:
        return StatSeries(self._sampler, self._cluster, self._buckets(span))

    def _buckets(self, span: BucketSpan) -> Buckets:
        return buckets_of(span, self._origin, self.now())
