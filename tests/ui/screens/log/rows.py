"""Rows of a log to build tests from."""

from mctop.store.log.filters import Sieve, Sifted, sift
from mctop.store.log.tail import Entry, Gap, GapEntry, LogRow, LogTail

SERVER = "mc1.example.com:11211"


def entry(serial: int, at: float, key: str = "k", command: str = "GET", status: str = "HIT", size: int = 10) -> Entry:
    """A line."""
    return Entry(serial, at, SERVER, at, key, command, status, size)


def gap(serial: int, at: float, lost: int | None = 120) -> GapEntry:
    """Four seconds that nobody saw."""
    return GapEntry(serial, at, Gap(SERVER, at - 4, at, lost))


def tail(*rows: LogRow) -> LogTail:
    """A tail of such rows."""
    return LogTail(rows)


def sifted(*rows: LogRow, sieve: Sieve | None = None) -> Sifted:
    """A tail of such rows, judged."""
    return sift(Sifted(), sieve or Sieve(), tail(*rows))
