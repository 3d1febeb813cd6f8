"""Rows that are not in the file yet; the newest of them still grow."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mctop.service.memcached.history.table import Row, Table

CACHE = ""
"""The owner of what all servers did together."""

LONGEST = 86_400
"""Seconds of rows that are kept while the file takes none; the oldest are given up."""


class Pending:
    """Rows of one table by their times and owners; `whole` makes the row of the cache from those of its servers."""

    def __init__(self, table: Table, whole: Callable[[Iterable[Row]], Row] | None = None) -> None:
        self.table = table
        self._whole = whole
        self._rows: defaultdict[int, dict[str, Row]] = defaultdict(dict)

    def add(self, owner: str, at: float, row: Row) -> None:
        """Add to what an owner did in the bucket of a moment."""
        rows = self._rows[int(at) // self.table.finest * self.table.finest]
        rows[owner] = self.table.together((rows[owner], row)) if owner in rows else row

    def of(self, owner: str, start: int, end: int, step: int) -> dict[int, Row]:
        """What an owner did in each bucket of `step` seconds from `start` until `end`."""
        buckets: defaultdict[int, list[Row]] = defaultdict(list)
        for time in sorted(time for time in self._rows if start <= time < end):
            rows = self._at(time)
            if owner in rows:
                buckets[time // step * step].append(rows[owner])
        return {bucket: self.table.together(rows) for bucket, rows in buckets.items()}

    def before(self, moment: float) -> Iterator[tuple[int, str, Row]]:
        """The time, owner and row of every bucket that ended before a moment, oldest first."""
        for time in self._ended(moment):
            yield from ((time, owner, row) for owner, row in self._at(time).items())

    def forget(self, moment: float) -> None:
        """Drop the buckets that ended before a moment."""
        for time in self._ended(moment):
            del self._rows[time]

    def _ended(self, moment: float) -> list[int]:
        return sorted(time for time in self._rows if time + self.table.finest <= moment)

    def _at(self, time: int) -> dict[str, Row]:
        rows = self._rows[time]
        return rows if self._whole is None else {**rows, CACHE: self._whole(rows.values())}
