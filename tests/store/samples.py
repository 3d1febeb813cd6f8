"""Small values of the API to build tests from."""

from mctop.api.models.introspection import LogLine, RecentLogs, ServerLog
from mctop.api.models.series import Series, SeriesAnswer
from mctop.api.models.stats import COUNTERS, Counters, ServerCounters, Stats
from mctop.store.series.ratio_scale import FRACTIONS

NOON = 1_700_000_040
"""A whole minute, epoch seconds."""


def counted(time: int = 0, **counters: int) -> Counters:
    """The counters of a server that tells all of them; those that are not named are 0."""
    return Counters(time=time, **{**dict.fromkeys(COUNTERS, 0), **counters})


def stats(time: int = NOON, servers: tuple[ServerCounters, ...] = (), **counters: int) -> Stats:
    """One sample of a cache's counters."""
    return Stats(total=counted(time, **counters), servers=servers)


def line(time: float, key: str = "k", command: str = "GET", status: str = "HIT") -> LogLine:
    """A log line."""
    return LogLine(time=time, key=key, command=command, status=status, size=10)


def logs(**servers: list[LogLine]) -> RecentLogs:
    """An answer of `recent_logs`."""
    return RecentLogs(servers=tuple(ServerLog(server=name, lines=tuple(lines)) for name, lines in servers.items()))


def series(stat: str, times: list[int], values: list[float | None], server: str | None = None) -> Series:
    """A series."""
    return Series(stat=stat, server=server, times=tuple(times), values=tuple(values))


def shares(time: int, get: float, set_: float) -> SeriesAnswer:
    """All the fractions of one bucket, only gets and sets having traffic."""
    values = dict.fromkeys(FRACTIONS, 0.0) | {"get_fraction": get, "set_fraction": set_}
    return SeriesAnswer(series=tuple(series(name, [time], [value]) for name, value in values.items()))
