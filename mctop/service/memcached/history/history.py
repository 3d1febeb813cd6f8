"""What memcached servers did: samples come in, series go out, and a file remembers."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from mctop.api.models.formulas import STATS
from mctop.service.memcached.deltas import LONGEST, delta
from mctop.service.memcached.history.file import HistoryFile
from mctop.service.memcached.history.pending import CACHE, Pending
from mctop.service.memcached.history.reading import Reading
from mctop.service.memcached.history.snapshots import Snapshots
from mctop.service.memcached.history.tables import COUNTERS, LATENCY, PREFIXES
from mctop.service.memcached.history.whole import of_cache
from mctop.service.memcached.history.writing import write
from mctop.service.memcached.processed import EVERY_KEY, OF_PREFIX, OF_PROBES

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from mctop.api.models.history import HistoryRow
    from mctop.api.models.series import Series
    from mctop.service.backend import Span
    from mctop.service.memcached.sample import ServerSample

MINUTE = 60


@dataclass(frozen=True, slots=True)
class PrefixMinute:
    """What was done under a prefix in some seconds, None where nobody could tell, and what was there at their end.

    `total_size` is in bytes.
    """

    seconds: float
    hits: float | None
    misses: float | None
    mutations: float | None
    num_keys: int | None
    total_size: int | None


class MemcachedHistory:
    """The history of some servers, in a file or, if that is None, in memory.

    What was seen is told at once; it is written once a minute, when no more can be added to that minute. What the file
    does not take is kept for a day, and tried again each minute.
    """

    def __init__(self, file: Path | None, servers: tuple[str, ...]) -> None:
        self._servers = servers
        self._file = HistoryFile(file)
        self._samples: dict[str, ServerSample] = {}
        self._snapshots = Snapshots(self._file)
        self._counters = Pending(COUNTERS, of_cache)
        self._latency, self._prefixes = Pending(LATENCY), Pending(PREFIXES)
        self._written = 0.0

    @property
    def degraded(self) -> str:
        """What is wrong with the file, in words for the screen; "" if nothing is."""
        return self._file.degraded

    def sample(self, server: str, sample: ServerSample) -> None:
        """Note the counters of a server; the first sample after a start only begins."""
        before, self._samples[server] = self._samples.get(server), sample
        done = delta(before, sample) if before is not None else None
        if done is not None:
            self._counters.add(server, done.at, (done.seconds, *done.counts, *done.gauges))
        self._snapshots.see(server, sample)
        if not 0 <= sample.at - self._written < MINUTE + LONGEST:
            self._written = sample.at // MINUTE * MINUTE
            self._write(sample.at, sample.at - LONGEST)

    def latency(self, server: str, at: float, nanoseconds: float) -> None:
        """Note how long a probe of a server took."""
        self._latency.add(server, at, (nanoseconds, 1))

    def prefix(self, prefix: str, minute: int, stats: PrefixMinute) -> None:
        """Add what was done under a prefix in a minute, which is given by its start."""
        self._prefixes.add(prefix, minute, astuple(stats))

    def processed(self, names: Collection[str], span: Span) -> tuple[Series, ...]:
        """Each named stat over the span, for the cache."""
        return Reading(self._file, self._counters, STATS).series(CACHE, None, names, span)

    def processed_per_server(self, names: Collection[str], span: Span) -> tuple[Series, ...]:
        """Each named stat over the span, for each server."""
        reading = Reading(self._file, self._counters, STATS)
        return tuple(series for server in self._servers for series in reading.series(server, server, names, span))

    def latency_series(self, span: Span) -> tuple[Series, ...]:
        """The mean duration of the probes in nanoseconds over the span, for each server."""
        reading = Reading(self._file, self._latency, OF_PROBES)
        return tuple(series for server in self._servers for series in reading.series(server, server, OF_PROBES, span))

    def prefix_stats(self, prefix: str, span: Span) -> tuple[Series, ...]:
        """What is stored and done under a prefix over the span; the prefix "" is every key."""
        if not prefix:
            return Reading(self._file, self._counters, EVERY_KEY).series(CACHE, None, EVERY_KEY, span)
        return Reading(self._file, self._prefixes, OF_PREFIX).series(prefix, None, OF_PREFIX, span)

    def kept_counters(self) -> tuple[HistoryRow, ...]:
        """The counters of every server as they were each half hour, oldest first."""
        return self._snapshots.rows()

    def close(self) -> None:
        """Write what is not written yet, the running minute too, and close the file."""
        newest = max((sample.at for sample in self._samples.values()), default=0.0)
        self._write(newest, math.inf)
        self._file.close()

    def _write(self, now: float, until: float) -> None:
        write(self._file, (self._counters, self._latency, self._prefixes), self._snapshots, now=now, until=until)
