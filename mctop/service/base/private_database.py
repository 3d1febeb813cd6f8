"""Opening a SQLite file that is its owner's alone, with the files that SQLite keeps beside it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import NamedTuple

from mctop.private_files import UnsafeFile, open_private, refuse_unsafe

BESIDE = ("-journal", "-wal", "-shm")
"""Endings of what SQLite obeys beside a database; it makes them with the mode of the database."""


class PrivateDatabase(NamedTuple):
    """An open database; `was_exposed` says that others could read its file until now."""

    connection: sqlite3.Connection
    was_exposed: bool


def connect(path: Path, *, timeout: float = 5.0) -> PrivateDatabase:
    """Open a database that commits each statement by itself; raises OSError, of which UnsafeFile is one, or its own.

    SQLite takes a name, not a descriptor, so it is looked afterwards whether it opened the file that was checked.
    """
    for ending in BESIDE:
        refuse_unsafe(Path(f"{path}{ending}"))
    descriptor, was_exposed = open_private(path, os.O_RDWR, obeyed=True)
    try:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=timeout)
        # While the descriptor is open, no other file can have its number.
        if not os.path.samestat(os.fstat(descriptor), os.lstat(path)):
            connection.close()
            raise UnsafeFile("another file was put in its place", path)
    finally:
        os.close(descriptor)  # this ends the locks that SQLite has on the file, which are none before a statement
    return PrivateDatabase(connection, was_exposed)
