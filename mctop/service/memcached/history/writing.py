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
            _write_rows(database, pending, until)
        snapshots.write(database)
        age_out(database, now)

    taken = file.write(minute)
    for pending in tables:
        pending.forget(until if taken else until - LONGEST)
    if taken:
        snapshots.forget()
        if file.size > largest:
            file.write(lambda database: cut(database, now))


def _write_rows(database: Connection, pending: Pending, until: float) -> None:
    rows = list(pending.before(until))
    if rows:
        table = pending.table
        names = {(owner,) for _, owner, _ in rows}
        database.executemany("INSERT OR IGNORE INTO owners (name) VALUES (?)", names)
        database.executemany(table.add, [(owner, time, *row) for time, owner, row in rows])
        first, last = rows[0][0], rows[-1][0]
        database.execute(table.add_up, {"start": first // HOUR * HOUR, "end": last // HOUR * HOUR + HOUR})
