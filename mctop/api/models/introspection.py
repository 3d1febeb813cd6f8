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


LogFields = tuple[float, str, str, str, int | None]
"""The fields of a logged request: epoch seconds, key, command, status, bytes of the value where they are told.

The texts are raw."""


class ServerLogExcerpt(Value):
    """The lines of one server that came after a cursor and pass the filters, oldest first.

    Of the others it is counted exactly: `missed` passed, or were not looked at, and are no longer held (None: nobody
    counted), `lost` the server did not hand on, and `left_out` did not pass.
    """

    server: str
    lines: tuple[LogFields, ...] = ()
    missed: int | None = None
    lost: int = 0
    left_out: int = 0


class LogExcerpt(Value):
    """The log after a cursor, as a service of our own tells it; `cursor` is where the next one begins."""

    cursor: str
    servers: tuple[ServerLogExcerpt, ...] = ()
    dropped: int = 0


class PopularItem(Value):
    """A key or a prefix with its popularity in the time slice; popularity has no unit."""

    name: Text
    popularity: Number = 0


class PopularItems(Value):
    """What was popular in the last time slice of `time_slice` nanoseconds; each list in the API's order."""

    time_slice: Count = 0
    most_hit_keys: tuple[PopularItem, ...] = ()
    most_missed_keys: tuple[PopularItem, ...] = ()
    most_mutated_keys: tuple[PopularItem, ...] = ()
    popular_prefixes: tuple[PopularItem, ...] = ()
    dropped: int = 0


class KeyStats(Value):
    """One row of `key_stats`: counts of one key; `time` is epoch seconds, `size` bytes."""

    time: float
    name: Text = ""
    size: Count = 0
    hit_count: Count = 0
    miss_count: Count = 0
    mutation_count: Count = 0
    in_cache: bool | None = None


class Prefix(Value):
    """A watched prefix."""

    id: int
    name: Text = ""
