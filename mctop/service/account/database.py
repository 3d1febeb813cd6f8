"""The SQLite tables of the account, and the exception with which it declines."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import quote

from mctop.service.base.private_database import connect
from mctop.service.base.sqlite_header import read_header

if TYPE_CHECKING:
    from pathlib import Path


class Declined(Exception):
    """The account will not do this; the routes answer 400 with its words."""


APPLICATION = 0x6D637461
"""What marks a SQLite file as an account: the application id in its header."""

VERSION = 1
"""Of the schema; a file of a greater one is left alone."""

TABLES = frozenset({"credentials", "deliveries", "alerts", "prefixes"})
"""Those of an account that is not marked."""

SCHEMA = f"""
CREATE TABLE IF NOT EXISTS credentials (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    username TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    can_write INTEGER NOT NULL,
    can_flush INTEGER NOT NULL,
    can_api INTEGER NOT NULL,
    is_primary INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    delivery_type TEXT NOT NULL,
    email TEXT NOT NULL,
    slack_url TEXT NOT NULL,
    slack_channel TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS alerts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    trigger_type TEXT NOT NULL,
    trigger_threshold REAL NOT NULL,
    delivery_config_id INTEGER REFERENCES deliveries (id),
    description TEXT NOT NULL,
    enabled INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS prefixes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE IF NOT EXISTS guests (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    username TEXT NOT NULL,
    salt BLOB NOT NULL,
    hash BLOB NOT NULL
);
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
"""


EXPOSED = "others could read %s until now: change the passwords in it (rotate each credential)"


class NoAccount(Exception):
    """A file that was named is no account of ours, and is left as it is; the message says why."""


def open_database(file: Path | None) -> sqlite3.Connection:
    """Open the account's tables, made where they are missing; None keeps them in memory.

    Every statement commits by itself. The passwords of credentials are in clear, because the API shows them, and
    webhooks, because they are posted to: the file is its owner's alone, and a warning is logged where it was not.
    Raises NoAccount, OSError or an error of SQLite.
    """
    if file is None:
        database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    else:
        _refuse_foreign(file)
        database, was_exposed = connect(file)
        if was_exposed:
            logging.getLogger(__name__).warning(EXPOSED, file)
    database.row_factory = sqlite3.Row
    database.execute("PRAGMA foreign_keys = ON")
    database.executescript(SCHEMA)
    return database


def _refuse_foreign(file: Path) -> None:
    """Raise NoAccount for a file that is there and is no account, or an OSError; nothing is touched.

    A file of the same tables without a mark is one: accounts were not always marked.
    """
    try:
        header = read_header(file)
    except FileNotFoundError:
        return
    if header is None:
        return
    if not header.is_sqlite:
        raise NoAccount("it is something else, and is left as it is")
    if header.application == APPLICATION and header.version > VERSION:
        raise NoAccount("it is of a newer mctop, and is left as it is")
    if header.application != APPLICATION and (header.application or _tables(file) != TABLES):
        raise NoAccount("it is a database of something else, and is left as it is")


def _tables(file: Path) -> frozenset[str]:
    """The names of a database's tables, read without a trace."""
    with closing(sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode=ro&immutable=1", uri=True)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'sqlite_sequence'")
        return frozenset(name for (name,) in names)


def is_full(database: sqlite3.Connection, table: str, most: int) -> bool:
    """Say whether a table is full: it holds `most` rows or more."""
    (count,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(count) >= most
