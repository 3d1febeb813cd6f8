"""The prefixes the account watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.introspection import Prefix
from mctop.service.account.database import Declined, is_full

if TYPE_CHECKING:
    import sqlite3

MOST = 20
"""Watched prefixes at most: a census and every batch of watch lines are counted once for each of them."""


class PrefixTable:
    """Watched prefixes by id."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def all(self) -> tuple[Prefix, ...]:
        """Every watched prefix, oldest first."""
        rows = self._database.execute("SELECT * FROM prefixes ORDER BY id").fetchall()
        return tuple(Prefix(id=row["id"], name=row["name"]) for row in rows)

    def get(self, prefix_id: int) -> Prefix:
        """Get one watched prefix; raise Declined."""
        row = self._database.execute("SELECT * FROM prefixes WHERE id = ?", (prefix_id,)).fetchone()
        if row is None:
            raise Declined("The cache watches no prefix with this ID.")
        return Prefix(id=row["id"], name=row["name"])

    def watch(self, name: str) -> Prefix:
        """Watch a prefix; one already watched stays as it is. Raise Declined where there are too many."""
        watched = next((prefix for prefix in self.all() if prefix.name == name), None)
        if watched is not None:
            return watched
        if is_full(self._database, "prefixes", MOST):
            raise Declined(f"A cache watches at most {MOST} prefixes.")
        added = self._database.execute("INSERT INTO prefixes (name) VALUES (?)", (name,))
        return Prefix(id=int(added.lastrowid or 0), name=name)

    def unwatch(self, prefix_id: int) -> None:
        """Watch a prefix no more; raise Declined."""
        self.get(prefix_id)
        self._database.execute("DELETE FROM prefixes WHERE id = ?", (prefix_id,))
