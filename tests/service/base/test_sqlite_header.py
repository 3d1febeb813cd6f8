"""Whose database a file is, as its header says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from mctop.service.base.sqlite_header import SqliteHeader, read_header

if TYPE_CHECKING:
    from pathlib import Path


def test_a_header_says_whose_database_it_is_and_of_which_version(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "file")) as database:
        database.executescript("PRAGMA application_id = 7; PRAGMA user_version = 3; CREATE TABLE a (b);")
    assert read_header(tmp_path / "file") == SqliteHeader(is_sqlite=True, application=7, version=3)


@pytest.mark.parametrize(("content", "is_sqlite"), [(b"thesis", False), (b"SQLite format 3\0", True), (b"\0", False)])
def test_a_short_or_a_foreign_file_has_no_numbers(tmp_path: Path, content: bytes, is_sqlite: bool) -> None:
    (tmp_path / "file").write_bytes(content)
    assert read_header(tmp_path / "file") == SqliteHeader(is_sqlite, application=0, version=0)


def test_an_empty_file_has_none(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert read_header(tmp_path / "file") is None
