"""Puts a load on a server, and judges what mctop says of it by what was done."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.memcached import load
from tests.memcached.load import META, Connection, Truth, connected
from tests.memcached.service import serving
from tests.memcached.verdict import Judge, Reading, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.memcached.load import KeyCounts
    from tests.memcached.service import LogLine, Service

COUNTERS = (
    *("cmd_get", "get_hits", "get_misses", "cmd_set", "cmd_touch", "touch_hits", "touch_misses", "cmd_delete"),
    *("delete_hits", "delete_misses", "incr_hits", "incr_misses", "decr_hits", "decr_misses"),
    *("cas_hits", "cas_misses", "cas_badval", "cmd_flush"),
)
"""What is compared of `stats`, besides items, connections and limit."""

SETTLED = 20.0
"""Seconds in which what was done must be told: a server's log sleeps for up to one, and mctop waits one for a line."""
STILL = 2.0
"""Seconds without a change after which what is popular is taken for complete."""

OWN_GETS = 1
"""Questions for a key with blanks before the counters are compared."""

OPERATIONS = "log:"
"""What the keys of the last operations start with, which are compared with the log line by line."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A server to prove mctop on: `operations` are those that it knows."""

    title: str
    port: int
    operations: frozenset[str]


@dataclass(frozen=True, slots=True)
class Operation:
    """One of the last operations, and what the log is to say of it: any of these commands, and of these statuses.

    `there` is whether the server finds the key.
    """

    name: str
    do: Callable[[Connection, str], object]
    commands: tuple[str, ...]
    statuses: tuple[str, ...]
    there: bool
    needs: str = ""

    @property
    def key(self) -> str:
        """The key that nothing else asks for."""
        return OPERATIONS + self.name.replace(" ", "_")


def operations(names: frozenset[str]) -> list[Operation]:
    """The last operations on a server that knows these."""
    done, numbers = ("DONE", "OK", "HIT", "FOUND", "STORED"), ("INCR", "MA")
    text = [
        Operation("get hit", lambda it, key: it.get(key), ("GET",), ("HIT",), True),
        Operation("get miss", lambda it, key: it.get(key), ("GET",), ("MISS",), False),
        Operation("set new", lambda it, key: it.store(key, b"new"), ("SET",), ("STORED",), False),
        Operation("set again", lambda it, key: it.store(key, b"again"), ("SET",), ("STORED",), True),
        Operation("add refused", lambda it, key: it.store(key, b"no", "add"), ("ADD",), ("NOT_STORED",), True),
        Operation("append", lambda it, key: it.store(key, b"more", "append"), ("APPEND",), ("STORED",), True),
        Operation("cas late", lambda it, key: it.cas(key, b"late", 1), ("CAS",), ("EXISTS",), True),
        Operation("incr", lambda it, key: it.count(key), numbers, done, True),
        Operation("incr miss", lambda it, key: it.count(key), numbers, ("MISS", "NOT_FOUND"), False),
        Operation("touch", lambda it, key: it.touch(key), ("TOUCH",), ("TOUCHED", *done), True),
        Operation("delete", lambda it, key: it.delete(key), ("DELETE",), ("DELETED",), True),
        Operation("delete miss", lambda it, key: it.delete(key), ("DELETE",), ("MISS", "NOT_FOUND"), False),
        Operation("gat", lambda it, key: it.gat(key), ("GAT", "TOUCH"), ("TOUCHED", *done), True, "gat"),
        Operation("mg", lambda it, key: it.mg(key), ("GET", "MG"), ("HIT",), True, "ms"),
        Operation("ms", lambda it, key: it.ms(key, b"meta"), ("SET", "MS"), ("STORED",), False, "ms"),
        Operation("ma", lambda it, key: it.ma(key), numbers, done, True, "ms"),
        Operation("md", lambda it, key: it.md(key), ("DELETE", "MD"), ("DELETED",), True, "ms"),
    ]
    return [operation for operation in text if not operation.needs or operation.needs in names]


def prove(subject: Subject, scale: float = 1.0, seed: int = 1) -> Table:
    """Put a load on a fresh server, and judge everything that mctop says of it."""
    truth = Truth()
    with serving(subject.port) as service, ExitStack() as stack:
        connections = [stack.enter_context(connected(subject.port, truth)) for _ in range(load.CONNECTIONS)]
        stats = service.stats()
        if isinstance(stats, str):
            judge = Judge(())
            judge.plain("the server is watched", truth=True, said=stats)
            return Table(subject.title, tuple(judge.rows))
        first, last = connections[0], operations(subject.operations)
        load.prepare(first, subject.operations)
        for operation in last:
            if operation.there:
                first.store(operation.key, b"10000")
        is_watched = watched(service, first)
        keys = compared(truth, subject.operations)
        truth.keys.clear()  # what is told of keys begins with the watch
        for key in keys:
            service.key(key)
        with following(service) as lines:
            load.run(connections, load.steps(subject.operations, scale, seed))
            for operation in last:
                operation.do(first, operation.key)
            popular = settled(service, truth, is_watched=is_watched)
        judge = Judge(tuple(service.grades()))
        compare_stats(judge, service, truth)
        compare_popular(judge, popular, truth, keys)
        compare_log(judge, last, lines, truth)
        compare_keys(judge, service, truth, keys)
        compare_changes(judge, service, first)
        return Table(subject.title, tuple(judge.rows))


def compared(truth: Truth, names: frozenset[str]) -> list[str]:
    """The keys of which everything is compared: one of each kind of use."""
    keys = [load.NEVER, load.LATE, load.WRITTEN, load.COMPARED, load.COUNTER, load.JOINED, load.GONE, load.TOUCHED]
    keys += [load.DELETED, load.REFUSED, load.RARE, load.LONG, load.LETTERS, load.SESSIONS[0], *load.PAGES[:2]]
    keys += [*load.SEVERAL, *load.SMALL, load.LAST_MISSED]
    return [*keys, *((load.METAL,) if names >= META else ()), *((load.BINARY,) if load.BINARY in truth.values else ())]


def watched(service: Service, connection: Connection) -> bool:
    """Wait until the server's log is told as it comes; say whether it ever is."""
    end = time.monotonic() + SETTLED / 2
    while time.monotonic() < end:
        if any(line["key"] == "warm" for line in service.log()):
            return True
        if any(grade["of"] == "recent_logs" and grade["grade"] == "impossible" for grade in service.grades()):
            return False
        connection.get("warm")
        time.sleep(0.1)
    return False


@contextmanager
def following(service: Service) -> Iterator[list[LogLine]]:
    """Every line that the log told, asked once a second as the screen does, and once more at the end."""
    over = threading.Event()
    lines: list[LogLine] = []

    def follow() -> None:
        last, cursor = False, ""
        while not last:
            last = over.wait(1.0)
            more, cursor = service.log_after(cursor)
            lines.extend(more)

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        yield lines
    finally:
        over.set()
        thread.join()


def settled(service: Service, truth: Truth, *, is_watched: bool) -> dict[str, dict[str, int]]:
    """What is popular, once it changes no more."""
    popular, end = service.popular(), time.monotonic() + SETTLED
    since = time.monotonic()
    while is_watched and time.monotonic() < min(end, since + STILL):
        time.sleep(0.25)
        now = service.popular()
        if now != popular:
            popular, since = now, time.monotonic()
    return popular


def compare_stats(judge: Judge, service: Service, truth: Truth) -> None:
    """Compare the counters."""
    stats = service.stats()
    assert not isinstance(stats, str)
    for name in COUNTERS:
        least = truth.counters[name]
        own = Reading("own mg", least, least + OWN_GETS)
        judge.number(f"stats · {name}", least, stats[name], ("stats", f"stats.{name}"), own)
    judge.plain("stats · curr_items", len(truth.values), stats["curr_items"])
    own = Reading("own", truth.connections + 1, truth.connections + 4)
    graded = ("stats", "stats.curr_connections")
    judge.number("stats · curr_connections", truth.connections, stats["curr_connections"], graded, own)


def compare_popular(judge: Judge, popular: dict[str, dict[str, int]], truth: Truth, keys: list[str]) -> None:
    """Compare the counts of the popular keys; one that is not listed is right if it is not among the most."""
    lists: tuple[tuple[str, Callable[[KeyCounts], int], Callable[[KeyCounts], list[Reading]]], ...] = (
        ("most_hit_keys", lambda counts: counts.hits, present_readings),
        ("most_missed_keys", lambda counts: counts.misses, absent_readings),
        ("most_mutated_keys", lambda counts: counts.changed, changed_readings),
    )
    for name, count, readings in lists:
        listed = popular.get(name, {})
        title = name.replace("_keys", "").replace("_", " ")
        for key in keys:
            said: int | None = listed.get(key)
            expected = count(truth.keys[key])
            if said is None and not (not listed and judge.is_impossible(name)):
                said = expected if len(listed) >= 20 and expected <= min(listed.values()) else 0
            judge.number(f"{title} · {short(key)}", expected, said, (name, "popular_items"), *readings(truth.keys[key]))


def compare_keys(judge: Judge, service: Service, truth: Truth, keys: list[str]) -> None:
    """Compare what is told of single keys, one asked for right after the other."""
    graded = ("key_stats", "key_stats.hit_count", "key_stats.miss_count", "key_stats.mutation_count")
    for key in keys:
        row, counts, title = service.key(key), truth.keys[key], f"key · {short(key)}"
        said = (row["hit_count"], row["miss_count"], row["mutation_count"]) if row else (0, 0, 0)
        judge.number(f"{title} · hits", counts.hits, said[0], graded, *present_readings(counts))
        judge.number(f"{title} · misses", counts.misses, said[1], graded, *absent_readings(counts))
        judge.number(f"{title} · mutations", counts.changed, said[2], graded, *changed_readings(counts))
        there = False if row is None else row["in_cache"]
        if row is None and judge.is_impossible("key_stats.in_cache"):
            there = None
        size = None if there is None else row["size"] if row else 0
        judge.plain(f"{title} · in the cache", key in truth.values, there)
        judge.plain(f"{title} · size", len(truth.values.get(key, b"")), size)


def compare_log(judge: Judge, last: list[Operation], lines: list[LogLine], truth: Truth) -> None:
    """Compare the lines of the last operations, and how many of a rare key were told."""
    notes = " ".join(grade["note"] for grade in judge.grades if grade["of"] == "recent_logs")
    for operation in last:
        requests = [(line["command"], line["status"]) for line in lines if line["key"] == operation.key]
        truly = f"{operation.commands[0]} {operation.statuses[0]}"
        said: str | None = " + ".join(" ".join(request) for request in requests) or "nothing"
        if len(requests) == 1:
            command, status = requests[0]
            is_lookup = status == ("HIT" if operation.there else "MISS")
            if command in operation.commands and status in operation.statuses:
                said = truly
            elif is_lookup and ("lookup" in notes or command == "LOOKUP"):
                said = None
        elif not requests and judge.is_impossible("recent_logs"):
            said = None
        judge.plain(f"log · {operation.name}", truly, said)
    sizes = [line["size"] for line in lines if line["key"] == f"{OPERATIONS}get_hit"]
    judge.plain("log · size of the value of get hit", 5, sizes[0] if sizes else None)
    rare = sum(line["key"] == load.RARE for line in lines)
    judge.number("log · lines of a key asked for rarely", truth.keys[load.RARE].hits, rare, ("recent_logs",))


def compare_changes(judge: Judge, service: Service, connection: Connection) -> None:
    """Have the counters reset and the items dropped, each right after a key was asked for."""
    words = {True: "done", False: "not done"}
    for path in ("reset_stats", "flush"):
        service.key(load.RARE)
        answer = service.request(f"/{path}", "POST")
        counters = connection.counters()
        if path == "flush":
            done = counters["cmd_flush"] > 0 if "cmd_flush" in counters else counters["curr_items"] == 0
        else:
            done = counters["get_hits"] == 0
        judge.plain(f"{path}, after a key", words[done], words[answer.status < 300])


def present_readings(counts: KeyCounts) -> list[Reading]:
    """What may be told for hits."""
    return [Reading("lookup", counts.present, counts.present)]


def absent_readings(counts: KeyCounts) -> list[Reading]:
    """What may be told for misses."""
    return [Reading("lookup", counts.absent, counts.absent)]


def changed_readings(counts: KeyCounts) -> list[Reading]:
    """What may be told for mutations: a server tells of no incr or decr, and before 1.6.20 of no delete."""
    logged = counts.stored + counts.deleted
    return [
        Reading("incr", logged, logged),
        Reading("refused", logged + counts.refused, logged + counts.refused),
        Reading("delet", counts.stored, counts.stored),
    ]


def short(key: str) -> str:
    """A key as it fits into the table."""
    return key if len(key) <= 20 else f"{key[:17]}…"
