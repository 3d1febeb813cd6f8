"""A file that is damaged, foreign, newer, full or unreachable costs what is in it, and nothing else."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from mctop.service.memcached.history.file import VERSION, HistoryFile
from mctop.service.memcached.history.history import MemcachedHistory
from tests.service.memcached.history.servers import HOUR, NAMES, START, Watch, damage

if TYPE_CHECKING:
    from pathlib import Path

FOUR = START + 240


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "history.sqlite"


def written(file: Path, until: int = FOUR) -> None:
    watch = Watch(MemcachedHistory(file, NAMES))
    watch.poll(START, until)
    watch.history.close()


def works(watch: Watch) -> None:
    """The history goes on, in whatever it is kept."""
    watch.poll(START + HOUR, START + HOUR + 240)
    assert watch.cache("get_rate", START + HOUR, START + HOUR + 240) == (300.0,) * 4


def test_only_the_owner_can_read_the_file(file: Path) -> None:
    written(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_keys_are_in_no_column(file: Path) -> None:
    written(file)
    with closing(sqlite3.connect(file)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        texts = {
            column[1]
            for table in tables
            for column in database.execute(f"PRAGMA table_info({table})")
            if "TEXT" in column
        }
    assert texts == {"name", "counters"}


@pytest.mark.parametrize("harm", ["garbage", "pages"])
def test_a_damaged_file_is_put_aside_and_memory_used(file: Path, harm: str) -> None:
    written(file, START + 2 * HOUR)
    if harm == "garbage":
        file.write_bytes(b"no database" * 1_000)
    else:
        damage(file)
    watch = Watch(MemcachedHistory(file, NAMES))
    (aside,) = file.parent.glob("*.damaged-*")
    assert str(aside) in watch.history.degraded
    assert "in memory" in watch.history.degraded
    assert not file.exists()
    works(watch)
    watch.history.close()
    assert MemcachedHistory(file, NAMES).degraded == ""


def test_a_file_that_is_damaged_while_it_is_used_is_put_aside(file: Path) -> None:
    written(file, START + 2 * HOUR)
    kept = HistoryFile(file)
    kept.ask("PRAGMA shrink_memory", {})
    damage(file)
    assert kept.ask("SELECT sum(get_hits) FROM counters", {}) == []
    assert "damaged" in kept.degraded
    assert len(list(file.parent.glob("*.damaged-*"))) == 1
    assert kept.write(lambda database: database.execute("INSERT INTO owners (name) VALUES ('a:1')"))
    assert [str(name) for (name,) in kept.ask("SELECT name FROM owners", {})] == ["a:1"]


def test_a_newer_file_is_left_as_it_is(file: Path) -> None:
    written(file)
    with closing(sqlite3.connect(file)) as database:
        database.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = file.read_bytes()
    watch = Watch(MemcachedHistory(file, NAMES))
    assert "newer mctop" in watch.history.degraded
    works(watch)
    watch.history.close()
    assert file.read_bytes() == before


def test_another_database_is_left_as_it_is(file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE precious (thing)")
    watch = Watch(MemcachedHistory(file, NAMES))
    assert "left alone" in watch.history.degraded
    works(watch)
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT count(*) FROM precious").fetchone() == (0,)


def test_a_file_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "history.sqlite", tmp_path):
        watch = Watch(MemcachedHistory(path, NAMES))
        assert str(path) in watch.history.degraded
        assert "in memory" in watch.history.degraded
    works(watch)


def test_memory_is_no_trouble_if_it_is_what_was_wanted() -> None:
    watch = Watch(MemcachedHistory(None, NAMES))
    works(watch)
    assert watch.history.degraded == ""


def test_a_full_disk_keeps_what_comes_in_memory_and_writes_it_when_there_is_room(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = HistoryFile(file)
    monkeypatch.setattr("mctop.service.memcached.history.history.HistoryFile", lambda _: kept)
    watch = Watch(MemcachedHistory(file, NAMES))
    watch.poll(START, FOUR)
    ((most,),) = kept.ask("PRAGMA max_page_count", {})
    kept.ask("PRAGMA max_page_count = 1", {})  # SQLite makes it what there is
    watch.poll(FOUR, START + HOUR + 120)
    assert "cannot be written: the disk is full. History is kept in memory until" in watch.history.degraded
    assert watch.cache("get_rate", START, START + HOUR) == (300.0,) * 60
    assert watch.cache("get_rate", START, START + HOUR, HOUR) == pytest.approx((300.0,))
    kept.ask(f"PRAGMA max_page_count = {most}", {})
    watch.poll(START + HOUR + 120, START + HOUR + 240)
    assert watch.history.degraded == ""
    watch.history.close()
    monkeypatch.undo()
    again = Watch(MemcachedHistory(file, NAMES))
    assert again.cache("get_rate", START, START + HOUR) == (300.0,) * 60
