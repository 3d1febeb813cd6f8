"""What the history of two memcached servers costs: writing a minute, asking a range, opening the file."""

from __future__ import annotations

import random
import tempfile
import time
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from mctop.api.models.series import DAY, StatName
from mctop.service.base.backend import BucketSpan
from mctop.service.memcached.history.file import COUNTERS, LATENCY, HistoryFile, open_file
from mctop.service.memcached.history.history import MemcachedHistory, write_rows
from mctop.service.memcached.history.table import Pending, of_cache
from mctop.service.memcached.protocol.counters import COUNTED, SHOWN, ServerSample
from tests.benchmarks.registry import Figure, benchmark, milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVERS = ("a:11211", "b:11211")
END = 1_800_000_000 // DAY * DAY
DAYS, KEPT = 90, 8
ALL: tuple[str, ...] = get_args(StatName)
OVERVIEW = ("get_rate", "set_rate", "hit_rate", "request_rate", "eviction_rate", "bytes", "max_bytes", "items")
SPANS = {
    "24 h by the minute": BucketSpan(END - DAY, END, 60),
    "7 d by 10 minutes": BucketSpan(END - 7 * DAY, END, 600),
    "90 d by the hour": BucketSpan(END - 90 * DAY, END, 3_600),
}


def filled(path: Path) -> int:
    """Write 90 days of hours, the last 8 of them by the minute; the size in bytes."""
    draw = random.Random(1)
    rows = [
        (60.0, *(draw.randrange(2**16) for _ in COUNTED), *(draw.randrange(2**30) for _ in SHOWN)) for _ in range(997)
    ]
    counters, latency = Pending(COUNTERS, of_cache), Pending(LATENCY)
    starts = (*range(END - DAYS * DAY, END - KEPT * DAY, 3_600), *range(END - KEPT * DAY, END, 60))
    for number, start in enumerate(starts):
        for place, server in enumerate(SERVERS):
            counters.add(server, start, rows[(number + place) % len(rows)])
    for start in range(END - KEPT * DAY, END, 20):
        for server in SERVERS:
            latency.add(server, start, (200_000.0, 1.0))
    file = HistoryFile(path)
    for pending in (counters, latency):
        file.write(partial(write_rows, pending=pending, until=END))
    size = file.size
    file.close()
    return size


def polls() -> Iterator[tuple[str, ServerSample]]:
    """Every server, every five seconds."""
    for second in range(0, DAY, 5):
        raw = dict.fromkeys((*COUNTED, *SHOWN, "get_expired"), 1_000_000 + second * 50_000)
        for server in SERVERS:
            yield server, ServerSample(raw, 1, 1_000 + second, END + second + 0.01)


def longest(history: MemcachedHistory) -> tuple[float, float]:
    """Milliseconds of a usual sample, and of the longest of an hour, which writes a minute."""
    took = []
    for server, sample in islice(polls(), 1_440):
        start = time.perf_counter()
        history.sample(server, sample)
        took.append((time.perf_counter() - start) * 1_000)
    return sorted(took)[len(took) // 2], max(took)


@benchmark("memcached history")
def memcached_history() -> tuple[Figure, ...]:
    """90 days of two servers, the last 8 of them by the minute."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.sqlite"
        size = filled(path)
        opening = milliseconds(lambda: open_file(path).close())
        history = MemcachedHistory(path, SERVERS)
        asked = [
            Figure(f"{name}, {said}", milliseconds(partial(history.processed, names, SPANS[name])), "ms", reach)
            for name, reach in zip(SPANS, (30, 50, 50), strict=True)
            for said, names in (("8 stats", OVERVIEW), ("all 36", ALL))
        ]
        probes = milliseconds(lambda: history.latency_series(BucketSpan(END - DAY, END, 20)))
        each = milliseconds(lambda: history.processed_per_server(OVERVIEW, SPANS["24 h by the minute"]))
        usual, worst = longest(history)
        history.close()
    return (
        *asked,
        Figure("24 h by the minute, 8 stats, for each server", each, "ms", 60),
        Figure("24 h of latency by 20 s", probes, "ms", 30),
        Figure("a sample", usual, "ms", 1),
        Figure("a sample that writes its minute, at most", worst, "ms"),
        Figure("opening and checking the file", opening, "ms"),
        Figure("size of the file", size / 2**20, "MiB"),
    )
