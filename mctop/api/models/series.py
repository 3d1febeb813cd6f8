"""Series: timestamped values of one stat, for the cache or one server."""

from typing import Literal

from mctop.api.models.value import Value

StatName = Literal[
    "auth_cmds_rate", "auth_errors_rate", "bytes", "bytes_read_rate", "bytes_write_rate", "cas_badval_rate",
    "cas_fraction", "cas_hit_rate", "cas_rate", "connection_rate", "connections", "decr_fraction", "decr_hit_rate",
    "decr_rate", "delete_fraction", "delete_hit_rate", "delete_rate", "eviction_rate", "flush_fraction", "flush_rate",
    "get_expired_rate", "get_fraction", "get_hit_rate", "get_rate", "hit_rate", "incr_fraction", "incr_hit_rate",
    "incr_rate", "items", "max_bytes", "request_rate", "set_fraction", "set_rate", "touch_fraction",
    "touch_hit_rate", "touch_rate",
]  # fmt: skip
"""The 36 stats of `insight/processed_stats`."""


class Series(Value):
    """Values of one stat, oldest first; `times` are epoch seconds, equally long, strictly rising; None is a gap.

    `stat` is a StatName, `duration` (latency, ns), or a column of compound and prefix stats.
    `server` is None for the cache.
    """

    stat: str
    server: str | None = None
    times: tuple[int, ...] = ()
    values: tuple[float | None, ...] = ()


class SeriesAnswer(Value):
    """One answer of a series endpoint; `dropped` counts rows that made no sense."""

    series: tuple[Series, ...] = ()
    dropped: int = 0
