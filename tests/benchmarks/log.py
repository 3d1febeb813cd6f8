"""What the log costs: joining answers, holding 50,000 lines, and filtering them."""

import gc
import json
import tracemalloc

from mctop.api.models.introspection import LogExcerpt, LogLine, RecentLogs, ServerLog, ServerLogExcerpt
from mctop.api.models.log_filter import parse_filter
from mctop.service.memcached.stream.log_ring import LogRing
from mctop.service.memcached.stream.watch_lines import records
from mctop.store.log.excerpts import join
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


def excerpt(number: int, lines: int) -> LogExcerpt:
    """An answer after a cursor: every key another one."""
    rows = tuple(
        (
            number + at / lines,
            f"user:{number}:{at}:profile",
            "GET" if at % 5 else "SET",
            "HIT" if at % 3 else "MISS",
            at,
        )
        for at in range(lines)
    )
    return LogExcerpt.model_construct(
        cursor="c", servers=(ServerLogExcerpt.model_construct(server="mc1:11211", lines=rows, missed=0),), dropped=0
    )


@benchmark("log-cursor")
def log_cursor() -> tuple[Figure, ...]:
    """A full tail that 10,000 lines a second come into: what holds the loop at each step, and what a filter does."""
    tail = LogTail()
    for number in range(6):
        tail = join(tail, excerpt(number, 10_000), (), number)
    typed = Sieve((parse_filter("user"),))
    nine = Sieve(tuple(parse_filter(f"x{number}", excludes=True) for number in range(9)))
    sifted, new = sift(Sifted(), Sieve(), tail), excerpt(6, 10_000)
    eight = sift(sifted, Sieve(nine.filters[:8]), tail)
    more = join(tail, new, (), 6)

    def poll() -> None:
        shown = listing(sift(sifted, Sieve(), more), (), highlights=False)
        rates(shown, 0, more.rows[-1].at)

    return (
        Figure("10,000 lines into a tail of 50,000", milliseconds(lambda: join(tail, new, (), 6)), "ms", 50),
        Figure("the same: filter, list and rates", milliseconds(poll), "ms", 50),
        Figure("a letter typed over 50,000 lines", milliseconds(lambda: sift(sifted, typed, tail)), "ms", 50),
        Figure("the same, of a ninth filter", milliseconds(lambda: sift(eight, nine, tail)), "ms", 50),
    )


HELD = 150_000


@benchmark("log-ring")
def log_ring() -> tuple[Figure, ...]:
    """The log of a server in the service: bytes and microseconds a line, and what a question costs."""
    text = b"".join(
        b"ts=1795321473.%d gid=5 type=item_get key=user%%3A%08d%%3Aprofile status=found clsid=1 cfd=17 size=100\n"
        % (number, number)
        for number in range(10_000)
    )
    logged = records(text)
    tracemalloc.start()
    ring = LogRing()
    ring.begin(sees_stores=True)
    for _ in range(HELD // len(logged)):
        ring.add(logged)
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    lines = ring.after(None, (), "a").many
    cart = (parse_filter("cart:42"),)
    sieved = LogRing()
    sieved.begin(sees_stores=True)
    sieved.after(None, cart, "a")
    place = ring.after(None, (), "a").place
    place = place._replace(received=place.received - 10_000)
    return (
        Figure("lines that a log holds", lines, "lines"),
        Figure("bytes a line", size / lines, "B", 100),
        Figure("memory of a full log", size / MEGABYTE, "MB", 10),
        Figure("microseconds a line", milliseconds(lambda: ring.add(logged)) / 10, "us", 1),
        Figure("microseconds a line with a filter", milliseconds(lambda: sieved.add(logged)) / 10, "us", 5),
        Figure("reading 10,000 lines", milliseconds(lambda: ring.after(place, (), "a").excerpt("a", 10_000)), "ms", 50),
        Figure("a new filter on a full log", milliseconds(lambda: ring.after(None, cart, "a")), "ms", 100),
    )


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
