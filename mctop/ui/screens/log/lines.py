"""One row of the log as a line of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.logtail import Entry, GapEntry
from mctop.ui.format import count, duration, size, time_of_day
from mctop.ui.renderables.runs import Run, fitted
from mctop.ui.renderables.table import Cell, Column, Row, fit, header, line
from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mctop.store.logtail import Gap
    from mctop.store.marks import Mark
    from mctop.ui.renderables.table import Tone
    from mctop.ui.screens.log.listing import Shown

COLUMNS = (
    Column("time", "time", 9),
    Column("server", "server", 5, 14, priority=1),
    Column("command", "command", 7, 8),
    Column("status", "status", 7, 10),
    Column("size", "size", 8, align="right", priority=2),
    Column("key", "key", 16, 250),
)
GUTTER = 2
"""Columns at the left where rows that pass the filters are told from those that do not."""
PASSES, GAP, MARK = "▸", "◆", "⚑"
TONES: Mapping[str, Tone] = {"MISS": "fair", "NOT_FOUND": "fair", "HIT": "muted", "OK": "muted"}
"""What stands out: what was not there. Statuses are no closed list; of the others, those that tell of errors."""


def titles(width: int, *, gutter: bool) -> tuple[Run, ...]:
    """The titles of the columns."""
    left = GUTTER if gutter else 0
    return (Run(" " * left), *header(fit(COLUMNS, max(1, width - left)), None))


def row_line(row: Shown, width: int, names: Mapping[str, str], passes: bool | None) -> tuple[Run, ...]:
    """A row at a width, its server by its short name; `passes` is None where all rows do, and need no gutter."""
    if passes is None:
        return _line(row, width, names)
    runs = _line(row, max(1, width - GUTTER), names)
    if passes:
        return (Run(f"{PASSES} ", "accent"), *runs)
    return (Run(" " * GUTTER), *(Run(run.text, "muted") for run in runs))


def tone(status: str) -> Tone:
    """The colour of a status, whose word alone says it too."""
    known = TONES.get(status.upper())
    if known is not None:
        return known
    return "poor" if any(word in status.upper() for word in ("ERR", "FAIL", "LARGE", "DENIED", "NOT_STORED")) else ""


def _line(row: Shown, width: int, names: Mapping[str, str]) -> tuple[Run, ...]:
    if isinstance(row, Entry):
        return line(fit(COLUMNS, width), _cells(row, names))
    time = f"{time_of_day(row.at)}  "
    text, style = (_gap(row.gap, names), "fair") if isinstance(row, GapEntry) else (_mark(row.mark), "accent")
    return (Run(time, "muted"), Run(fitted(text, max(1, width - len(time))).rstrip(), style))


def _cells(entry: Entry, names: Mapping[str, str]) -> Row:
    return Row(
        "",
        (
            Cell(Clean(time_of_day(entry.time)), "muted"),
            Cell(clean(names.get(entry.server, entry.server), 80), "muted"),
            Cell(clean(entry.command, 24)),
            Cell(clean(entry.status, 24), tone(entry.status)),
            Cell(Clean(size(entry.size) if entry.size else "")),
            Cell(clean(entry.key, 250)),
        ),
    )


def _gap(gap: Gap, names: Mapping[str, str]) -> str:
    lost = "some lines" if gap.lost is None else f"about {count(gap.lost)} lines"
    server = clean(names.get(gap.server, gap.server), 80)
    return f"{GAP} gap: {lost} of {server} not seen in {duration(gap.end - gap.start)}"


def _mark(mark: Mark) -> str:
    note = clean(mark.note, 120)
    return f"{MARK} {mark.kind.value}{': ' if note else ''}{note}"
