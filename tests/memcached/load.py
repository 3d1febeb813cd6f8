"""A load over raw sockets that counts what became of every operation, by the key."""

from __future__ import annotations

import base64
import random
import socket
import threading
import time
from collections import Counter, defaultdict
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, zip_longest
from operator import methodcaller
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Step = Callable[["Connection"], object]

TEXT = frozenset(
    ["get", "gets", "set", "add", "replace", "append", "prepend", "cas", "incr", "decr", "touch", "delete"]
)
"""Operations that every server knows."""
META = frozenset(["mg", "ms", "ma", "md"])

CONNECTIONS = 4
"""Over which the load comes, each with a thread of its own."""

PATIENCE = 10.0
"""Seconds an answer may take."""


@dataclass
class KeyCounts:
    """What was done with a key.

    `hits` and `misses` are of gets. `present` and `absent` are of every operation: whether the key was there when it
    came, which a server looks up for each. `refused` are stores that were not done, `counted` are incr and decr.
    `overwriting` are the stores, done or not, that came when it was there.
    """

    hits: int = 0
    misses: int = 0
    present: int = 0
    absent: int = 0
    stored: int = 0
    refused: int = 0
    deleted: int = 0
    counted: int = 0
    overwriting: int = 0

    @property
    def stores(self) -> int:
        """Operations that were to store it."""
        return self.stored + self.refused

    @property
    def changed(self) -> int:
        """Operations that changed it."""
        return self.stored + self.deleted + self.counted


class Truth:
    """Everything that was done: by the key, by the server's counter, and what each key holds."""

    def __init__(self) -> None:
        self.keys: defaultdict[str, KeyCounts] = defaultdict(KeyCounts)
        self.counters: Counter[str] = Counter()
        self.values: dict[str, bytes] = {}
        self.connections = 0
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._lock = threading.Lock()

    def alone(self, *keys: str) -> ExitStack:
        """Let no other connection ask for these keys meanwhile, so that it is certain what each holds."""
        stack = ExitStack()
        with self._lock:
            locks = [self._locks[key] for key in sorted(set(keys))]
        for lock in locks:
            stack.enter_context(lock)
        return stack

    def count(self, *names: str) -> None:
        """Count what the server counts."""
        with self._lock:
            self.counters.update(names)

    def look_up(self, key: str) -> bool:
        """Note that the server looks a key up; say whether it is there."""
        there = key in self.values
        counts = self.keys[key]
        if there:
            counts.present += 1
        else:
            counts.absent += 1
        return there


@dataclass
class Connection:
    """A connection to a server; what it asks is counted in `truth`. Each method is one operation."""

    port: int
    truth: Truth
    _socket: socket.socket = field(init=False)
    _answers: BinaryIO = field(init=False)

    def __post_init__(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._answers = self._socket.makefile("rb")
        self.truth.connections += 1

    def close(self) -> None:
        """Leave."""
        self._answers.close()
        self._socket.close()
        self.truth.connections -= 1

    def get(self, *keys: str, verb: str = "get") -> dict[str, int]:
        """Get keys, also several at once; the answer is the unique number of each that is there, 0 for `get`."""
        with self.truth.alone(*keys):
            self._send(f"{verb} {' '.join(keys)}\r\n".encode())
            uniques = self._values()
            for key in keys:
                self._got(key, hit=key in uniques)
            return uniques

    def gat(self, key: str) -> None:
        """Get a key and touch it, which counts as a touch."""
        with self.truth.alone(key):
            self._send(f"gat 0 {key}\r\n".encode())
            self._touched(key, there=key in self._values())

    def touch(self, key: str) -> None:
        """Touch a key."""
        with self.truth.alone(key):
            self._touched(key, there=self._ask(f"touch {key} 0\r\n".encode()) == b"TOUCHED")

    def store(self, key: str, value: bytes, verb: str = "set") -> None:
        """Store a value in one of the ways that need no number."""
        with self.truth.alone(key):
            answer = self._ask(f"{verb} {key} 0 0 {len(value)}\r\n".encode() + value + b"\r\n")
            before = self.truth.values.get(key, b"")
            joined = {"append": before + value, "prepend": value + before}.get(verb, value)
            self._stored(key, joined, done=answer == b"STORED", expected={b"STORED", b"NOT_STORED"}, answer=answer)

    def cas(self, key: str, value: bytes, unique: int) -> None:
        """Store a value if the number is still that of the key."""
        with self.truth.alone(key):
            answer = self._ask(f"cas {key} 0 0 {len(value)} {unique}\r\n".encode() + value + b"\r\n")
            names = {b"STORED": "cas_hits", b"EXISTS": "cas_badval", b"NOT_FOUND": "cas_misses"}
            self._stored(key, value, done=answer == b"STORED", expected=set(names), answer=answer)
            self.truth.count(names[answer])

    def count(self, key: str, verb: str = "incr") -> None:
        """Add one to a number, or take it away."""
        with self.truth.alone(key):
            self._counted(key, verb, self._ask(f"{verb} {key} 1\r\n".encode()))

    def delete(self, key: str) -> None:
        """Delete a key."""
        with self.truth.alone(key):
            self._deleted(key, done=self._ask(f"delete {key}\r\n".encode()) == b"DELETED")

    def mg(self, key: str, *, touch: bool = False) -> None:
        """Get a key with a meta command, or touch it."""
        with self.truth.alone(key):
            head = self._ask(f"mg {key} {'T0' if touch else 's v'}\r\n".encode())
            if head.startswith(b"VA"):
                self._socket_line()
            there = not head.startswith(b"EN")
            if touch and there:
                self._touched(key, there=True)
            else:
                self._got(key, hit=there)

    def ms(self, key: str, value: bytes, *, binary: bool = False) -> None:
        """Store a value with a meta command; a `binary` key may have blanks."""
        name = base64.b64encode(key.encode()).decode() if binary else key
        with self.truth.alone(key):
            answer = self._ask(f"ms {name} {len(value)}{' b' if binary else ''}\r\n".encode() + value + b"\r\n").strip()
            done = answer in {b"HD", b"OK"}
            self._stored(key, value, done=done, expected={b"HD", b"OK", b"NS"}, answer=answer)

    def ma(self, key: str) -> None:
        """Add one to a number with a meta command."""
        with self.truth.alone(key):
            answer = self._ask(f"ma {key}\r\n".encode())
            self._counted(key, "incr", b"NOT_FOUND" if answer.startswith(b"NF") else b"%d" % (self._number(key) + 1))

    def md(self, key: str) -> None:
        """Delete a key with a meta command."""
        with self.truth.alone(key):
            self._deleted(key, done=self._ask(f"md {key}\r\n".encode()).strip() in {b"HD", b"OK"})

    def counters(self) -> dict[str, int]:
        """What the server itself says of its counters; this is no part of the load."""
        self._send(b"stats\r\n")
        numbers: dict[str, int] = {}
        while (line := self._socket_line()) != b"END":
            _, name, value = line.decode().split(" ", 2)
            if value.isdigit():
                numbers[name] = int(value)
        return numbers

    def has(self, key: str) -> bool:
        """Whether the server has a key now; this is no part of the load."""
        self._send(f"get {key}\r\n".encode())
        return key in self._values()

    def _number(self, key: str) -> int:
        return int(self.truth.values.get(key, b"0"))

    def _got(self, key: str, *, hit: bool) -> None:
        self._agree(key, there=hit)
        counts = self.truth.keys[key]
        if hit:
            counts.hits += 1
        else:
            counts.misses += 1
        self.truth.count("cmd_get", "get_hits" if hit else "get_misses")

    def _touched(self, key: str, *, there: bool) -> None:
        self._agree(key, there=there)
        self.truth.count("cmd_touch", "touch_hits" if there else "touch_misses")

    def _stored(self, key: str, value: bytes, *, done: bool, expected: set[bytes], answer: bytes) -> None:
        if answer not in expected:
            raise ValueError(f"{key}: {answer!r}")
        self.truth.keys[key].overwriting += self.truth.look_up(key)
        self.truth.count("cmd_set")
        if done:
            self.truth.keys[key].stored += 1
            self.truth.values[key] = value
        else:
            self.truth.keys[key].refused += 1

    def _counted(self, key: str, verb: str, answer: bytes) -> None:
        done = answer.strip().isdigit()
        self._agree(key, there=done)
        self.truth.count(f"{verb}_{'hits' if done else 'misses'}")
        if done:
            self.truth.keys[key].counted += 1
            self.truth.values[key] = answer.strip()

    def _deleted(self, key: str, *, done: bool) -> None:
        self._agree(key, there=done)
        self.truth.count("delete_hits" if done else "delete_misses", "cmd_delete")
        if done:
            self.truth.keys[key].deleted += 1
            del self.truth.values[key]

    def _agree(self, key: str, *, there: bool) -> None:
        if self.truth.look_up(key) != there:
            raise ValueError(f"{key}: the server {'has' if there else 'lost'} it")

    def _values(self) -> dict[str, int]:
        numbers: dict[str, int] = {}
        while (line := self._socket_line()) != b"END":
            words = line.decode().split(" ")
            if words[0] != "VALUE":
                raise ValueError(line)
            numbers[words[1]] = int(words[4]) if len(words) > 4 else 0
            self._socket_line()
        return numbers

    def _ask(self, request: bytes) -> bytes:
        self._send(request)
        return self._socket_line()

    def _send(self, request: bytes) -> None:
        self._socket.sendall(request)

    def _socket_line(self) -> bytes:
        return self._answers.readline().removesuffix(b"\r\n")


NEVER, LATE, WRITTEN, COMPARED, COUNTER = "feature:flags", "feature:late", "writeonly:1", "cas:3", "counter:1"
JOINED, GONE, TOUCHED, DELETED, REFUSED = "list:1", "gone:1", "touched:1", "deleted:1", "added:1"
RARE, LONG, LETTERS, BINARY, METAL = "rare:1", "long:" + "x" * 240, "é:ключ", "binary key 1", "meta:1"
SESSIONS = [f"session:{number}" for number in range(10)]
PAGES = [f"page:{number}" for number in range(15)]
SEVERAL = [f"several:{number}" for number in range(3)]
LAST_MISSED = "missed:9"
SMALL = {"small:1": b"s" * 3, "small:2": b"m" * 30, "small:3": b"l" * 100}
"""Keys that are hardly used, each with a value of another size."""

RARELY = 30
"""How often RARE is asked for, spread over the whole load."""


def steps(operations: frozenset[str], scale: float, seed: int) -> list[list[Step]]:
    """What each connection does, in its order; `operations` are those that the server knows.

    `scale` is the size of the load, 1 for about 7,000 operations.
    """
    chance = random.Random(seed)

    def many(number: int) -> range:
        return range(max(1, round(number * scale)))

    mixed: list[Step] = []
    for key in SESSIONS:
        mixed += [methodcaller("store", key, b"v" * 40) for _ in many(50)]
    mixed += [methodcaller("store", WRITTEN, b"w" * number) for number in many(354)]
    mixed += [partial(_compare, COMPARED) for _ in many(256)]
    mixed += [methodcaller("cas", COMPARED, b"late", 1) for _ in many(20)]
    mixed += [methodcaller("count", COUNTER, verb) for _ in many(160) for verb in ("incr", "decr")]
    mixed += [methodcaller("store", JOINED, b"j", verb) for _ in many(100) for verb in ("append", "prepend")]
    mixed += [methodcaller("delete", GONE) for _ in many(150)]
    mixed += [methodcaller("touch", TOUCHED) for _ in many(150)]
    mixed += [partial(_set_and_delete, DELETED) for _ in many(80)]
    mixed += [methodcaller("store", REFUSED, b"a", "add") for _ in many(120)]
    mixed += [methodcaller("store", "replaced:1", b"none", "replace") for _ in many(60)]
    mixed += [methodcaller("get", *SEVERAL) for _ in many(100)]
    mixed += [methodcaller("get", key) for key in (LONG, LETTERS) for _ in many(70)]
    weights = list(accumulate(1 / rank for rank in range(1, len(PAGES) + 1)))
    mixed += [partial(_read_through, key) for key in chance.choices(PAGES, cum_weights=weights, k=len(many(1500)))]
    mixed += [methodcaller("get", f"missed:{number}") for number in range(10) for _ in many(30 + 3 * number)]
    if "gat" in operations:
        mixed += [methodcaller("gat", TOUCHED) for _ in many(100)]
    if operations >= META:
        mixed += [partial(_meta, METAL) for _ in many(90)]
        mixed += [partial(_meta_delete, "metadeleted:1") for _ in many(40)]
    chance.shuffle(mixed)
    for number in range(RARELY):
        mixed.insert(number * len(mixed) // RARELY, methodcaller("get", RARE))
    by_connection = [mixed[number::CONNECTIONS] for number in range(CONNECTIONS)]
    alone: list[Step] = [methodcaller("get", NEVER) for _ in many(600)]
    by_connection[0] = [step for pair in zip_longest(by_connection[0], alone) for step in pair if step]
    by_connection[1] += [methodcaller("get", LATE) for _ in many(400)]
    return by_connection


def prepare(connection: Connection, operations: frozenset[str]) -> None:
    """Store what is not stored by the load itself."""
    values = {
        COUNTER: b"10000",
        JOINED: b"0",
        TOUCHED: b"t",
        REFUSED: b"a",
        RARE: b"r" * 7,
        LONG: b"",
        LETTERS: b"z" * 9,
    }
    for key, value in {**values, COMPARED: b"1", SEVERAL[0]: b"1", SEVERAL[1]: b"22", METAL: b"5", **SMALL}.items():
        connection.store(key, value)
    if "ms binary" in operations:
        connection.ms(BINARY, b"b" * 11, binary=True)


def run(connections: list[Connection], plan: Iterable[list[Step]]) -> float:
    """Do it all, one thread for each connection; the answer is the seconds it took. Raise what any of them raised."""
    failures: list[Exception] = []

    def work(connection: Connection, todo: list[Step]) -> None:
        try:
            for step in todo:
                step(connection)
        except (OSError, ValueError) as error:
            failures.append(error)

    began = time.monotonic()
    threads = [threading.Thread(target=work, args=pair) for pair in zip(connections, plan, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return time.monotonic() - began


def _read_through(key: str, connection: Connection) -> None:
    if not connection.get(key):
        connection.store(key, b"p" * 200)


def _compare(key: str, connection: Connection) -> None:
    uniques = connection.get(key, verb="gets")
    connection.cas(key, b"%d" % uniques[key], uniques[key])


def _set_and_delete(key: str, connection: Connection) -> None:
    connection.store(key, b"d" * 5)
    connection.delete(key)


def _meta(key: str, connection: Connection) -> None:
    connection.mg(key)
    connection.ms(key, b"7")
    connection.ma(key)
    connection.mg(key, touch=True)


def _meta_delete(key: str, connection: Connection) -> None:
    connection.ms(key, b"7")
    connection.md(key)
    connection.mg(key)


def connected(port: int, truth: Truth) -> closing[Connection]:
    """A connection while a block lasts."""
    return closing(Connection(port, truth))
