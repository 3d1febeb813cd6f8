"""What is old goes, and what is too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.series import DAY
from mctop.service.memcached.history.file import LATENCY, HistoryFile
from mctop.service.memcached.history.history import Snapshots, write
from mctop.service.memcached.history.table import Pending
from tests.service.memcached.history.servers import HOUR, START

if TYPE_CHECKING:
    from pathlib import Path


def filled(start: int, end: int, every: int = 20) -> Pending:
    """Latency of an owner, all of it still to be written."""
    pending = Pending(LATENCY)
    for time in range(start, end, every):
        pending.add("a:1", time, (1.0, 1.0))
    return pending


def times(file: HistoryFile, table: str) -> tuple[float, float, float]:
    ((count, first, last),) = file.ask(f"SELECT count(*), min(time), max(time) FROM {table}", {})
    return count or 0, first or 0, last or 0


def test_minutes_are_kept_for_8_days_and_hours_for_400() -> None:
    file = HistoryFile(None)
    write(file, (filled(START, START + 401 * DAY, HOUR),), Snapshots(file), now=START + 401 * DAY, until=2e9)
    count, first, last = times(file, "latency")
    assert (count, first, last) == (8 * 24, START + 393 * DAY, START + 401 * DAY - HOUR)
    assert times(file, "latency_hours")[:2] == (400 * 24, START + DAY)


def test_the_oldest_goes_first_when_it_is_too_much(tmp_path: Path) -> None:
    file, end = HistoryFile(tmp_path / "history.sqlite"), START + 4 * DAY
    write(file, (filled(START, end),), Snapshots(file), now=end, until=2e9)
    whole, most = file.size, file.size * 3 // 4
    for minute in range(4):
        write(file, (), Snapshots(file), now=end + 60 * minute, until=2e9, largest=most)
    count, first, last = times(file, "latency")
    assert whole // 2 < file.size <= most
    assert first > START
    assert last == end - 20
    assert count == (end - first) / 20, "no hole"
