"""What one minute writes to the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.service.memcached.history.pending import LONGEST
from mctop.service.memcached.history.retention import LARGEST, age_out, cut
from mctop.service.memcached.history.table import HOUR

if TYPE_CHECKING:
    from collections.abc import Collection
    from sqlite3 import Connection

    from mctop.service.memcached.history.file import HistoryFile
    from mctop.service.memcached.history.pending import Pending
    from mctop.service.memcached.history.snapshots import Snapshots


def write(
    file: HistoryFile,
    tables: Collection[Pending],
    snapshots: Snapshots,
    *,
    now: float,
    until: float,
    largest: int = LARGEST,
) -> None:
    """Write all that ended before `until`, and delete what is too old or, beyond `largest` bytes, too much.

    What the file does not take stays pending, for a day.
    """

    def minute(database: Connection) -> None:
        for pending in tables:
            write_rows(database, pending, until)
        snapshots.write(database)
        age_out(database, now)

    taken = file.write(minute)
    for pending in tables:
        pending.forget(until if taken else until - LONGEST)
    if taken:
        snapshots.forget()
        if file.size > largest:
            file.write(lambda database: cut(database, now))


def write_rows(database: Connection, pending: Pending, until: float) -> None:
    """Add the rows of a table that ended before `until` to those of their minutes and of their hours."""
    table, rows = pending.table, tuple(pending.before(until))
    database.executemany("INSERT OR IGNORE INTO owners (name) VALUES (?)", {(owner,) for _, owner, _ in rows})
    for name, step in ((table.name, table.finest), (table.hours, HOUR)):
        database.executemany(table.add(name), [(owner, time // step * step, *row) for time, owner, row in rows])
