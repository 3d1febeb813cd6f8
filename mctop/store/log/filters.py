"""The filters that rows of the log must pass, and the number of rows that each of them hides."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING

from mctop.api.models.log_filter import LogFilter, Words
from mctop.store.log.tail import Entry, GapEntry, LogTail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mctop.store.log.tail import LogRow


def hides(condition: LogFilter) -> Callable[[GapEntry], bool]:
    """Whether a gap is hidden: it has a server and no line, and is so only for its server."""
    excludes = condition.excludes
    places = [term.test() for term in condition.terms if isinstance(term, Words) and term.field == "server"]
    of_servers = len(places) == len(condition.terms)

    def hidden(row: GapEntry) -> bool:
        there = all(test(_standing_for(row.gap.server)) for test in places)
        return there and of_servers if excludes else not there

    return hidden


def _standing_for(server: str) -> Entry:
    """A line of a server that has nothing else to go by."""
    return Entry(0, 0.0, server, 0.0, "", "", "", 0)


OWN = frozenset({"STATS", "AUTH"})
"""Commands that polling this API causes, and no application is likely to send."""
MOST = 9
"""Filters that can be stacked: as many as there are digits to name one."""

PASSES, IS_GAP, IS_OWN, IS_LEFT_OUT, FIRST = range(5)
"""The verdicts: a line that passes, a gap that does, our own, a gap of lines that would be hidden, hidden by the first
filter (or the second, and so on)."""

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
        return bytes(map(_judging(self), rows))

    def judge_again(self, rows: Iterable[LogRow], verdicts: bytes, before: Sieve) -> bytes:
        """A verdict a row, of rows that had these by a sieve `before`: filters that both begin with are not asked."""
        pairs = enumerate(zip(self.filters, before.filters, strict=False))
        common = next(
            (number for number, (new, old) in pairs if new != old), min(len(self.filters), len(before.filters))
        )
        judge, after = _judging(self, common), FIRST + common
        return bytes(
            verdict if FIRST <= verdict < after or verdict == IS_OWN else judge(row)
            for row, verdict in zip(rows, verdicts, strict=True)
        )


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
    """Judge a tail; of one that continues the tail `before`, only what is new, and by filters that are."""
    if sieve.with_own != before.sieve.with_own:
        return Sifted(sieve, tail, sieve.judge(tail.rows))
    gone = tail.forgotten - before.tail.forgotten
    same = _same(before.tail.rows, tail.rows, gone) if gone >= 0 else 0
    verdicts = before.verdicts[gone : gone + same] if same else b""
    if sieve.filters != before.sieve.filters:
        verdicts = sieve.judge_again(tail.rows[:same], verdicts, before.sieve)
    return Sifted(sieve, tail, verdicts + sieve.judge(tail.rows[same:]))


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


def _judging(sieve: Sieve, first: int = 0) -> Callable[[LogRow], int]:
    """The verdict on a row; lines are asked about by the filters from the `first` on, as they pass those before."""
    lines = tuple((FIRST + number, each.passes()) for number, each in enumerate(sieve.filters) if number >= first)
    gaps = tuple((FIRST + number, hides(each)) for number, each in enumerate(sieve.filters))
    asked, with_own = frozenset(sieve.filters), sieve.with_own

    def judge(row: LogRow) -> int:
        if isinstance(row, Entry):
            if not with_own and row.command.upper() in OWN:
                return IS_OWN
            for number, passes in lines:
                if not passes(row):
                    return number
            return PASSES
        if row.gap.left_out and asked.issuperset(row.gap.left_out):
            return IS_LEFT_OUT
        return next((number for number, hidden in gaps if hidden(row)), IS_GAP)

    return judge
