"""What the log costs: joining answers, holding 50,000 lines, and filtering them."""

import gc
import json
import tracemalloc

from mctop.api.models.introspection import LogLine, RecentLogs, ServerLog
from mctop.api.models.log_filter import parse_filter
from mctop.store.log.filters import Sieve, Sifted, sift
from mctop.store.log.tail import LogTail, merge
from mctop.ui.screens.log.rows import listing, rates
from tests.benchmarks.registry import Figure, benchmark, milliseconds

LINES = 100
MEGABYTE = 1_000_000


def answer(number: int, servers: int) -> RecentLogs:
    """One answer as it comes from the wire: every text its own, every key another one, lines like those of others."""
    return RecentLogs(
        servers=tuple(ServerLog(server=f"mc{n}.example.com:11211", lines=window(number, n)) for n in range(servers))
    )


def window(number: int, server: int) -> tuple[LogLine, ...]:
    """The lines of one server."""
    rows = [
        {
            "time": number * 5 + at / 20,
            "key": f"user:{number}:{server}:{at}:profile",
            "command": "GET" if at % 5 else "SET",
            "status": "HIT" if at % 3 else "MISS",
            "size": 1_000 + at,
        }
        for at in range(LINES)
    ]
    return tuple(LogLine(**row) for row in json.loads(json.dumps(rows)))


@benchmark("log-merge")
def log_merge() -> tuple[Figure, ...]:
    """A hundred servers whose windows are all new: the most that one answer can bring."""
    tail = merge(LogTail(), answer(0, 100))
    new = answer(1, 100)
    return (Figure("log merge: 100 servers of 100 lines", milliseconds(lambda: merge(tail, new)), "ms", 20),)


@benchmark("log-held")
def log_held() -> tuple[Figure, ...]:
    """A full tail: its memory, what it takes to filter it anew, and what each poll costs from then on."""
    tracemalloc.start()
    tail = LogTail()
    for number in range(60):
        tail = merge(tail, answer(number, 10))
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    sieve = Sieve((parse_filter("cmd:get status:miss server:mc1 size>1k"), parse_filter("profile")))
    sifted = sift(Sifted(), sieve, tail)
    more = merge(tail, answer(60, 10))

    def poll() -> None:
        shown = listing(sift(sifted, sieve, more), (), highlights=False)
        rates(shown, 0, more.rows[-1].at)

    return (
        Figure(f"memory of {len(tail.rows):,} lines", held / MEGABYTE, "MB", 20),
        Figure("two filters over all of them", milliseconds(lambda: sift(Sifted(), sieve, tail)), "ms", 100),
        Figure("a poll of 1,000 lines: filter, list and rates", milliseconds(poll), "ms", 10),
    )
