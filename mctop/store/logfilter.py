"""What log lines are filtered by: words of the key, and `cmd:get status:miss server:mc1 size>1k`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import attrgetter, eq, ge, gt, le, lt
from typing import TYPE_CHECKING

from mctop.store.logtail import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.store.logtail import LogRow

    Test = Callable[[Entry], bool]

FIELDS = {"key": "key", "server": "server", "cmd": "command", "command": "command", "status": "status"}
"""What a person calls a field, and what a line does."""
BEGINNINGS = frozenset({"command", "status"})
"""Fields that must begin with what is asked for, so that `status:stored` is not NOT_STORED; others contain it."""
COMPARE = {">=": ge, "<=": le, ">": gt, "<": lt, "=": eq, ":": eq}
SCALE = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30}

_TOKEN = re.compile(r'(?:[^\s"]|"[^"]*(?:"|$))+')
_SIZE = re.compile(r"size(>=|<=|>|<|=|:)(.*)", re.IGNORECASE)
_BYTES = re.compile(r"(\d{1,15}(?:\.\d{1,3})?)([kmg]?)(?:i?b)?", re.IGNORECASE)


class BadFilter(ValueError):
    """What was typed is no filter; the text says why in a few words."""


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
    if found := _SIZE.fullmatch(token):
        return Size(found[1], _bytes(found[2]))
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
    found = _BYTES.fullmatch(text)
    if found is None:
        raise BadFilter("size needs a number of bytes, as in size>1k")
    return float(found[1]) * SCALE[found[2].lower()]


def _standing_for(server: str) -> Entry:
    """A line of a server that has nothing else to go by."""
    return Entry(0, 0.0, server, 0.0, "", "", "", 0)
