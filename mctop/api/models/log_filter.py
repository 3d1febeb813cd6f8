"""Filters of log lines, as people type them and as our own service is asked for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter, eq, ge, gt, le, lt
from typing import Protocol


class Request(Protocol):
    """The fields of a logged request that filters look at; `size` is bytes."""

    @property
    def key(self) -> str:
        """The key, raw."""

    @property
    def server(self) -> str:
        """Its server, `host:port`."""

    @property
    def command(self) -> str:
        """The command."""

    @property
    def status(self) -> str:
        """What became of it."""

    @property
    def size(self) -> int | None:
        """Bytes of the value, None where they are not told."""


Test = Callable[[Request], bool]

FIELDS = {"key": "key", "server": "server", "cmd": "command", "command": "command", "status": "status"}
"""Names that a person may type for a field, and the field of a request."""
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
            return lambda request: str(field(request)).lower().startswith(texts)
        exact = any(text != text.lower() for text in texts)
        if len(texts) > 1:
            return lambda request: any(text in (field(request) if exact else field(request).lower()) for text in texts)
        only = texts[0]
        return (lambda request: only in field(request)) if exact else (lambda request: only in field(request).lower())


@dataclass(frozen=True, slots=True)
class Size:
    """The size compares so with a number of bytes."""

    sign: str
    size: float

    def test(self) -> Test:
        """The question to ask of a line."""
        compare, size = COMPARE[self.sign], self.size
        return lambda request: request.size is not None and compare(request.size, size)


Term = Words | Size


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Shows only lines that have all of its terms, or hides those; `text` is how a person wrote it."""

    text: str
    terms: tuple[Term, ...]
    excludes: bool = False

    def passes(self) -> Test:
        """The question whether a request passes."""
        tests, excludes = tuple(term.test() for term in self.terms), self.excludes
        if len(tests) == 1 and not excludes:
            return tests[0]

        def passes(request: Request) -> bool:
            for test in tests:  # a loop, for this is asked of 50,000 lines at every key that is typed
                if not test(request):
                    return excludes
            return not excludes

        return passes

    @property
    def asked(self) -> str:
        """How a service is asked for it: as a person types it, with `!` before it if it excludes."""
        return f"!{self.text}" if self.excludes else f"/{self.text}"


def parse_asked(text: str) -> LogFilter:
    """Read a filter that a service is asked for. Raise BadFilter with what is wrong."""
    if text[:1] not in ("/", "!"):
        raise BadFilter("a filter begins with / or !")
    return parse_filter(text[1:], excludes=text[0] == "!")


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
