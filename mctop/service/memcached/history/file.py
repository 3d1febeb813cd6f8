"""The history's tables: in a file, or in memory where there is none that can be used."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from mctop.service.memcached.history.opening import Unusable, is_damage, is_full, open_file, open_memory, put_aside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

IN_MEMORY = "History is kept in memory."
FOR_NOW = "History is kept in memory until it can be written, for a day at most."


class HistoryFile:
    """Tables to write and ask. `degraded` says what is wrong with the file, "" while it does what it should."""

    def __init__(self, path: Path | None) -> None:
        self.degraded = ""
        self._path = path
        self._database = open_memory() if path is None else self._opened(path)

    def write(self, work: Callable[[sqlite3.Connection], object]) -> bool:
        """Do some work as one transaction; False if the file does not take it now, so that it may be tried again."""
        try:
            self._do(work)
        except sqlite3.Error as error:
            if self._gave_up(error):
                self._do(work)
                return True
            why = "the disk is full" if is_full(error) else str(error)
            self.degraded = f"The history file {self._path} cannot be written: {why}. {FOR_NOW}"
            return False
        if self._path is not None:
            self.degraded = ""
        return True

    def ask(self, query: str, values: Mapping[str, float | str]) -> list[tuple[float | None, ...]]:
        """The rows of an answer; none, if the file cannot be read."""
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.Error as error:
            if not self._gave_up(error):
                self.degraded = f"The history file {self._path} cannot be read: {error}."
            return []

    @property
    def size(self) -> int:
        """Bytes that the rows take."""
        ((pages,),) = self._database.execute("PRAGMA page_count")
        ((free,),) = self._database.execute("PRAGMA freelist_count")
        ((size,),) = self._database.execute("PRAGMA page_size")
        return int((pages - free) * size)

    def close(self) -> None:
        """Close the file; memory forgets."""
        self._database.close()

    def _opened(self, path: Path) -> sqlite3.Connection:
        try:
            return open_file(path)
        except Unusable as error:
            self._path = None
            self.degraded = f"{error} {IN_MEMORY}"
            return open_memory()

    def _do(self, work: Callable[[sqlite3.Connection], object]) -> None:
        self._database.execute("BEGIN")
        try:
            work(self._database)
            self._database.execute("COMMIT")
        except BaseException:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise

    def _gave_up(self, error: sqlite3.Error) -> bool:
        """Go on in memory if the file turns out to be damaged."""
        if self._path is None or not is_damage(error):
            return False
        self._database.close()
        self.degraded = f"{put_aside(self._path)} {IN_MEMORY}"
        self._path, self._database = None, open_memory()
        return True
