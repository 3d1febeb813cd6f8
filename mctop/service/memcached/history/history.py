"""The history of memcached servers: what is recorded, and the series read from it."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from mctop.api.models.formulas import STATS
from mctop.api.models.series import Series
from mctop.api.models.stats import Counters, HistoryRow
from mctop.service.memcached.history.file import COUNTERS, LARGEST, LATENCY, PREFIXES, HistoryFile, age_out, cut
from mctop.service.memcached.history.processed_stats import EVERY_KEY, OF_PREFIX, OF_PROBES, StatValues, needed
from mctop.service.memcached.history.table import CACHE, HOUR, LONGEST_PENDING, OWNER, Pending, of_cache
from mctop.service.memcached.protocol.counters import LONGEST, counters, delta

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path
    from sqlite3 import Connection

    from mctop.service.base.backend import BucketSpan
    from mctop.service.memcached.history.processed_stats import Formulas
    from mctop.service.memcached.history.table import Row
    from mctop.service.memcached.protocol.counters import ServerSample


class SeriesReader:
    """Makes series of one table by its formulas."""

    def __init__(self, file: HistoryFile, pending: Pending, formulas: Formulas) -> None:
        self._file, self._pending, self._formulas = file, pending, formulas

    def series(self, owner: str, server: str | None, names: Collection[str], span: BucketSpan) -> tuple[Series, ...]:
        """Each named stat of an owner over a span, one value a bucket, None for a gap or the future."""
        columns = needed(self._formulas, names)
        rows = self._rows(owner, columns, span)
        view = self._pending.table.only(columns)
        values = list(zip(*rows.values(), strict=True)) if rows else [()] * len(view.columns)
        processed = StatValues(self._formulas, dict(zip(view.columns, values, strict=True)))
        times = tuple(range(span.start, span.end, span.step))
        result = []
        for name in names:
            by_bucket = dict(zip(rows, processed.values(name), strict=True))
            filled = tuple(map(by_bucket.get, times))
            result.append(Series.model_construct(stat=name, server=server, times=times, values=filled))
        return tuple(result)

    def _rows(self, owner: str, columns: Collection[str], span: BucketSpan) -> dict[int, Row]:
        table = self._pending.table
        view = table.only(columns)
        asked = self._file.ask(view.ask(span.step), {"owner": owner, "start": span.start, "end": span.end})
        rows: dict[int, Row] = {int(bucket or 0): tuple(row) for bucket, *row, _ in asked}
        places = [table.columns.index(name) for name in view.columns]
        for bucket, row in self._pending.of(owner, span.start, span.end, span.step).items():
            later = tuple(row[place] for place in places)
            rows[bucket] = view.together((rows[bucket], later)) if bucket in rows else later
        return rows


SNAPSHOT_EVERY = 1_800.0
"""Seconds between two snapshots of a server."""

WAITING = 4_800
"""Snapshots that wait for a file that takes none, at most: a day of a hundred servers."""


class Snapshots:
    """Snapshots in the file, and those that wait to be written."""

    def __init__(self, file: HistoryFile) -> None:
        self._file = file
        rows = file.ask("SELECT name, max(time) FROM kept NATURAL JOIN owners GROUP BY owner", {})
        self._newest = {str(server): float(at or 0) for server, at in rows}
        self._waiting: list[tuple[float, str, str]] = []

    def see(self, server: str, sample: ServerSample) -> None:
        """Keep the counters, if the newest that are kept are old enough."""
        if (
            abs(sample.at - self._newest.get(server, 0.0)) >= SNAPSHOT_EVERY
        ):  # a clock that was put back does not end it
            self._newest[server] = sample.at
            self._waiting.append((sample.at, server, counters(sample.counters).model_dump_json()))
            del self._waiting[:-WAITING]

    def rows(self) -> tuple[HistoryRow, ...]:
        """Every snapshot, oldest first; servers are named without their ports."""
        written = self._file.ask("SELECT time, name, counters FROM kept NATURAL JOIN owners ORDER BY time, name", {})
        return tuple(
            HistoryRow(
                time=float(at or 0),
                server=str(server).rpartition(":")[0],
                stats=Counters.model_validate_json(str(text)),
            )
            for at, server, text in (*written, *self._waiting)
        )

    def write(self, database: Connection) -> None:
        """Write those that wait; they wait on until `forget` says that the file took them."""
        database.executemany(
            "INSERT OR IGNORE INTO owners (name) VALUES (?)", {(server,) for _, server, _ in self._waiting}
        )
        rows = [(server, at, text) for at, server, text in self._waiting]
        database.executemany(f"INSERT OR REPLACE INTO kept VALUES ({OWNER}, ?, ?)", rows)

    def forget(self) -> None:
        """Forget what is in the file."""
        self._waiting.clear()


def write(
    file: HistoryFile,
    tables: Collection[Pending],
    snapshots: Snapshots,
    *,
    now: float,
    until: float,
    largest: int = LARGEST,
) -> None:
    """Write all that ended before `until`, and delete what is too old or, beyond `largest` bytes, too much.

    What the file does not take stays pending, for a day.
    """

    def minute(database: Connection) -> None:
        for pending in tables:
            write_rows(database, pending, until)
        snapshots.write(database)
        age_out(database, now)

    taken = file.write(minute)
    for pending in tables:
        pending.forget(until if taken else until - LONGEST_PENDING)
    if taken:
        snapshots.forget()
        if file.size > largest:
            file.write(lambda database: cut(database, now))


def write_rows(database: Connection, pending: Pending, until: float) -> None:
    """Add the rows of a table that ended before `until` to those of their minutes and of their hours."""
    table, rows = pending.table, tuple(pending.before(until))
    database.executemany("INSERT OR IGNORE INTO owners (name) VALUES (?)", {(owner,) for _, owner, _ in rows})
    for name, step in ((table.name, table.finest), (table.hours, HOUR)):
        database.executemany(table.add(name), [(owner, time // step * step, *row) for time, owner, row in rows])


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
        self._filled: dict[str, ServerSample] = {}
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
        before, self._filled[server] = self._filled.get(server), sample.filled(self._samples.get(server))
        self._samples[server] = sample
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

    def processed(self, names: Collection[str], span: BucketSpan) -> tuple[Series, ...]:
        """Each named stat over the span, for the cache."""
        return SeriesReader(self._file, self._counters, STATS).series(CACHE, None, names, span)

    def processed_per_server(self, names: Collection[str], span: BucketSpan) -> tuple[Series, ...]:
        """Each named stat over the span, for each server."""
        reading = SeriesReader(self._file, self._counters, STATS)
        return tuple(series for server in self._servers for series in reading.series(server, server, names, span))

    def latency_series(self, span: BucketSpan) -> tuple[Series, ...]:
        """The mean duration of the probes in nanoseconds over the span, for each server."""
        reading = SeriesReader(self._file, self._latency, OF_PROBES)
        return tuple(series for server in self._servers for series in reading.series(server, server, OF_PROBES, span))

    def prefix_stats(self, prefix: str, span: BucketSpan) -> tuple[Series, ...]:
        """What is stored and done under a prefix over the span; the prefix "" is every key."""
        if not prefix:
            return SeriesReader(self._file, self._counters, EVERY_KEY).series(CACHE, None, EVERY_KEY, span)
        return SeriesReader(self._file, self._prefixes, OF_PREFIX).series(prefix, None, OF_PREFIX, span)

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
