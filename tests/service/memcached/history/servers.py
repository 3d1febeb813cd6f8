"""Servers that count, without a server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mctop.service.base.backend import BucketSpan
from mctop.service.memcached.protocol.counters import COUNTED, SHOWN, ServerSample

if TYPE_CHECKING:
    from pathlib import Path

    from mctop.api.models.series import Series
    from mctop.service.memcached.history.history import MemcachedHistory

HOUR = 3_600
START = 1_800_000_000 // HOUR * HOUR
"""An hour's beginning."""

POLL = 5
NAMES = ("a:1", "b:1")


@dataclass
class Server:
    """Gets ten times its weight a second, nine in ten of which hit, and sets half as often."""

    name: str
    weight: int = 1
    pid: int = 7
    started: int = START - 1_000

    def at(self, time: int) -> ServerSample:
        done = (time - self.started) * 10 * self.weight
        counters = {
            **dict.fromkeys((*COUNTED, *SHOWN), 0),
            "get_hits": done * 9,
            "get_misses": done,
            "cmd_set": done // 2,
            "cas_hits": done // 10,
            "bytes": time - START,
            "curr_items": self.weight,
            "limit_maxbytes": 64,
            "get_expired": 0,
        }
        return ServerSample(counters, self.pid, time - self.started, time + 0.01)


@dataclass
class Watch:
    """A history that two servers are polled for."""

    history: MemcachedHistory
    servers: tuple[Server, ...] = field(default_factory=lambda: (Server(NAMES[0]), Server(NAMES[1], weight=2)))

    def poll(self, start: int, end: int, step: int = POLL) -> None:
        for time in range(start, end, step):
            for server in self.servers:
                self.history.sample(server.name, server.at(time))

    def cache(self, name: str, start: int, end: int, step: int = 60) -> tuple[float | None, ...]:
        (series,) = self.history.processed((name,), BucketSpan(start, end, step))
        return series.values


def values(series: tuple[Series, ...], stat: str, server: str | None = None) -> tuple[float | None, ...]:
    return next(one.values for one in series if (one.stat, one.server) == (stat, server))


def damage(file: Path) -> None:
    """Overwrite all of a file but its beginning, as a failing disk would."""
    size = file.stat().st_size
    with file.open("r+b") as bytes_of:
        bytes_of.seek(1_024)
        bytes_of.write(b"\xa5" * (size - 1_024))
