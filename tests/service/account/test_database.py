"""The file of an account is ours, its owner's alone, or left as it is."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from mctop.private_files import UnsafeFile
from mctop.service.account.database import APPLICATION, VERSION, NoAccount, open_database

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def words(file: Path) -> None:
    file.write_text("thesis")


def of_another_program(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.executescript("CREATE TABLE credentials (precious); CREATE TABLE places (url);")


def marked_by_another(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.executescript("PRAGMA application_id = 7;")


def of_a_newer_version(file: Path) -> None:
    open_database(file).close()
    with closing(sqlite3.connect(file)) as database:
        database.execute(f"PRAGMA user_version = {VERSION + 1}")


@pytest.mark.parametrize("make", [words, of_another_program, marked_by_another, of_a_newer_version])
def test_a_file_that_is_no_account_of_ours_is_left_as_it_is(tmp_path: Path, make: Callable[[Path], None]) -> None:
    file = tmp_path / "a file?mode=rw#.db"
    make(file)
    file.chmod(0o644)
    before = file.read_bytes()
    with pytest.raises(NoAccount, match="left as it is"):
        open_database(file)
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (before, 0o644)
    assert list(tmp_path.iterdir()) == [file]


def test_an_account_that_was_made_before_they_were_marked_is_one(tmp_path: Path) -> None:
    file = tmp_path / "account"
    with closing(open_database(file)) as database:
        database.execute("INSERT INTO prefixes (name) VALUES ('user:')")
        database.execute("DROP TABLE guests")
        database.execute("PRAGMA application_id = 0")
        database.execute("PRAGMA user_version = 0")
    for _ in range(2):
        with closing(open_database(file)) as database:
            assert [name for (name,) in database.execute("SELECT name FROM prefixes")] == ["user:"]
            assert database.execute("PRAGMA application_id").fetchone()[0] == APPLICATION


def test_passwords_that_others_could_read_are_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "account"
    open_database(file).close()
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    for _ in range(2):
        open_database(file).close()
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert f"others could read {file} until now" in caplog.text
    assert file.stat().st_mode & 0o777 == 0o600


def test_one_that_others_could_have_written_and_a_link_are_refused(tmp_path: Path) -> None:
    file, link = tmp_path / "account", tmp_path / "link"
    open_database(file).close()
    link.symlink_to(file)
    with pytest.raises(UnsafeFile, match="it is a link"):
        open_database(link)
    file.chmod(0o666)
    with pytest.raises(UnsafeFile, match="others could have written it"):
        open_database(file)
