"""Which rows of the log pass the filters, and how many each of them hides."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING

from mctop.store.logtail import Entry, LogTail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mctop.store.logfilter import LogFilter
    from mctop.store.logtail import LogRow

OWN = frozenset({"STATS", "AUTH"})
"""Commands that polling this API causes, and no application is likely to send."""
MOST = 9
"""Filters that can be stacked."""

PASSES, IS_GAP, IS_OWN, FIRST = 0, 1, 2, 3
"""The verdicts: a line that passes, a gap that does, our own, hidden by the first filter (or the second, and so on)."""

_MATCHING = bytes(verdict == PASSES for verdict in range(256))
_PASSING = bytes(verdict in (PASSES, IS_GAP) for verdict in range(256))
_NOT_OWN = bytes(verdict != IS_OWN for verdict in range(256))


@dataclass(frozen=True, slots=True)
class Sieve:
    """What the rows of the log must pass; lines of our own only `with_own`."""

    filters: tuple[LogFilter, ...] = ()
    with_own: bool = False

    def judge(self, rows: Iterable[LogRow]) -> bytes:
        """A verdict a row."""
        return bytes(map(_judging([one.hides() for one in self.filters], self.with_own), rows))


@dataclass(frozen=True, slots=True)
class Sifted:
    """A tail, and what the sieve says of it, a verdict a row."""

    sieve: Sieve = field(default_factory=Sieve)
    tail: LogTail = field(default_factory=LogTail)
    verdicts: bytes = b""

    @property
    def own(self) -> int:
        """How many lines are hidden because they are our own."""
        return self.verdicts.count(IS_OWN)

    @property
    def passed(self) -> int:
        """How many lines pass."""
        return self.verdicts.count(PASSES)

    @property
    def gaps(self) -> int:
        """How many gaps are not hidden."""
        return self.verdicts.count(IS_GAP)

    @property
    def hidden(self) -> tuple[int, ...]:
        """How many rows each filter hides of those that pass the ones before it."""
        return tuple(self.verdicts.count(FIRST + number) for number in range(len(self.sieve.filters)))

    def passing(self) -> tuple[LogRow, ...]:
        """The rows that pass."""
        return tuple(compress(self.tail.rows, self.verdicts.translate(_PASSING)))

    def judged(self) -> tuple[tuple[LogRow, ...], bytes]:
        """All rows but our own, and a truth value for each of them: whether it is a line that passes."""
        kept = self.verdicts.translate(_NOT_OWN)
        return tuple(compress(self.tail.rows, kept)), bytes(compress(self.verdicts.translate(_MATCHING), kept))


def sift(held: Sifted, sieve: Sieve, tail: LogTail) -> Sifted:
    """Judge a tail; of a tail that went on since it was `held`, only what is new."""
    if sieve != held.sieve:
        return Sifted(sieve, tail, sieve.judge(tail.rows))
    gone = tail.forgotten - held.tail.forgotten
    same = _same(held.tail.rows, tail.rows, gone) if gone >= 0 else 0
    return Sifted(sieve, tail, held.verdicts[gone : gone + same] + sieve.judge(tail.rows[same:]))


def _same(old: tuple[LogRow, ...], new: tuple[LogRow, ...], gone: int) -> int:
    """How many of the first rows are those of before; where rows came in, all that follow have moved."""
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
