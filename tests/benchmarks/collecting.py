"""What collecting costs: merging a log, and keeping a 24 h chart up to date."""

from __future__ import annotations

from mctop.api.models.introspection import LogLine, RecentLogs, ServerLog
from mctop.store.log.tail import LogTail, merge
from tests.benchmarks.registry import Figure, benchmark, milliseconds

SERVERS, LINES = 100, 100


def window(first: int) -> RecentLogs:
    """The last lines of every server, the oldest of them being the one with this number."""
    return RecentLogs(
        servers=tuple(
            ServerLog(
                server=f"mc{server}:11211",
                lines=tuple(
                    LogLine(time=float(n), key=f"k{server}:{n}", command="GET", status="HIT")
                    for n in range(first, first + LINES)
                ),
            )
            for server in range(SERVERS)
        )
    )


@benchmark("log merge")
def log_merge() -> tuple[Figure, ...]:
    """Half of each server's window is new."""
    held, later = merge(LogTail(), window(0)), window(LINES // 2)
    return (Figure("100 servers of 100 lines", milliseconds(lambda: merge(held, later)), "ms", 20),)
