"""The log as JSON, a row a line: what is shown, as it came."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mctop.store.log.tail import Entry, GapEntry
from mctop.ui.words.format import time_of_day
from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mctop.ui.screens.log.rows import LogListing, LogRow


def shown_rows(listing: LogListing) -> tuple[LogRow, ...]:
    """The rows that are shown; of those that are only highlighted, the ones that are, with all gaps and marks."""
    return tuple(row for index, row in enumerate(listing.rows) if listing.passes(index) or not isinstance(row, Entry))


def json_lines(rows: tuple[LogRow, ...]) -> Iterator[str]:
    """Each row as one line of ASCII."""
    return (json.dumps(_object(row)) for row in rows)


def saved(rows: tuple[LogRow, ...], path: Path) -> str:
    """What was saved: how many lines, of what time, and where."""
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
        return {"gap": told}
    return {"mark": {"time": _moment(row.mark.time), "kind": row.mark.kind.value, "note": row.mark.note}}


def _moment(time: float) -> str:
    """Epoch seconds as RFC 3339; what is no moment of our calendar as it is."""
    try:
        return datetime.fromtimestamp(time, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    except (OverflowError, ValueError, OSError):
        return repr(time)
