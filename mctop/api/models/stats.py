"""The 31 counters of `GET stats`, and the rows of v1's history."""

from __future__ import annotations

from mctop.api.models.value import Count, Value


class Counters(Value):
    """Cumulative since start or reset, but for the gauges.

    Gauges: `bytes`, `curr_connections`, `curr_items`, `limit_maxbytes`; `time` is the server's clock in epoch seconds.
    """

    auth_cmds: Count = 0
    auth_errors: Count = 0
    bytes: Count = 0
    bytes_read: Count = 0
    bytes_written: Count = 0
    cas_badval: Count = 0
    cas_hits: Count = 0
    cas_misses: Count = 0
    cmd_delete: Count = 0
    cmd_flush: Count = 0
    cmd_get: Count = 0
    cmd_set: Count = 0
    cmd_touch: Count = 0
    curr_connections: Count = 0
    curr_items: Count = 0
    decr_hits: Count = 0
    decr_misses: Count = 0
    delete_hits: Count = 0
    delete_misses: Count = 0
    evictions: Count = 0
    expired: Count = 0
    get_hits: Count = 0
    get_misses: Count = 0
    incr_hits: Count = 0
    incr_misses: Count = 0
    limit_maxbytes: Count = 0
    time: Count = 0
    total_connections: Count = 0
    total_items: Count = 0
    touch_hits: Count = 0
    touch_misses: Count = 0


class ServerCounters(Value):
    """The counters of one server, `host:port`."""

    server: str
    counters: Counters


class Stats(Value):
    """One answer of `GET stats`: the cache's counters, and each server's where the API gives them.

    `total` sums the servers, with the newest `time`. `dropped` counts servers whose counters made no sense.
    """

    total: Counters
    servers: tuple[ServerCounters, ...] = ()
    dropped: int = 0


class HistoryRow(Value):
    """The counters of one server at a moment; `time` is epoch seconds, `server` has no port."""

    time: float
    server: str = ""
    stats: Counters
