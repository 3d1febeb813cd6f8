"""How long the history is kept, and how large it becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.series import DAY
from mctop.service.memcached.history.table import HOUR
from mctop.service.memcached.history.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from sqlite3 import Connection

KEPT: Mapping[str, int] = {
    **{table.name: 8 * DAY for table in TABLES},
    **{table.hours: 400 * DAY for table in TABLES},
    "kept": 90 * DAY,
}
"""Seconds that the rows of each table are kept."""

LARGEST = 256 * 2**20
"""Bytes of all rows; a year of ten servers needs less."""

SHARE = 8
"""The part of its time that a history too large gives up at once is one of this many."""


def age_out(database: Connection, now: float) -> None:
    """Delete the rows that are too old, by whole hours."""
    for table, seconds in KEPT.items():
        _delete(database, table, now - seconds)


def cut(database: Connection, now: float) -> None:
    """Delete the oldest rows of all, an eighth of the time there is, but never of the last hours."""
    firsts = [database.execute(f"SELECT min(time) FROM {table}").fetchone()[0] for table in KEPT]
    oldest = min((first for first in firsts if first is not None), default=now)
    for table in KEPT:
        _delete(database, table, min(oldest + (now - oldest) / SHARE + HOUR, now - 2 * HOUR))


def _delete(database: Connection, table: str, before: float) -> None:
    """Owner by owner, because that is how the rows are sorted."""
    query = f"DELETE FROM {table} WHERE owner IN (SELECT owner FROM owners) AND time < ?"
    database.execute(query, (before // HOUR * HOUR,))
