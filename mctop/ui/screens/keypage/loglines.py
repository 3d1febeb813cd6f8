"""The log lines about one key, newest first."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from mctop.store.logtail import Entry
from mctop.ui.format import size, time_of_day
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from mctop.store.logtail import LogTail

LINE_COLUMNS = (
    Column("time", "time", 9),
    Column("command", "command", 8, 12),
    Column("status", "status", 8, 12),
    Column("size", "size", 8, align="right", priority=1),
    Column("server", "server", 14, 48, priority=2),
)
MOST = 200
"""Lines that are listed."""


def lines_of(tail: LogTail, key: str) -> tuple[Entry, ...]:
    """The newest lines about a key, newest first."""
    about = (row for row in reversed(tail.rows) if isinstance(row, Entry) and row.key == key)
    return tuple(islice(about, MOST))


def line_rows(lines: tuple[Entry, ...]) -> tuple[Row, ...]:
    """One row a line, named by its serial."""
    return tuple(map(_row, lines))


def _row(entry: Entry) -> Row:
    return Row(
        f"{entry.serial}",
        (
            Cell(Clean(time_of_day(entry.time)), "muted", entry.time),
            Cell(clean(entry.command, 24)),
            Cell(clean(entry.status, 24)),
            Cell(Clean(size(entry.size)), "", entry.size),
            Cell(clean(entry.server, 80), "muted"),
        ),
    )
