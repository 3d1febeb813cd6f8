"""The log of a server in bounded memory: its newest lines, and the newest of those that pass filters."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, islice
from typing import TYPE_CHECKING, NamedTuple

from mctop.api.models.introspection import LogLine, ServerLogExcerpt
from mctop.service.memcached.protocol.replies import decoded
from mctop.service.memcached.stream.watch_lines import (
    CONNECTION,
    GET,
    KEY,
    STORE,
    TYPE,
    seconds,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.api.models.introspection import LogFields
    from mctop.api.models.log_filter import LogFilter
    from mctop.service.memcached.stream.watch_lines import Record


LINES = 100
"""Lines that `recent_logs` is documented to answer for each server."""

NEAR = 8
"""Lines back in which the lookup of a store or deletion is searched: threads of a server mix theirs."""

STATUSES = {b"found": "HIT", b"not_found": "MISS"}
"""What is said of a lookup; whatever else a server says is said as it is."""

UNNAMED, CAS = b"na", b"cas"
"""Versions of 1.4 and 1.5 name every command but cas."""

LOOKUP = b"lookup"
"""The type that packed lines give to a lookup of which the server does not tell whether it was a get."""


class RequestLines:
    """Drops the lookups that belong to a store or a deletion, also where the two come one after the other."""

    def __init__(self, *, sees_stores: bool) -> None:
        self._sees_stores = sees_stores
        self._waiting: list[Record] = []

    def of(self, records: Sequence[Record]) -> list[Record]:
        """The lines of requests; a lookup waits for the next call, as its store follows within microseconds."""
        asked, before = self._waiting, len(self._waiting)
        for record in records:
            if record[TYPE] != GET:
                before -= _drop_lookup(record, asked) < before
            asked.append(record)
        first = max(before, len(asked) - NEAR) if self._sees_stores else len(asked)
        cut = next((place for place in range(first, len(asked)) if asked[place][TYPE] == GET), len(asked))
        self._waiting = asked[cut:]
        return asked[:cut]


def _drop_lookup(record: Record, before: list[Record]) -> int:
    """Drop the lookup of a store or deletion from the lines before it, and return where it was, or their number."""
    for back, other in enumerate(islice(reversed(before), NEAR), start=1):
        same = record[TYPE] != STORE or other[CONNECTION] == record[CONNECTION]
        if same and other[TYPE] == GET and other[KEY] == record[KEY]:
            place = len(before) - back
            del before[place]
            return place
    return len(before)


@lru_cache(maxsize=10_000)
def name(key: bytes) -> str:
    """A key as it is shown, from how servers encode it; bytes that are no text are written in hexadecimal."""
    key = key.replace(b"%3A", b":")  # in most keys nothing else is encoded
    return decoded(key).decode("utf-8", "backslashreplace")


def _words(word: bytes) -> str:
    return word.decode("ascii", "replace").upper()


@lru_cache(maxsize=256)
def _request(kind: bytes, command: bytes, status: bytes) -> tuple[str, str]:
    """The command and the status of a line, as the API writes them."""
    if kind in (GET, LOOKUP):
        return ("GET" if kind == GET else "LOOKUP"), STATUSES.get(status) or _words(status)
    command = CAS if command == UNNAMED else command
    return _words(command or b"delete"), _words(status) if kind == STORE else "DELETED"


def _bytes(size: bytes) -> int | None:
    """Bytes of the value; None from a version before 1.6.11, which does not tell."""
    return int(size) if size else None


def fields(packed: bytes) -> LogFields:
    """The fields of a packed line."""
    time, kind, key, status, command, _, size = packed.split(b" ")
    return seconds(time), name(key), *_request(kind, command, status), _bytes(size)


class LoggedRequest(NamedTuple):
    """The fields of a line and its server, for filters."""

    key: str
    command: str
    status: str
    size: int | None
    server: str


BLOCK = 64
"""Lines that are stored as one text, some 5 KiB: what Python adds to each text is then 2 bytes a line."""
BLOCK_OVERHEAD = 120
"""Bytes that Python adds to each block."""


class PackedLines:
    """Lines packed as text, some 65 bytes each; the oldest go where they take more than `bound` bytes together."""

    def __init__(self, bound: int) -> None:
        self.bound = bound
        self.added = 0
        """Lines that were ever added."""
        self.many = 0
        """Lines that are there."""
        self._bytes = 0
        self._blocks: deque[tuple[bytes, int]] = deque()

    def add(self, lines: Sequence[bytes]) -> None:
        """Add lines, oldest first."""
        self.added += len(lines)
        self.many += len(lines)
        done = 0
        while done < len(lines):
            text, many = self._blocks.pop() if self._blocks and self._blocks[-1][1] < BLOCK else (b"", 0)
            self._bytes -= len(text) + BLOCK_OVERHEAD if many else 0
            more = lines[done : done + BLOCK - many]
            block = b"\n".join((text, *more) if many else more)
            self._blocks.append((block, many + len(more)))
            self._bytes += len(block) + BLOCK_OVERHEAD
            done += len(more)
        while self._bytes > self.bound and len(self._blocks) > 1:
            text, many = self._blocks.popleft()
            self._bytes -= len(text) + BLOCK_OVERHEAD
            self.many -= many

    def last(self, many: int) -> list[bytes]:
        """The newest lines, so many at most, oldest first."""
        blocks: list[bytes] = []
        reached = 0
        for text, in_block in reversed(self._blocks):
            if reached >= many:
                break
            blocks.append(text)
            reached += in_block
        lines = [line for text in reversed(blocks) for line in text.split(b"\n")]
        return lines[max(0, len(lines) - many) :]


class LogPlace(NamedTuple):
    """A place in a server's log: the `stretch` of watching, and how many lines had been received and lost by then.

    `passed` is how many of them had passed the `sieve` of that number; 0 is no sieve, which all lines pass.
    """

    stretch: int
    received: int
    lost: int
    sieve: int = 0
    passed: int = 0


@dataclass(frozen=True, slots=True)
class WaitingLines:
    """The `many` newest of some lines, which wait to be read, and the place after them."""

    lines: PackedLines
    many: int
    missed: int | None
    lost: int
    left_out: int
    place: LogPlace

    def excerpt(self, server: str, most: int) -> ServerLogExcerpt:
        """So many of them at most, the newest; the others are missed."""
        lines = tuple(map(fields, self.lines.last(min(self.many, most))))
        missed = None if self.missed is None else self.missed + self.many - len(lines)
        return ServerLogExcerpt.model_construct(
            server=server, lines=lines, missed=missed, lost=self.lost, left_out=self.left_out
        )


class LineSieve:
    """The newest lines that pass some filters, in memory of their own."""

    def __init__(self, filters: tuple[LogFilter, ...], server: str, bound: int) -> None:
        self.filters = filters
        self.lines = PackedLines(bound)
        self._tests = tuple(condition.passes() for condition in filters)
        self._server = server

    def add(self, lines: Sequence[bytes]) -> None:
        """Add those that pass."""
        self.lines.add([line for line in lines if self._passes(line)])

    def _passes(self, line: bytes) -> bool:
        _, kind, key, status, command, _, size = line.split(b" ")
        request = LoggedRequest(name(key), *_request(kind, command, status), _bytes(size), self._server)
        return all(test(request) for test in self._tests)


ALL_BYTES, LEAST_BYTES = 8 << 20, 1 << 18
"""Bytes for the lines of all servers together, some 120,000 lines, but for so many of each at least."""
SIEVED_BYTES, LEAST_SIEVED_BYTES = 2 << 20, 1 << 16
"""The same for lines that pass filters."""
SIEVES = 4
"""Filters whose lines are gathered at a time, one set a dashboard; the one asked for the longest ago goes."""
LOOKED_THROUGH = 20_000
"""Lines that new filters are tried on at once, newest first: in 60 ms."""


class LogRing:
    """What was asked of a server last, and how many lines there were; what is stored never changes."""

    def __init__(self) -> None:
        self._all = PackedLines(ALL_BYTES)
        self._sieved_bytes = SIEVED_BYTES
        self._sieves: dict[int, LineSieve] = {}
        self._numbers = count(1)
        self._are_gets = True
        self._stretch = self._lost = 0

    def share(self, servers: int) -> None:
        """Take no more than one part of the memory for so many servers."""
        self._all.bound = max(ALL_BYTES // servers, LEAST_BYTES)
        self._sieved_bytes = max(SIEVED_BYTES // servers, LEAST_SIEVED_BYTES)

    def begin(self, *, sees_stores: bool) -> None:
        """Begin another stretch of watching: nobody knows what was missed before, and a lookup may be a store's."""
        self._stretch += 1
        self._are_gets = sees_stores

    def add(self, records: Sequence[Record]) -> None:
        """Add lines."""
        packed = [b" ".join(record) for record in records]
        if not self._are_gets:
            packed = [line.replace(GET, LOOKUP, 1) for line in packed]
        self._all.add(packed)
        for sieve in self._sieves.values():
            sieve.add(packed)

    def lose(self, many: int) -> None:
        """Note that so many lines did not come."""
        self._lost += many

    def lines(self) -> tuple[LogLine, ...]:
        """The last LINES lines, oldest first."""
        return tuple(
            LogLine(time=time, key=key, command=command, status=status, size=size or 0)
            for time, key, command, status, size in map(fields, self._all.last(LINES))
        )

    @property
    def unknown(self) -> LogPlace:
        """Before everything that is there, in no stretch of watching."""
        return LogPlace(-1, self._all.added - self._all.many, self._lost)

    def after(self, place: LogPlace | None, filters: tuple[LogFilter, ...], server: str) -> WaitingLines:
        """The lines after a place that pass all filters, None for all that are there; they are gathered from now on."""
        received = self._all.added
        if place is not None and (place.received > received or place.lost > self._lost):
            place = self.unknown
        since = received - self._all.many if place is None else place.received
        number, unread = 0, 0
        lines, passed = self._all, since
        if filters:
            number = 0 if place is None else place.sieve
            sieve = self._sieves.pop(number, None)
            passed = 0 if place is None else place.passed
            if sieve is None or sieve.filters != filters:
                number, passed = next(self._numbers), 0
                sieve = LineSieve(filters, server, self._sieved_bytes)
                read = self._all.last(min(received - since, LOOKED_THROUGH))
                sieve.add(read)
                unread = received - since - len(read)
            self._sieves[number] = sieve
            while len(self._sieves) > SIEVES:
                del self._sieves[next(iter(self._sieves))]
            lines = sieve.lines
        new = max(0, lines.added - passed)
        waiting = min(new, lines.many)
        missed: int | None = new - waiting + unread
        lost, left_out = self._lost, received - since - new - unread
        if place is None:
            missed, lost, left_out = 0, 0, 0
        else:
            lost -= place.lost
            missed = missed if place.stretch == self._stretch else None
        after = LogPlace(self._stretch, received, self._lost, number, lines.added)
        return WaitingLines(lines, waiting, missed, lost, left_out, after)
