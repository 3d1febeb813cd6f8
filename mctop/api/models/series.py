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


DAY = 86_400
COARSER_BUCKETS = ((7 * DAY, 600), (92 * DAY, 3_600))
"""Longest range in seconds, and its bucket; 3 months are at most 92 days."""


def bucket_for(seconds: float, *, finest: int = 60) -> int:
    """The granularity the API gives a range of `seconds`; `finest` is 60 s for stats and 20 s for latency."""
    if seconds <= DAY:
        return finest
    return next((bucket for longest, bucket in COARSER_BUCKETS if seconds <= longest), DAY)
