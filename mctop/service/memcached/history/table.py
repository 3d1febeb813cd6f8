"""The table of what each server did by the minute and by the hour, and its rows that are not written yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from mctop.service.memcached.protocol.replies import MOST

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator


Row: TypeAlias = tuple[float | None, ...]
"""The values of a table's columns, in their order."""

HOUR = 3_600

OWNER = "(SELECT owner FROM owners WHERE name = ?)"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of an owner and the start of a bucket, epoch seconds.

    Over several buckets the columns `added` are added up, and of the columns `last` the last counts. `finest` is the
    length of the shortest buckets in seconds.
    """

    name: str
    finest: int
    added: tuple[str, ...]
    last: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns with values."""
        return (*self.added, *self.last)

    @property
    def hours(self) -> str:
        """The name of the table that has the same by the hour."""
        return f"{self.name}_hours"

    @property
    def schema(self) -> str:
        """The statements that make both tables."""
        columns = ", ".join(self.columns)
        return "".join(
            f"CREATE TABLE {name} (owner INTEGER, time INTEGER, {columns}, PRIMARY KEY (owner, time)) WITHOUT ROWID;\n"
            for name in (self.name, self.hours)
        )

    def add(self, table: str) -> str:
        """The statement that adds a row to one of the tables: the owner's name, time, columns."""
        grown = [f"{name} = coalesce({name} + excluded.{name}, {name}, excluded.{name})" for name in self.added]
        shown = [f"{name} = ifnull(excluded.{name}, {name})" for name in self.last]
        places, changes = ", ".join("?" * (1 + len(self.columns))), ", ".join((*grown, *shown))
        return f"INSERT INTO {table} VALUES ({OWNER}, {places}) ON CONFLICT DO UPDATE SET {changes}"

    def ask(self, step: int) -> str:
        """The query for :owner, a name, between :start and :end, in buckets of `step` seconds.

        It answers the start of each bucket, and the columns. Where there is one max(), SQLite takes the columns that
        are not added up from the row that has it.
        """
        table = self.hours if step >= HOUR else self.name
        chosen = (f"time / {step} * {step} AS bucket", *(f"sum({name})" for name in self.added), *self.last)
        owned = f"owner = {OWNER.replace('?', ':owner')} AND time >= :start AND time < :end"
        return f"SELECT {', '.join(chosen)}, max(time) FROM {table} WHERE {owned} GROUP BY bucket"

    def only(self, columns: Collection[str]) -> Table:
        """The table as if it had no other columns."""
        return replace(
            self,
            added=tuple(name for name in self.added if name in columns),
            last=tuple(name for name in self.last if name in columns),
        )

    def together(self, rows: Iterable[Row]) -> Row:
        """One row for several of one owner, oldest first."""
        result: list[float | None] = [None] * len(self.columns)
        for row in rows:
            for place, value in enumerate(row):
                if value is not None:
                    before = result[place] if place < len(self.added) else None
                    result[place] = value if before is None else before + value
        return tuple(result)


def of_cache(rows: Iterable[Row]) -> Row:
    """Everything added up, but for the seconds, which come first: the longest count.

    A server that was away for a part of them did nothing then. What one of them does not tell is not known of all.
    """
    seconds, *columns = zip(*rows, strict=True)
    return max(value or 0 for value in seconds), *map(_sum, columns)


def _sum(values: tuple[float | None, ...]) -> float | None:
    told = [value for value in values if value is not None]
    return sum(told) if len(told) == len(values) else None


CACHE = ""
"""The owner of what all servers did together."""

LONGEST_PENDING = 86_400
"""Seconds of rows that are kept while the file takes none; the oldest are given up."""


class Pending:
    """Rows of one table by their times and owners; `whole` makes the row of the cache from those of its servers."""

    def __init__(self, table: Table, whole: Callable[[Iterable[Row]], Row] | None = None) -> None:
        self.table = table
        self._whole = whole
        self._rows: defaultdict[int, dict[str, Row]] = defaultdict(dict)

    def add(self, owner: str, at: float, row: Row) -> None:
        """Add to what an owner did in the bucket of a moment; a value beyond MOST is not known."""
        row = tuple(value if value is None or abs(value) <= MOST else None for value in row)
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
