"""The rows of the Log with the marks between them: which are listed, and each as a line, as text, and as JSON."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from mctop.store.base.marks import Mark, MarkKind
from mctop.store.log.tail import Entry, GapEntry, at
from mctop.ui.renderables.table import Cell, Column, Row, fit, header, line
from mctop.ui.screens.shared.server_names import short_names
from mctop.ui.words.format import size, time_of_day
from mctop.ui.words.log_text import gap_text
from mctop.ui.words.runs import Line, Run, fitted
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mctop.store.log.filters import Sifted
    from mctop.store.log.tail import Gap
    from mctop.ui.words.badge import Tone


SECONDS = 60
"""Over how long rates are taken: a minute, as the API's own rates are of its shortest bucket."""


class MarkEntry(NamedTuple):
    """A mark, as a row of the log; `serial` tells marks of one moment apart."""

    serial: int
    at: float
    mark: Mark


LogRow = Entry | GapEntry | MarkEntry


@dataclass(frozen=True, slots=True)
class LogListing:
    """Rows in time order. Where not all lines pass the filters, `passing` is a truth value a row."""

    rows: tuple[LogRow, ...] = ()
    passing: bytes | None = None

    def passes(self, index: int) -> bool:
        """Whether a row is a line that passes the filters, or all of them do."""
        return self.passing is None or bool(self.passing[index])

    def match(self, index: int, step: int) -> int | None:
        """The next line from `index` on that passes the filters, or before it where `step` is negative."""
        places = range(index + 1, len(self.rows)) if step > 0 else range(index - 1, -1, -1)
        return next((place for place in places if isinstance(self.rows[place], Entry) and self.passes(place)), None)


@dataclass(frozen=True, slots=True)
class LogRates:
    """Lines a second of each command and status, most first, over so many seconds; `least` where a gap lies in them."""

    seconds: float
    rates: tuple[tuple[str, str, float], ...]
    least: bool


def listing(sifted: Sifted, marks: tuple[Mark, ...], *, highlights: bool) -> LogListing:
    """List a tail with the marks of its time. Gaps are rows of their own, so the marks they set are left out."""
    if highlights:
        rows, passing = sifted.judged()
        return _with_marks(rows, passing, marks)
    return _with_marks(sifted.passing(), None, marks)


def rates(shown: LogListing, began: float, end: float) -> LogRates | None:
    """The rates of the lines that pass before `end` in a log that `began` then, epoch seconds; None within a second."""
    start = max(began, end - SECONDS)
    if end - start < 1:
        return None
    first = bisect_left(shown.rows, start, key=at)
    after = bisect_left(shown.rows, end, lo=first, key=at)
    counts: Counter[tuple[str, str]] = Counter()
    least = False
    for index in range(first, after):
        row = shown.rows[index]
        if isinstance(row, Entry) and shown.passes(index):
            counts[row.command, row.status] += 1
        least = least or isinstance(row, GapEntry)
    sorted_rates = ((command, status, many / (end - start)) for (command, status), many in counts.most_common())
    return LogRates(end - start, tuple(sorted_rates), least)


def _with_marks(rows: tuple[LogRow, ...], passing: bytes | None, marks: tuple[Mark, ...]) -> LogListing:
    of_moment: Counter[float] = Counter()
    whole: list[LogRow] = []
    truths = bytearray()
    done = 0
    for mark in sorted(marks, key=lambda mark: mark.time):
        of_moment[mark.time] += 1
        if rows and mark.kind is not MarkKind.GAP and mark.time >= rows[0].at:
            here = bisect_left(rows, mark.time, key=at)
            whole += (*rows[done:here], MarkEntry(-of_moment[mark.time], mark.time, mark))
            truths += (passing[done:here] if passing is not None else b"") + b"\x00"
            done = here
    if not whole:
        return LogListing(rows, passing)
    return LogListing((*whole, *rows[done:]), None if passing is None else bytes(truths + passing[done:]))


NARROWEST, WIDEST = 6, 16
"""Columns for the name of a server: as many as the title has, and at most those of an IPv4 address."""
GUTTER = 2
"""Columns at the left where rows that pass the filters are told from those that do not."""
PASSES, GAP, MARK = "▸", "◆", "⚑"
TONES: Mapping[str, Tone] = {"MISS": "fair", "NOT_FOUND": "fair", "HIT": "muted", "OK": "muted"}
"""What stands out: what was not there. Statuses are no closed list; of the others, those that tell of errors."""


@dataclass(frozen=True, slots=True)
class ServerNames:
    """What servers are called, raw, and how many columns that takes."""

    short: Mapping[str, str] = field(default_factory=dict)
    width: int = NARROWEST

    def of(self, server: str) -> Clean:
        """The name of one server."""
        return clean(self.short.get(server, server), 80)


def named(servers: tuple[str, ...]) -> ServerNames:
    """Call each server by as little as tells it apart."""
    short = short_names(servers)
    longest = max((cell_len(clean(name, 80)) for name in short.values()), default=0)
    return ServerNames(short, max(NARROWEST, min(longest, WIDEST)))


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


def titles(width: int, names: ServerNames, *, gutter: bool) -> Line:
    """The titles of the columns."""
    left = GUTTER if gutter else 0
    text = "".join(run.text for run in header(fit(columns(names.width), max(1, width - left)), None))
    return (Run(" " * left), Run(text, "muted"))


def row_line(row: LogRow, width: int, names: ServerNames, passes: bool | None) -> Line:
    """A row at a width, `passes` is None where all rows do, and need no gutter."""
    if passes is None:
        return _line(row, width, names)
    runs = _line(row, max(1, width - GUTTER), names)
    if not isinstance(row, Entry):
        return (Run(" " * GUTTER), *runs)
    if passes:
        return (Run(f"{PASSES} ", "accent"), *runs)
    return (Run(" " * GUTTER), *(Run(run.text, "muted") for run in runs))


def plain_line(row: LogRow, names: ServerNames) -> str:
    """A row as text with tabs between its columns."""
    if isinstance(row, Entry):
        return "\t".join(cell.text for cell in _cells(row, names).cells)
    return f"{time_of_day(row.at)}\t{_gap(row.gap, names) if isinstance(row, GapEntry) else _mark(row.mark)}"


def tone(status: str) -> Tone:
    """The colour of a status, whose word alone says it too."""
    usual = TONES.get(status.upper())
    if usual is not None:
        return usual
    return "poor" if any(word in status.upper() for word in ("ERR", "FAIL", "LARGE", "DENIED", "NOT_STORED")) else ""


def _line(row: LogRow, width: int, names: ServerNames) -> Line:
    if isinstance(row, Entry):
        return line(fit(columns(names.width), width), _cells(row, names))
    time = f"{time_of_day(row.at)}  "
    text, style = (_gap(row.gap, names), "fair") if isinstance(row, GapEntry) else (_mark(row.mark), "accent")
    return (Run(time, "muted"), Run(fitted(text, max(1, width - len(time))).rstrip(), style))


def _cells(entry: Entry, names: ServerNames) -> Row:
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


def _gap(gap: Gap, names: ServerNames) -> str:
    return f"{GAP} gap: {gap_text(gap, names.of(gap.server))}"


def _mark(mark: Mark) -> str:
    note = clean(mark.note, 120)
    return f"{MARK} {mark.kind.value}{': ' if note else ''}{note}"


def shown_rows(listing: LogListing) -> tuple[LogRow, ...]:
    """The rows that are shown; of those that are only highlighted, the ones that are, with all gaps and marks."""
    return tuple(row for index, row in enumerate(listing.rows) if listing.passes(index) or not isinstance(row, Entry))


def json_lines(rows: tuple[LogRow, ...]) -> Iterator[str]:
    """Each row as one line of ASCII."""
    return (json.dumps(_object(row)) for row in rows)


def saved(rows: tuple[LogRow, ...], path: Path) -> str:
    """A sentence about a file of rows: how many lines, of what time, and where it is."""
    lines = sum(isinstance(row, Entry) for row in rows)
    span = f" from {time_of_day(rows[0].at)} to {time_of_day(rows[-1].at)}" if rows else ""
    return f"{lines:,} line{'' if lines == 1 else 's'}{span} written to {clean(str(path), 200)}"


def _object(row: LogRow) -> dict[str, object]:
    if isinstance(row, Entry):
        return {"time": _moment(row.time), "server": row.server, "command": row.command, "key": row.key,
                "status": row.status, "size": row.size}  # fmt: skip
    if isinstance(row, GapEntry):
        gap = row.gap
        told = {"server": gap.server, "start": _moment(gap.start), "end": _moment(gap.end), "lost": gap.lost}
        exact = {"exact": True} if gap.exact else {}
        left_out = {"left_out_by": [condition.asked for condition in gap.left_out]} if gap.left_out else {}
        return {"gap": {**told, **exact, **left_out}}
    return {"mark": {"time": _moment(row.mark.time), "kind": row.mark.kind.value, "note": row.mark.note}}


def _moment(time: float) -> str:
    """Epoch seconds as RFC 3339; what is no moment of our calendar as it is."""
    try:
        return datetime.fromtimestamp(time, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    except (OverflowError, ValueError, OSError):
        return repr(time)
