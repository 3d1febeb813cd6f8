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
