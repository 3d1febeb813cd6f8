"""A table of what was done by whom in a minute, with its hours: how it is written, added up and asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

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

    @property
    def add(self) -> str:
        """The statement that adds a row to what is there: the owner's name, time, columns."""
        grown = [f"{name} = CASE WHEN {name} IS NULL THEN excluded.{name} ELSE {name} + ifnull(excluded.{name}, 0) END"
                 for name in self.added]  # fmt: skip
        shown = [f"{name} = ifnull(excluded.{name}, {name})" for name in self.last]
        places, changes = ", ".join("?" * (1 + len(self.columns))), ", ".join((*grown, *shown))
        return f"INSERT INTO {self.name} VALUES ({OWNER}, {places}) ON CONFLICT DO UPDATE SET {changes}"

    @property
    def add_up(self) -> str:
        """The statement that makes the hours between :start and :end anew from their rows."""
        hour = f"owner, time / {HOUR} * {HOUR} AS hour"
        sums = self._sums(self.name, hour, "time >= :start AND time < :end", "owner, hour")
        return f"INSERT OR REPLACE INTO {self.hours} SELECT owner, hour, {', '.join(self.columns)} FROM ({sums})"

    def ask(self, step: int) -> str:
        """The query for :owner, a name, between :start and :end, in buckets of `step` seconds.

        It answers the start of each bucket, and the columns.
        """
        table = self.hours if step >= HOUR else self.name
        where = f"owner = {OWNER.replace('?', ':owner')} AND time >= :start AND time < :end"
        sums = self._sums(table, f"time / {step} * {step} AS bucket", where, "bucket")
        return f"SELECT {', '.join(('bucket', *self.columns))} FROM ({sums})"

    def only(self, columns: Collection[str]) -> Table:
        """The table as if it had no other columns."""
        return replace(
            self,
            added=tuple(name for name in self.added if name in columns),
            last=tuple(name for name in self.last if name in columns),
        )

    def _sums(self, table: str, lead: str, where: str, group: str) -> str:
        """Sum and last; where there is one max(), SQLite takes bare columns from the row that has it."""
        chosen = (*(f"sum({name}) AS {name}" for name in self.added), *self.last)
        return f"SELECT {', '.join((lead, 'max(time)', *chosen))} FROM {table} WHERE {where} GROUP BY {group}"

    def together(self, rows: Iterable[Row]) -> Row:
        """One row for several of one owner, oldest first."""
        result: list[float | None] = [None] * len(self.columns)
        for row in rows:
            for place, value in enumerate(row):
                if value is not None:
                    before = result[place] if place < len(self.added) else None
                    result[place] = value if before is None else before + value
        return tuple(result)
