"""How a history file is opened, begun, checked and put aside."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from mctop.service.memcached.history.tables import APPLICATION, SCHEMA, VERSION


class Unusable(Exception):
    """There is a file, but it cannot be used; the message says why."""


def open_file(path: Path) -> sqlite3.Connection:
    """Open a history, or begin one that only its owner can read; raise Unusable.

    A damaged file is put aside, so that the next start can begin another; a file that is not ours is left as it is.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        database = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0.2)
    except (OSError, sqlite3.Error) as error:
        raise Unusable(f"The history file {path} cannot be opened: {error}.") from error
    try:
        _prepare(database, path)
    except sqlite3.Error as error:
        database.close()
        if is_damage(error):
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
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    if not tables:
        database.executescript(f"BEGIN; {SCHEMA} COMMIT;")


def _code(error: sqlite3.Error) -> int:
    """What kind of error SQLite met, without its finer points."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
