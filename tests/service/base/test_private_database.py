"""A database is its owner's alone, and so is what SQLite obeys beside it."""

from __future__ import annotations

import os
import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest

from mctop.private_files import UnsafeFile
from mctop.service.base.private_database import BESIDE, connect

if TYPE_CHECKING:
    from pathlib import Path


def test_a_database_and_its_log_are_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    umask = os.umask(0)
    try:
        database, was_exposed = connect(path)
        database.executescript("PRAGMA journal_mode = WAL; CREATE TABLE a (b);")
    finally:
        os.umask(umask)
    assert not was_exposed
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}
    assert len(list(path.parent.iterdir())) == 3
    database.close()


@pytest.mark.parametrize("ending", BESIDE)
def test_a_link_beside_it_is_refused(tmp_path: Path, ending: str) -> None:
    (tmp_path / "thesis").write_text("my words")
    (tmp_path / f"file{ending}").symlink_to(tmp_path / "thesis")
    with pytest.raises(UnsafeFile, match="it is a link"):
        connect(tmp_path / "file")
    assert (tmp_path / "thesis").read_text() == "my words"
    assert not (tmp_path / "file").exists()


def test_a_file_that_is_swapped_before_sqlite_opens_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = tmp_path / "file", tmp_path / "other"
    other.touch()
    original = sqlite3.connect

    def swapped(name: Path, **options: bool) -> sqlite3.Connection:
        path.unlink()
        path.symlink_to(other)
        return original(name, isolation_level=None)

    monkeypatch.setattr(sqlite3, "connect", swapped)
    with pytest.raises(UnsafeFile, match="another file was put in its place"):
        connect(path)
