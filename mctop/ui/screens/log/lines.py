"""One row of the log as a line of the screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len

from mctop.store.logtail import Entry, GapEntry
from mctop.ui.format import count, duration, size, time_of_day
from mctop.ui.renderables.runs import Run, fitted
from mctop.ui.renderables.table import Cell, Column, Row, fit, header, line
from mctop.ui.screens.servers.names import short_names
from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mctop.store.logtail import Gap
    from mctop.store.marks import Mark
    from mctop.ui.renderables.table import Tone
    from mctop.ui.screens.log.listing import Shown

NARROWEST, WIDEST = 6, 16
"""Columns for the name of a server."""
GUTTER = 2
"""Columns at the left where rows that pass the filters are told from those that do not."""
PASSES, GAP, MARK = "▸", "◆", "⚑"
TONES: Mapping[str, Tone] = {"MISS": "fair", "NOT_FOUND": "fair", "HIT": "muted", "OK": "muted"}
"""What stands out: what was not there. Statuses are no closed list; of the others, those that tell of errors."""


@dataclass(frozen=True, slots=True)
class Names:
    """What servers are called, raw, and how many columns that takes."""

    short: Mapping[str, str] = field(default_factory=dict)
    width: int = NARROWEST

    def of(self, server: str) -> Clean:
        """The name of one server."""
        return clean(self.short.get(server, server), 80)


def named(servers: tuple[str, ...]) -> Names:
    """Call each server by as little as tells it apart."""
    short = short_names(servers)
    longest = max((cell_len(clean(name, 80)) for name in short.values()), default=0)
    return Names(short, max(NARROWEST, min(longest, WIDEST)))


@lru_cache(maxsize=8)
def columns(server: int) -> tuple[Column, ...]:
    """The columns of a line, with so much for its server."""
    return (
        Column("time", "time", 9),
        Column("server", "server", server, priority=1),
        Column("command", "command", 7, 8),
        Column("status", "status", 7, 10),
        Column("size", "size", 8, align="right", priority=2),
        Column("key", "key", 16, 250),
    )


def titles(width: int, names: Names, *, gutter: bool) -> tuple[Run, ...]:
    """The titles of the columns."""
    left = GUTTER if gutter else 0
    text = "".join(run.text for run in header(fit(columns(names.width), max(1, width - left)), None))
    return (Run(" " * left), Run(text, "muted"))


def row_line(row: Shown, width: int, names: Names, passes: bool | None) -> tuple[Run, ...]:
    """A row at a width, `passes` is None where all rows do, and need no gutter."""
    if passes is None:
        return _line(row, width, names)
    runs = _line(row, max(1, width - GUTTER), names)
    if not isinstance(row, Entry):
        return (Run(" " * GUTTER), *runs)
    if passes:
        return (Run(f"{PASSES} ", "accent"), *runs)
    return (Run(" " * GUTTER), *(Run(run.text, "muted") for run in runs))


def plain_line(row: Shown, names: Names) -> str:
    """A row as text with tabs between its columns."""
    if isinstance(row, Entry):
        return "\t".join(cell.text for cell in _cells(row, names).cells)
    return f"{time_of_day(row.at)}\t{_gap(row.gap, names) if isinstance(row, GapEntry) else _mark(row.mark)}"


def tone(status: str) -> Tone:
    """The colour of a status, whose word alone says it too."""
    known = TONES.get(status.upper())
    if known is not None:
        return known
    return "poor" if any(word in status.upper() for word in ("ERR", "FAIL", "LARGE", "DENIED", "NOT_STORED")) else ""


def _line(row: Shown, width: int, names: Names) -> tuple[Run, ...]:
    if isinstance(row, Entry):
        return line(fit(columns(names.width), width), _cells(row, names))
    time = f"{time_of_day(row.at)}  "
    text, style = (_gap(row.gap, names), "fair") if isinstance(row, GapEntry) else (_mark(row.mark), "accent")
    return (Run(time, "muted"), Run(fitted(text, max(1, width - len(time))).rstrip(), style))


def _cells(entry: Entry, names: Names) -> Row:
    return Row(
        "",
        (
            Cell(Clean(time_of_day(entry.time)), "muted"),
            Cell(names.of(entry.server), "muted"),
            Cell(clean(entry.command, 24)),
            Cell(clean(entry.status, 24), tone(entry.status)),
            Cell(Clean(size(entry.size) if entry.size else "")),
            Cell(clean(entry.key, 250)),
        ),
    )


def _gap(gap: Gap, names: Names) -> str:
    lost = "some lines" if gap.lost is None else f"about {count(gap.lost)} lines"
    return f"{GAP} gap: {lost} of {names.of(gap.server)} not seen in {duration(gap.end - gap.start)}"


def _mark(mark: Mark) -> str:
    note = clean(mark.note, 120)
    return f"{MARK} {mark.kind.value}{': ' if note else ''}{note}"
