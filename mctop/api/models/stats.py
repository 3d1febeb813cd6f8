"""The 31 counters of `GET stats`, and the rows of v1's history."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, SerializerFunctionWrapHandler, model_serializer

from mctop.api.models.value import LARGEST, Told, Value, to_told


def _to_clock(raw: object) -> int:
    """Read a server's clock; 0 where it is not told."""
    return to_told(raw) or 0


class Counters(Value):
    """Cumulative since start or reset, but for the gauges; what is not told, or makes no sense, is None.

    Gauges: `bytes`, `curr_connections`, `curr_items`, `limit_maxbytes`; `time` is the server's clock in epoch seconds,
    0 where it is not told. `pid` and `uptime` (seconds) are of one server, and memcached's: MemCachier tells neither.
    """

    auth_cmds: Told = None
    auth_errors: Told = None
    bytes: Told = None
    bytes_read: Told = None
    bytes_written: Told = None
    cas_badval: Told = None
    cas_hits: Told = None
    cas_misses: Told = None
    cmd_delete: Told = None
    cmd_flush: Told = None
    cmd_get: Told = None
    cmd_set: Told = None
    cmd_touch: Told = None
    curr_connections: Told = None
    curr_items: Told = None
    decr_hits: Told = None
    decr_misses: Told = None
    delete_hits: Told = None
    delete_misses: Told = None
    evictions: Told = None
    expired: Told = None
    get_hits: Told = None
    get_misses: Told = None
    incr_hits: Told = None
    incr_misses: Told = None
    limit_maxbytes: Told = None
    time: Annotated[int, BeforeValidator(_to_clock)] = 0
    total_connections: Told = None
    total_items: Told = None
    touch_hits: Told = None
    touch_misses: Told = None
    pid: Told = None
    uptime: Told = None

    @model_serializer(mode="wrap")
    def _told(self, write: SerializerFunctionWrapHandler) -> dict[str, int]:
        return {name: value for name, value in write(self).items() if value is not None}


COUNTERS = tuple(name for name in Counters.model_fields if name not in ("time", "pid", "uptime"))
"""The names of what is counted or gauged, which servers' sums have too."""


def add_up(all_counters: tuple[Counters, ...]) -> Counters:
    """Sum the counters of one server or more, None where one of them does not tell; `time` is the newest."""
    totals = {name: _sum([getattr(each, name) for each in all_counters]) for name in COUNTERS}
    return Counters.model_construct(None, **totals, time=max(each.time for each in all_counters))


def _sum(values: list[int | None]) -> int | None:
    told = [value for value in values if value is not None]
    return min(LARGEST, sum(told)) if len(told) == len(values) else None


class ServerCounters(Value):
    """The counters of one server, `host:port`."""

    server: str
    counters: Counters


class Stats(Value):
    """One answer of `GET stats`: the cache's counters, and each server's where the API gives them.

    `total` sums the servers, with the newest `time`; what one of them does not tell is not told of all.
    `dropped` counts servers whose counters made no sense.
    """

    total: Counters
    servers: tuple[ServerCounters, ...] = ()
    dropped: int = 0


class HistoryRow(Value):
    """The counters of one server at a moment; `time` is epoch seconds, `server` has no port."""

    time: float
    server: str = ""
    stats: Counters
