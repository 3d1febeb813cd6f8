"""The last log lines, newest first, without the noise that polling makes itself."""

from __future__ import annotations

from dataclasses import dataclass

from mctop.store.logtail import Entry, GapEntry, LogTail
from mctop.store.sieve import OWN
from mctop.ui.format import count, duration, size, time_of_day
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.text import Clean, clean

LOG_COLUMNS = (
    Column("time", "time", 9),
    Column("command", "command", 7, 9),
    Column("key", "key", 14, 80),
    Column("status", "status", 6, 10),
    Column("size", "size", 8, align="right", priority=1),
    Column("server", "server", 10, 24, priority=2),
)
MOST = 100
"""Rows that are listed."""


@dataclass(frozen=True, slots=True)
class LogRows:
    """What the panel lists, and how many lines of our own it leaves out."""

    rows: tuple[Row, ...]
    hidden: int

    @property
    def notes(self) -> tuple[str, ...]:
        """What is left out, in words, longest first."""
        if not self.hidden:
            return ()
        return f"{count(self.hidden)} of mctop's own STATS/AUTH hidden", f"{count(self.hidden)} own hidden"


def log_rows(tail: LogTail) -> LogRows:
    """The newest rows of the tail."""
    rows: list[Row] = []
    hidden = 0
    for entry in reversed(tail.rows):
        if isinstance(entry, Entry) and entry.command.upper() in OWN:
            hidden += 1
        else:
            rows.append(_line(entry) if isinstance(entry, Entry) else _gap(entry))
        if len(rows) == MOST:
            break
    return LogRows(tuple(rows), hidden)


def _line(entry: Entry) -> Row:
    return Row(
        f"{entry.serial}",
        (
            Cell(Clean(time_of_day(entry.time)), "muted", entry.time),
            Cell(clean(entry.command, 24)),
            Cell(clean(entry.key, 250)),
            Cell(clean(entry.status, 24)),
            Cell(Clean(size(entry.size)), value=entry.size),
            Cell(clean(entry.server, 80), "muted"),
        ),
    )


def _gap(entry: GapEntry) -> Row:
    gap = entry.gap
    lost = "some lines" if gap.lost is None else f"about {count(gap.lost)} lines"
    text = f"{lost} not seen in {duration(gap.end - gap.start)}"
    return Row(
        f"gap {entry.serial}",
        (
            Cell(Clean(time_of_day(gap.end)), "muted", gap.end),
            Cell(Clean("◆ gap"), "fair"),
            Cell(Clean(text), "fair"),
            Cell(Clean("")),
            Cell(Clean("")),
            Cell(clean(gap.server, 80), "muted"),
        ),
    )
