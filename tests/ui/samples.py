"""A believable cache with a believable bad night behind it, the same in every run."""

from __future__ import annotations

import math
from random import Random
from typing import TYPE_CHECKING

from mctop.api.models.alerts import Alert
from mctop.api.models.cache import CacheInfo
from mctop.api.models.introspection import PopularItem, PopularItems
from mctop.api.models.series import Series
from mctop.store.alerts.outlook import AlertOutlook
from mctop.store.base.health import DENIED, Failure, FailureKind, Health
from mctop.store.base.marks import Mark, MarkKind
from mctop.store.counters.live_rates import LiveStats, Rates
from mctop.store.log.tail import Entry, Gap, GapEntry, LogTail, ServerTrace
from mctop.store.series.ratio_scale import FRACTIONS, RatioScale
from mctop.store.series.series_set import SeriesSet
from tests.store.samples import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.store.store import Store

NOON = 1_789_992_667.0
"""Epoch seconds of the moment all samples are about: 2026-09-21, 12:51:07 UTC."""
LAST = int(NOON) // 60 * 60
"""The end of the last complete minute."""
STARTED = 5_000.0
"""The same moment on the monotonic clock."""
WINDOW = 21_600
SERVERS = ("mc1.us-east-1.ec2.example.com:11211", "mc2.us-east-1.ec2.example.com:11211",
           "mc3.us-east-1.ec2.example.com:11211")  # fmt: skip
MIB = 2**20
KEYS = ("session:9f2c41", "user:1042:profile", "product:88213:price", "feed:home:v7", "rates:EUR", "flags:global",
        "user:77:profile", "session:0b77de", "cart:51202", "geo:DE:towns", "product:1204:stock", "feed:sport:v7",
        "session:4411aa", "user:3:profile")  # fmt: skip
TITLE = "Memory and hit rate"
FAILED_PATH = "/api/v2/caches/1561/stats"


def fill(store: Store) -> None:
    """Put a sample into every slice, all of them live."""
    store.connecting.set(None)
    store.ratio_scale.set(RatioScale.FRACTION)
    store.cache.value.set(cache())
    store.stats.value.set(stats())
    store.insight.value.set(insight())
    store.per_server.value.set(per_server())
    store.latency.value.set(latency())
    store.popular.value.set(popular())
    store.log.value.set(log())
    store.alerts.value.set(alerts())
    store.marks.set((Mark(LAST - 7_800, MarkKind.FLUSH),))
    live(store)


def live(store: Store) -> None:
    """Make every slice live, its newest sample a few seconds old."""
    for each in store.slices():
        every = each.health.value.every
        due = STARTED - 2 + every
        each.health.set(Health(every=every, last_good=STARTED - 2, due=due, next_try=due))


def fail(store: Store, kind: FailureKind, status: int | None, message: str, *, since: float | None = None) -> None:
    """Make every endpoint fail; `since` seconds ago there was a last good sample, None is never."""
    wait = 286 if kind in DENIED else 4
    for each in store.slices():
        introspection = each.name in ("popular items", "log")
        path = "/api/v2/caches/1561/introspection/popular_items" if introspection else FAILED_PATH
        every = each.health.value.every
        each.health.set(
            Health(
                every=every,
                last_good=None if since is None else STARTED - since,
                due=None if since is None else STARTED - since + every,
                next_try=STARTED + wait,
                failure=Failure(kind, "GET", path, message, NOON - 1, status),
                failures=1,
            )
        )


def cache() -> CacheInfo:
    """What the cache is."""
    return CacheInfo(id=1561, name="4F2A9C", label="prod-cache", plan=1024 * MIB, servers=SERVERS, enabled=True)


def rates(**other: float | None) -> Rates:
    """A busy second, told over five."""
    values: dict[str, float | None] = {
        "requests": 3_412.4, "gets": 2_790.2, "sets": 481.6, "deletes": 96.4, "touches": 20.2, "incrs": 24.0,
        "decrs": 0.0, "cas": 0.0, "flushes": 0.0, "hit_rate": 0.934, "get_hit_rate": 0.941, "evictions": 12.4,
        "expirations": 41.0, "connections": 3.2, "read": 1.31 * MIB, "written": 8.84 * MIB,
        "lookups": 2_930.8,
    }  # fmt: skip
    return Rates(time=NOON, window=5.0, **{**values, **other})  # type: ignore[arg-type]  # hit rates alone are None


def stats(**other: float | None) -> LiveStats:
    """The newest counters."""
    counters = counted(
        time=int(NOON), bytes=int(742.3 * MIB), limit_maxbytes=int(1126.4 * MIB), curr_items=1_182_404,
        curr_connections=412, cmd_get=91_442_112, get_hits=85_993_201, get_misses=5_448_911,
    )  # fmt: skip
    return LiveStats(counters, rates(**other))


def insight() -> SeriesSet:
    """Six hours of the cache, a minute a bucket: a flush two hours ago, an hour without data before noon."""
    shapes: dict[str, Callable[[float], float]] = {
        "hit_rate": lambda t: 0.93 - 0.5 * math.exp(-(t - 230) / 25) if t >= 230 else 0.935,
        "get_hit_rate": lambda t: 0.94 if t < 230 else 0.94 - 0.5 * math.exp(-(t - 230) / 25),
        "request_rate": lambda t: 3_600 + 700 * math.sin(t / 60),
        "get_rate": lambda t: 2_900 + 600 * math.sin(t / 60),
        "set_rate": lambda t: 480 + 40 * math.sin(t / 45),
        "delete_rate": lambda t: 90.0,
        "bytes": lambda t: MIB * (790 + t / 8 if t < 230 else 742 * (1 - math.exp(-(t - 225) / 40))),
        "max_bytes": lambda t: 1126.4 * MIB,
        "items": lambda t: 1_200_000 + 2_000 * math.sin(t / 30),
        "connections": lambda t: 400 + 12 * math.sin(t / 20),
        "connection_rate": lambda t: 3.0,
        "eviction_rate": lambda t: max(0.0, 14 + 8 * math.sin(t / 25)),
        "get_expired_rate": lambda t: 40 + 6 * math.sin(t / 18),
        "bytes_read_rate": lambda t: MIB * (1.3 + 0.2 * math.sin(t / 60)),
        "bytes_write_rate": lambda t: MIB * (8.6 + 1.4 * math.sin(t / 60)),
    }
    series = [_series(stat, shape, seed) for seed, (stat, shape) in enumerate(shapes.items())]
    shares = {"get_fraction": 0.82, "set_fraction": 0.14, "delete_fraction": 0.03, "touch_fraction": 0.01}
    series += [_series(stat, _flat(shares.get(stat, 0.0)), 0) for stat in sorted(FRACTIONS)]
    return SeriesSet(tuple(series), 60, LAST, LAST - WINDOW)


def per_server() -> SeriesSet:
    """The last two hours of each server."""
    series = []
    for index, server in enumerate(SERVERS):
        for stat, value in (("hit_rate", (0.951, 0.938, 0.742)[index]), ("request_rate", 1_180.0 - 60 * index),
                            ("bytes", MIB * (251 - 4 * index)), ("max_bytes", 375.4 * MIB),
                            ("connections", 139.0 - index), ("eviction_rate", (0.0, 0.4, 12.1)[index])):  # fmt: skip
            series.append(_series(stat, _flat(value), index, server))
    return SeriesSet(tuple(series), 60, LAST, LAST - WINDOW)


def latency() -> SeriesSet:
    """Probes of each server."""
    series = tuple(
        _series("duration", _flat(value), index, server)
        for index, (server, value) in enumerate(zip(SERVERS, (412_000.0, 398_000.0, 2_416_805.0), strict=True))
    )
    return SeriesSet(series, 60, LAST, LAST - WINDOW)


def popular() -> PopularItems:
    """The hot keys of the last three minutes."""
    hit = tuple(PopularItem(name=key, popularity=round(9_120 * 0.72**rank)) for rank, key in enumerate(KEYS))
    missed = tuple(PopularItem(name=key, popularity=round(611 * 0.6**rank)) for rank, key in enumerate(KEYS[7:12]))
    return PopularItems(time_slice=186_554_450_945, most_hit_keys=hit, most_missed_keys=missed)


def log() -> LogTail:
    """A few dozen lines, some of them our own, and a gap."""
    random = Random(7)
    rows: list[Entry | GapEntry] = []
    for serial in range(60):
        time, server = NOON - 30 + serial / 2, SERVERS[serial % 3]
        if serial == 40:
            rows.append(GapEntry(serial, time, Gap(server, time - 4, time, 120)))
        elif serial % 11 == 3:
            rows.append(Entry(serial, time, server, time, "", "STATS", "OK", 0))
        else:
            command, status = random.choice((("GET", "HIT"),) * 6 + (("GET", "MISS"), ("SET", "STORED")))
            size = 0 if status == "MISS" else random.randint(40, 40_000)
            rows.append(Entry(serial, time, server, time, random.choice(KEYS), command, status, size))
    return LogTail(tuple(rows), traces=tuple(ServerTrace(server, (), NOON) for server in SERVERS))


def alerts() -> tuple[AlertOutlook, ...]:
    """Two enabled alerts, one of which would fire."""
    return (
        AlertOutlook(Alert(id=3, trigger_type="hit_rate", trigger_threshold=80, enabled=True,
                           description="page the web team"), 93.4, fires=False),
        AlertOutlook(Alert(id=8, trigger_type="memory_usage", trigger_threshold=60, enabled=True,
                           description="think about a larger plan"), 65.9, fires=True),
    )  # fmt: skip


def quiet(store: Store) -> None:
    """An hour-old cache that nobody uses: every endpoint answers, and there is nothing in it."""
    store.connecting.set(None)
    store.cache.value.set(cache())
    nothing = rates(**dict.fromkeys(("requests", "gets", "sets", "deletes", "touches", "incrs", "evictions",
                                     "expirations", "connections", "read", "written"), 0.0),
                    **dict.fromkeys(("hit_rate", "get_hit_rate")))  # fmt: skip
    counters = counted(time=int(NOON), limit_maxbytes=int(1126.4 * MIB), curr_connections=1)
    store.stats.value.set(LiveStats(counters, nothing))
    for series in (store.insight, store.per_server, store.latency):
        series.value.set(SeriesSet((), 60, LAST, LAST - WINDOW))
    store.popular.value.set(PopularItems(time_slice=186_554_450_945))
    store.log.value.set(LogTail())
    store.alerts.value.set(())
    live(store)


def _flat(value: float) -> Callable[[float], float]:
    return lambda _: value


def _series(stat: str, shape: Callable[[float], float], seed: int, server: str | None = None) -> Series:
    random = Random(seed)
    times = tuple(range(LAST - WINDOW, LAST, 60))
    values = tuple(
        None if 150 <= minute < 165 else shape(minute) * (1 + 0.01 * (random.random() - 0.5))
        for minute in range(len(times))
    )
    return Series(stat=stat, server=server, times=times, values=values)
