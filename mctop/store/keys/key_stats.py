"""The stats of the one key that is looked at, and how its counts grew since."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.api.models.introspection import KeyStats
    from mctop.api.models.value import Rows


MOST_ANSWERS = 360
"""Answers to remember: an hour at one every 10 s."""


class Counts(NamedTuple):
    """The sums over all rows of one answer, None where none of them tells; `time` is epoch seconds."""

    time: float
    hits: int | None
    misses: int | None
    mutations: int | None


@dataclass(frozen=True, slots=True)
class KeyReport:
    """All rows of the newest answer about a key, and the counts of the answers so far, oldest first."""

    key: str
    rows: tuple[KeyStats, ...] = ()
    counts: tuple[Counts, ...] = ()

    @property
    def grown(self) -> Counts | None:
        """By how much the counts grew since they last fell, or else since the first answer; `time` is for how long.

        None until there are two answers to compare.
        """
        fell = [later for before, later in pairwise(range(len(self.counts))) if _fell(*self.counts[before : later + 1])]
        start = fell[-1] if fell else 0
        if start >= len(self.counts) - 1:
            return None
        first, last = self.counts[start], self.counts[-1]
        return Counts(
            last.time - first.time,
            _grown(first.hits, last.hits),
            _grown(first.misses, last.misses),
            _grown(first.mutations, last.mutations),
        )


def reported(report: KeyReport | None, key: str, answer: Rows[KeyStats], now: float) -> KeyReport:
    """Take in an answer about a key at `now`, epoch seconds; another key begins anew."""
    rows = answer.items
    counts = Counts(
        now,
        _sum(row.hit_count for row in rows),
        _sum(row.miss_count for row in rows),
        _sum(row.mutation_count for row in rows),
    )
    before = report.counts if report is not None and report.key == key else ()
    return KeyReport(key, rows, (*before, counts)[-MOST_ANSWERS:])


def _sum(counts: Iterable[int | None]) -> int | None:
    numbers = [count for count in counts if count is not None]
    return sum(numbers) if numbers else None


def _grown(first: int | None, last: int | None) -> int | None:
    return None if first is None or last is None else last - first


def _fell(before: Counts, now: Counts) -> bool:
    return any((_grown(old, new) or 0) < 0 for old, new in zip(before[1:], now[1:], strict=True))
