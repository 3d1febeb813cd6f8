"""Filters of log lines, and the number of rows that each of them hides."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import compress
from operator import attrgetter, eq, ge, gt, le, lt
from typing import TYPE_CHECKING

from mctop.store.log.tail import Entry, LogTail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mctop.store.log.tail import LogRow

    Test = Callable[[Entry], bool]

FIELDS = {"key": "key", "server": "server", "cmd": "command", "command": "command", "status": "status"}
"""Names that a person may type for a field, and the field of an Entry."""
BEGINNINGS = frozenset({"command", "status"})
"""Fields that must begin with what is asked for, so that `status:stored` is not NOT_STORED; others contain it."""
COMPARE = {">=": ge, "<=": le, ">": gt, "<": lt, "=": eq, ":": eq}
SCALE = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30}

_TOKEN = re.compile(r'(?:[^\s"]|"[^"]*(?:"|$))+')
_SIZE = re.compile(r"size(>=|<=|>|<|=|:)(.*)", re.IGNORECASE)
_BYTES = re.compile(r"(\d{1,15}(?:\.\d{1,3})?)([kmg]?)(?:i?b)?", re.IGNORECASE)


class BadFilter(ValueError):
    """The text is no filter; the message says why in a few words."""


@dataclass(frozen=True, slots=True)
class Words:
    """A field has one of `texts`; in small letters they match letters of any case."""

    field: str
    texts: tuple[str, ...]

    def test(self) -> Test:
        """The question to ask of a line."""
        field, texts, begins = attrgetter(self.field), self.texts, self.field in BEGINNINGS
        if begins:
            return lambda entry: str(field(entry)).lower().startswith(texts)
        exact = any(text != text.lower() for text in texts)
        if len(texts) > 1:
            return lambda entry: any(text in (field(entry) if exact else field(entry).lower()) for text in texts)
        only = texts[0]
        return (lambda entry: only in field(entry)) if exact else (lambda entry: only in field(entry).lower())


@dataclass(frozen=True, slots=True)
class Size:
    """The size compares so with a number of bytes."""

    sign: str
    size: float

    def test(self) -> Test:
        """The question to ask of a line."""
        compare, size = COMPARE[self.sign], self.size
        return lambda entry: compare(entry.size, size)


Term = Words | Size


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Shows only lines that have all of its terms, or hides those; `text` is how a person wrote it."""

    text: str
    terms: tuple[Term, ...]
    excludes: bool = False

    def hides(self) -> Callable[[LogRow], bool]:
        """Whether a row is hidden. A gap has a server and no line: it is hidden only for its server."""
        tests = [term.test() for term in self.terms]
        places = [term.test() for term in self.terms if isinstance(term, Words) and term.field == "server"]
        excludes, of_servers = self.excludes, len(places) == len(tests)

        def hides(row: LogRow) -> bool:
            if isinstance(row, Entry):
                for test in tests:  # a loop, for this is asked of 50,000 lines at every key that is typed
                    if not test(row):
                        return not excludes
                return excludes
            there = all(test(_standing_for(row.gap.server)) for test in places)
            return there and of_servers if excludes else not there

        return hides


def parse_filter(text: str, *, excludes: bool = False) -> LogFilter:
    """Read a filter. Raise BadFilter with what is wrong."""
    terms = tuple(_term(token) for token in _TOKEN.findall(text))
    if not terms:
        raise BadFilter("nothing to look for")
    return LogFilter(text.strip(), terms, excludes)


def _term(token: str) -> Term:
    if size := _SIZE.fullmatch(token):
        return Size(size[1], _bytes(size[2]))
    name, colon, wanted = token.partition(":")
    field = FIELDS.get(name.lower()) if colon else None
    if field is None:
        field, wanted = "key", token
    wanted = wanted.replace('"', "")
    texts = tuple(part for part in wanted.split(",") if part) if field != "key" else (wanted,) if wanted else ()
    if not texts:
        raise BadFilter(f"{name}: needs a word" if colon else "nothing to look for")
    return Words(field, tuple(text.lower() for text in texts) if field != "key" else texts)


def _bytes(text: str) -> float:
    number = _BYTES.fullmatch(text)
    if number is None:
        raise BadFilter("size needs a number of bytes, as in size>1k")
    return float(number[1]) * SCALE[number[2].lower()]


def _standing_for(server: str) -> Entry:
    """A line of a server that has nothing else to go by."""
    return Entry(0, 0.0, server, 0.0, "", "", "", 0)


OWN = frozenset({"STATS", "AUTH"})
"""Commands that polling this API causes, and no application is likely to send."""
MOST = 9
"""Filters that can be stacked: as many as there are digits to name one."""

PASSES, IS_GAP, IS_OWN, FIRST = 0, 1, 2, 3
"""The verdicts: a line that passes, a gap that does, our own, hidden by the first filter (or the second, and so on)."""

_MATCHING = bytes(verdict == PASSES for verdict in range(256))
_PASSING = bytes(verdict in (PASSES, IS_GAP) for verdict in range(256))
_NOT_OWN = bytes(verdict != IS_OWN for verdict in range(256))


@dataclass(frozen=True, slots=True)
class Sieve:
    """The filters that rows of the log must pass; lines of our own do only `with_own`."""

    filters: tuple[LogFilter, ...] = ()
    with_own: bool = False

    def judge(self, rows: Iterable[LogRow]) -> bytes:
        """A verdict a row."""
        return bytes(map(_judging([condition.hides() for condition in self.filters], self.with_own), rows))


@dataclass(frozen=True, slots=True)
class Sifted:
    """A tail, and the verdict of the sieve on each row of it."""

    sieve: Sieve = field(default_factory=Sieve)
    tail: LogTail = field(default_factory=LogTail)
    verdicts: bytes = b""

    @property
    def own(self) -> int:
        """The number of lines hidden because they are our own."""
        return self.verdicts.count(IS_OWN)

    @property
    def passed(self) -> int:
        """The number of lines that pass."""
        return self.verdicts.count(PASSES)

    @property
    def gaps(self) -> int:
        """The number of gaps that are not hidden."""
        return self.verdicts.count(IS_GAP)

    @property
    def hidden(self) -> tuple[int, ...]:
        """For each filter, the number of rows it hides of those that pass the ones before it."""
        return tuple(self.verdicts.count(FIRST + number) for number in range(len(self.sieve.filters)))

    def passing(self) -> tuple[LogRow, ...]:
        """The rows that pass."""
        return tuple(compress(self.tail.rows, self.verdicts.translate(_PASSING)))

    def judged(self) -> tuple[tuple[LogRow, ...], bytes]:
        """All rows but our own, and a truth value for each of them: whether it is a line that passes."""
        foreign = self.verdicts.translate(_NOT_OWN)
        return tuple(compress(self.tail.rows, foreign)), bytes(compress(self.verdicts.translate(_MATCHING), foreign))


def sift(before: Sifted, sieve: Sieve, tail: LogTail) -> Sifted:
    """Judge a tail; of one that continues the tail `before`, only what is new."""
    if sieve != before.sieve:
        return Sifted(sieve, tail, sieve.judge(tail.rows))
    gone = tail.forgotten - before.tail.forgotten
    same = _same(before.tail.rows, tail.rows, gone) if gone >= 0 else 0
    return Sifted(sieve, tail, before.verdicts[gone : gone + same] + sieve.judge(tail.rows[same:]))


def _same(old: tuple[LogRow, ...], new: tuple[LogRow, ...], gone: int) -> int:
    """The number of first rows that are those of before; where rows came in, all that follow have moved."""
    low, high = 0, max(0, min(len(old) - gone, len(new)))
    while low < high:
        middle = (low + high) // 2
        if new[middle] is old[middle + gone]:
            low = middle + 1
        else:
            high = middle
    return low


def _judging(hides: list[Callable[[LogRow], bool]], with_own: bool) -> Callable[[LogRow], int]:
    numbered = tuple(enumerate(hides, FIRST))

    def judge(row: LogRow) -> int:
        if not with_own and isinstance(row, Entry) and row.command.upper() in OWN:
            return IS_OWN
        for number, hidden in numbered:
            if hidden(row):
                return number
        return PASSES if isinstance(row, Entry) else IS_GAP

    return judge
