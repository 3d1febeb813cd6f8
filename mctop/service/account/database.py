"""The SQLite tables of the account, and the exception with which it declines."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Declined(Exception):
    """The account will not do this; the routes answer 400 with its words."""


SCHEMA = """
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
"""


def open_database(file: Path | None) -> sqlite3.Connection:
    """Open the account's tables, made where they are missing; None keeps them in memory.

    Every statement commits by itself. The passwords in it are in clear, because the API shows them.
    """
    if file is not None:
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    database = sqlite3.connect(file or ":memory:", isolation_level=None, check_same_thread=False)
    database.row_factory = sqlite3.Row
    database.execute("PRAGMA foreign_keys = ON")
    database.executescript(SCHEMA)
    return database


def is_full(database: sqlite3.Connection, table: str, most: int) -> bool:
    """Say whether a table is full: it holds `most` rows or more."""
    (count,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(count) >= most
