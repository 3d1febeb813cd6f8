"""Introspection: log lines, popular items, key stats, watched prefixes."""

from mctop.api.models.value import Count, Number, Text, Value


class LogLine(Value):
    """One request as a server logged it; `time` is epoch seconds, `size` bytes; `key` is raw and untrusted."""

    time: float
    key: Text = ""
    command: Text = ""
    status: Text = ""
    size: Count = 0


class ServerLog(Value):
    """The last log lines of one server, oldest first."""

    server: str
    lines: tuple[LogLine, ...] = ()


class RecentLogs(Value):
    """One answer of `recent_logs`; `dropped` counts lines that made no sense."""

    servers: tuple[ServerLog, ...] = ()
    dropped: int = 0


class PopularItem(Value):
    """A key or a prefix with its popularity in the time slice; popularity has no unit."""

    name: Text
    popularity: Number = 0


class CertainFrom(Value):
    """For each list, what an item that it lacks has less of, and each may have more; 0 where that is little."""

    most_hit_keys: Count = 0
    most_missed_keys: Count = 0
    most_mutated_keys: Count = 0
    popular_prefixes: Count = 0


class PopularItems(Value):
    """What was popular in the last time slice of `time_slice` nanoseconds; each list in the API's order.

    `certain_from` is None where nothing is said of it, as MemCachier's API does not.
    """

    time_slice: Count = 0
    most_hit_keys: tuple[PopularItem, ...] = ()
    most_missed_keys: tuple[PopularItem, ...] = ()
    most_mutated_keys: tuple[PopularItem, ...] = ()
    popular_prefixes: tuple[PopularItem, ...] = ()
    certain_from: CertainFrom | None = None
    dropped: int = 0


class KeyStats(Value):
    """One row of `key_stats`: counts of one key, None where unknown; `time` is epoch seconds, `size` bytes."""

    time: float
    name: Text = ""
    size: Count = 0
    hit_count: Count | None = None
    miss_count: Count | None = None
    mutation_count: Count | None = None
    in_cache: bool | None = None


class Prefix(Value):
    """A watched prefix."""

    id: int
    name: Text = ""
