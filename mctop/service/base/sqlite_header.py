"""The header of a SQLite file (its file format, 1.3), read without SQLite: whose database it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mctop.private_files import first_bytes

if TYPE_CHECKING:
    from pathlib import Path


MAGIC = b"SQLite format 3\0"
SIZE = 100
"""Bytes of a header; numbers in it are big-endian."""

VERSION, APPLICATION = slice(60, 64), slice(68, 72)


class SqliteHeader(NamedTuple):
    """What a header says: `application` marks whose database it is, and `version` its schema; 0 where nothing does."""

    is_sqlite: bool
    application: int
    version: int


def read_header(file: Path) -> SqliteHeader | None:
    """The header of a file, None if it is empty; raises OSError, of which UnsafeFile is one."""
    header = first_bytes(file, SIZE)
    if not header:
        return None
    version, application = (int.from_bytes(header[place], "big") for place in (VERSION, APPLICATION))
    return SqliteHeader(header.startswith(MAGIC), application, version)
