"""The interface of a cache behind the API, and the values and errors that it answers with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Collection

    from mctop.api.models.cache import Grade
    from mctop.api.models.introspection import KeyStats, LogExcerpt, PopularItems, ServerLog
    from mctop.api.models.log_filter import LogFilter
    from mctop.api.models.series import Series
    from mctop.api.models.stats import HistoryRow, ServerCounters


@dataclass(frozen=True, slots=True)
class BucketSpan:
    """A stretch of time, epoch seconds, in buckets of `step` seconds aligned to the epoch; `end` is exclusive."""

    start: int
    end: int
    step: int


@dataclass(frozen=True, slots=True)
class Identity:
    """What the cache is; `plan` is its size in bytes."""

    id: int
    name: str
    label: str
    cache_type: str
    plan: int
    provider: str
    can_switch: bool
    can_manage_credentials: bool
    can_update_capabilities: bool


class Unavailable(Exception):
    """The backend cannot do this at all; the routes answer 501 with its words."""


class Down(Exception):
    """The servers cannot be reached, or did not do it; the routes answer 503 with the words."""


@runtime_checkable
class Remembering(Protocol):
    """A backend that remembers counters; of any other the service keeps what it sees."""

    def past_counters(self) -> tuple[HistoryRow, ...]:
        """The counters of every server at moments of the past, oldest first; servers are named without their ports."""


@runtime_checkable
class LogHolding(Protocol):
    """A backend that holds more of the log than is documented, to be read from a cursor on."""

    async def log_after(self, cursor: str, filters: tuple[LogFilter, ...], most: int) -> LogExcerpt:
        """The newest `most` lines after a cursor, "" for all that are held, that pass all filters."""


class Backend(Protocol):
    """A cache behind the API. Series come with one value a bucket of the span, None for a gap or the future.

    Ratios and fractions are 0-1; the routes scale them.
    """

    def now(self) -> float:
        """Epoch seconds on the cache's clock."""

    def identity(self) -> Identity:
        """What the cache is."""

    def enabled(self) -> bool:
        """Whether the cache is enabled."""

    def cluster_name(self) -> str:
        """The cluster it runs on now."""

    def servers(self) -> tuple[str, ...]:
        """The servers behind it now, `host:port`."""

    def grades(self) -> tuple[Grade, ...]:
        """How true what it tells is, where that is to be said; empty where everything is exact."""

    async def counters(self) -> tuple[ServerCounters, ...]:
        """The counters of every server, now."""

    async def processed(self, names: Collection[str], span: BucketSpan) -> tuple[Series, ...]:
        """Each named stat over the span, for the cache."""

    async def processed_per_server(self, names: Collection[str], span: BucketSpan) -> tuple[Series, ...]:
        """Each named stat over the span, for each server."""

    async def latency(self, span: BucketSpan) -> tuple[Series, ...]:
        """The probe's duration in nanoseconds over the span, for each server; the stat is `duration`."""

    async def prefix_stats(self, prefix: str, span: BucketSpan) -> tuple[Series, ...]:
        """num_keys, total_size, total_hits_rate, total_misses_rate, total_mutations_rate; prefix "" is every key."""

    async def recent_logs(self) -> tuple[ServerLog, ...]:
        """The last 100 log lines of every server."""

    async def popular_items(self, prefix: str = "") -> PopularItems:
        """What was popular in the last time slice, among the keys that start with the prefix."""

    async def key_stats(self, key: str) -> tuple[KeyStats, ...]:
        """The stats of one key; empty if it was never seen."""

    async def flush(self) -> None:
        """Drop every item."""

    async def reset_stats(self) -> None:
        """Set the counters to zero."""

    async def enable(self) -> None:
        """Enable the cache."""

    async def switch_cluster(self) -> str:
        """Move to another cluster and say which; the items are lost."""

    def record_api_call(self, server_command: str) -> None:
        """Note that the API itself used the cache, as `STATS` polls do: they appear in its log and counters."""
