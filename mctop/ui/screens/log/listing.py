"""What the log lists: the rows that pass, or all of them with those that pass told apart, and the marks between."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mctop.store.logtail import Entry, GapEntry, at
from mctop.store.marks import Mark, MarkKind

if TYPE_CHECKING:
    from mctop.store.sieve import Sifted

SECONDS = 60
"""Over how long rates are taken."""


class MarkEntry(NamedTuple):
    """A mark, as a row of the log; `serial` tells marks of one moment apart."""

    serial: int
    at: float
    mark: Mark


Shown = Entry | GapEntry | MarkEntry


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows in time order. Where not all lines pass the filters, `passing` is a truth value a row."""

    rows: tuple[Shown, ...] = ()
    passing: bytes | None = None

    def passes(self, index: int) -> bool:
        """Whether a row is a line that passes the filters, or all of them do."""
        return self.passing is None or bool(self.passing[index])

    def match(self, index: int, step: int) -> int | None:
        """The next line from `index` on that passes the filters, or before it where `step` is negative."""
        places = range(index + 1, len(self.rows)) if step > 0 else range(index - 1, -1, -1)
        return next((place for place in places if isinstance(self.rows[place], Entry) and self.passes(place)), None)


@dataclass(frozen=True, slots=True)
class Rates:
    """Lines a second of each command and status, most first, over so many seconds; `least` where a gap lies in them."""

    seconds: float
    rates: tuple[tuple[str, str, float], ...]
    least: bool


def listing(sifted: Sifted, marks: tuple[Mark, ...], *, highlights: bool) -> Listing:
    """List a tail with the marks of its time. Gaps are rows of their own, so the marks they set are left out."""
    if highlights:
        rows, passing = sifted.judged()
        return _with_marks(rows, passing, marks)
    return _with_marks(sifted.passing(), None, marks)


def rates(shown: Listing, began: float, end: float) -> Rates | None:
    """The rates of the lines that pass before `end` in a log that `began` then, epoch seconds; None within a second."""
    start = max(began, end - SECONDS)
    if end - start < 1:
        return None
    first = bisect_left(shown.rows, start, key=at)
    after = bisect_left(shown.rows, end, lo=first, key=at)
    found: Counter[tuple[str, str]] = Counter()
    least = False
    for index in range(first, after):
        row = shown.rows[index]
        if isinstance(row, Entry) and shown.passes(index):
            found[row.command, row.status] += 1
        least = least or isinstance(row, GapEntry)
    sorted_rates = ((command, status, many / (end - start)) for (command, status), many in found.most_common())
    return Rates(end - start, tuple(sorted_rates), least)


def _with_marks(rows: tuple[Shown, ...], passing: bytes | None, marks: tuple[Mark, ...]) -> Listing:
    seen: Counter[float] = Counter()
    whole: list[Shown] = []
    truths = bytearray()
    done = 0
    for mark in sorted(marks, key=lambda mark: mark.time):
        seen[mark.time] += 1
        if rows and mark.kind is not MarkKind.GAP and mark.time >= rows[0].at:
            here = bisect_left(rows, mark.time, key=at)
            whole += (*rows[done:here], MarkEntry(-seen[mark.time], mark.time, mark))
            truths += (passing[done:here] if passing is not None else b"") + b"\x00"
            done = here
    if not whole:
        return Listing(rows, passing)
    return Listing((*whole, *rows[done:]), None if passing is None else bytes(truths + passing[done:]))
