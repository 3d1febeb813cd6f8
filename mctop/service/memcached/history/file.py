"""The tables of a history file."""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mctop.api.models.series import DAY
from mctop.service.base.private_database import connect
from mctop.service.base.sqlite_header import read_header
from mctop.service.memcached.history.place import APPLICATION
from mctop.service.memcached.history.processed_stats import SECONDS
from mctop.service.memcached.history.table import HOUR, Table
from mctop.service.memcached.protocol.counters import COUNTED, SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from sqlite3 import Connection


LOCKED_FOR = 0.2
"""Seconds that a lock of another process is waited for; only ours should have one."""

VERSION = 1
"""Of the schema; a file of a greater one is left alone."""

COUNTERS = Table("counters", 60, (SECONDS, *COUNTED), SHOWN)
LATENCY = Table("latency", 20, ("nanoseconds", "probes"))
PREFIXES = Table("prefixes", 60, (SECONDS, "hits", "misses", "mutations"), ("num_keys", "total_size"))

TABLES = (COUNTERS, LATENCY, PREFIXES)

SCHEMA = f"""
CREATE TABLE owners (owner INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE kept (owner INTEGER, time REAL, counters TEXT, PRIMARY KEY (owner, time)) WITHOUT ROWID;
{"".join(table.schema for table in TABLES)}
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
"""
"""An owner is a server or a prefix, by its name, or the cache, which has none: "". `kept` is for v1's history."""


class Unusable(Exception):
    """There is a file, but it cannot be used; the message says why."""


def open_file(path: Path) -> sqlite3.Connection:
    """Open a history, or begin one that only its owner can read; raise Unusable.

    A damaged file is put aside, so that the next start can begin another; a file that is not ours is left as it is.
    """
    try:
        database = connect(path, timeout=LOCKED_FOR).connection
    except OSError as error:
        raise Unusable(f"The history file {path} cannot be opened: {error.strerror}.") from error
    except sqlite3.Error as error:
        raise Unusable(f"The history file {path} cannot be opened: {error}.") from error
    try:
        _prepare(database, path)
    except sqlite3.Error as error:
        database.close()
        if is_damage(error) and not _is_foreign(path):
            raise Unusable(put_aside(path)) from error
        raise Unusable(f"The history file {path} cannot be used: {error}.") from error
    except Unusable:
        database.close()
        raise
    return database


def open_memory() -> sqlite3.Connection:
    """Begin a history that ends with the process."""
    database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    database.executescript(SCHEMA)
    return database


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that the file itself is broken."""
    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def is_full(error: sqlite3.Error) -> bool:
    """Whether an error says that the disk is full."""
    return _code(error) == sqlite3.SQLITE_FULL


def put_aside(path: Path) -> str:
    """Rename a damaged file, and say what became of it."""
    aside = f"{path}.damaged-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}"
    try:
        path.rename(aside)
        with suppress(FileNotFoundError):
            Path(f"{path}-wal").rename(f"{aside}-wal")
    except OSError as error:
        return f"The history file {path} was damaged, and cannot be put aside: {error}."
    return f"The history file was damaged; it is put aside as {aside}, and the next start begins another."


def _is_foreign(path: Path) -> bool:
    """Say whether a file is a database that is not marked as ours."""
    try:
        header = read_header(path)
    except OSError:
        return True
    return header is not None and header.is_sqlite and header.application != APPLICATION


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    """Check that a file is ours, of a version we know, and whole; begin it if it is empty.

    It is written ahead to a log, and the disk is not waited for at every commit: a minute's rows take a millisecond,
    a crash loses none of them, and a loss of power loses the last, but not the file.
    """
    database.execute("PRAGMA locking_mode = EXCLUSIVE")  # ours is the only process, so no memory is shared
    ((application,),) = database.execute("PRAGMA application_id")
    ((version,),) = database.execute("PRAGMA user_version")
    ((tables,),) = database.execute("SELECT count(*) FROM sqlite_master")
    if tables and application != APPLICATION:
        raise Unusable(f"{path} is a database, but no history; it is left alone.")
    if version > VERSION:
        raise Unusable(f"The history file {path} is of a newer mctop; it is left alone.")
    ((verdict,), *_) = database.execute("PRAGMA quick_check(1)").fetchall()
    if verdict != "ok":
        raise Unusable(put_aside(path))
    if not tables:
        database.execute(f"PRAGMA application_id = {APPLICATION}")  # in the file itself, before there is a log
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    if not tables:
        database.executescript(f"BEGIN; {SCHEMA} COMMIT;")


def _code(error: sqlite3.Error) -> int:
    """What kind of error SQLite met, without its finer points."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


RETENTION: Mapping[str, int] = {
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
    for table, seconds in RETENTION.items():
        _delete(database, table, now - seconds)


def cut(database: Connection, now: float) -> None:
    """Delete the oldest rows of all, an eighth of the time there is, but never of the last hours."""
    firsts = [database.execute(f"SELECT min(time) FROM {table}").fetchone()[0] for table in RETENTION]
    oldest = min((first for first in firsts if first is not None), default=now)
    for table in RETENTION:
        _delete(database, table, min(oldest + (now - oldest) / SHARE + HOUR, now - 2 * HOUR))


def _delete(database: Connection, table: str, before: float) -> None:
    """Owner by owner, because that is how the rows are sorted."""
    query = f"DELETE FROM {table} WHERE owner IN (SELECT owner FROM owners) AND time < ?"
    database.execute(query, (before // HOUR * HOUR,))


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
        except (sqlite3.Error, OverflowError) as error:  # a number that fits into no column is no error of SQLite
            if self._gave_up(error):
                self._do(work)
                return True
            why = "the disk is full" if isinstance(error, sqlite3.Error) and is_full(error) else str(error)
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

    def _gave_up(self, error: sqlite3.Error | OverflowError) -> bool:
        """Go on in memory if the file turns out to be damaged."""
        if self._path is None or isinstance(error, OverflowError) or not is_damage(error):
            return False
        self._database.close()
        self.degraded = f"{put_aside(self._path)} {IN_MEMORY}"
        self._path, self._database = None, open_memory()
        return True
