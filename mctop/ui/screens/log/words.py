"""What is said around the rows: what is shown and hidden, how fast lines come, how far behind they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from mctop.ui.format import count, duration, rate, time_of_day
from mctop.ui.renderables.runs import Run, fitted
from mctop.ui.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.store.sieve import Sifted
    from mctop.ui.screens.log.asked import Asked
    from mctop.ui.screens.log.listing import Rates

Piece = tuple[Run, ...]
BETWEEN = Run("  ")
FILTER = 40
"""Columns that a filter may take where it is named."""


def shown_line(sifted: Sifted, asked: Asked, width: int) -> Piece:
    """How many rows are shown, and what hides the others."""
    verb = "marked" if asked.highlights and asked.sieve.filters else "shown"
    first: Piece = (Run(f"{sifted.passed:,}", "value"), Run(f" of {len(sifted.tail.rows):,} {verb}", "muted"))
    if sifted.gaps:
        first += (BETWEEN, Run(f"{sifted.gaps:,} gap{'s' if sifted.gaps > 1 else ''}", "fair"))
    filters = [
        (Run("!" if one.excludes else "/", "accent"), Run(clean(one.text, FILTER)), Run(f" −{hidden:,}", "muted"))
        for one, hidden in zip(sifted.sieve.filters, sifted.hidden, strict=True)
    ]
    if asked.with_own:
        own, briefly = "mctop's own STATS/AUTH shown", "own shown"
    else:
        own, briefly = f"{sifted.own:,} of mctop's own STATS/AUTH hidden", f"{sifted.own:,} own hidden"
    ends = [f"{own}{BETWEEN.text}{_held(sifted)}", own, briefly]
    return packed(first, filters, [(Run(end, "muted"),) for end in ends], width)


def rates_line(found: Rates | None, width: int) -> Piece:
    """The rates of what is shown, up to the last row in view."""
    if found is None:
        return (Run("no rates from less than a second of log"[:width], "muted"),)
    over = (Run(f"lines/s over {duration(found.seconds)}{', at least' if found.least else ''}", "muted"),)
    each = [
        (Run(clean(f"{command} {status}".strip() or "no command", 24), "muted"), Run(f" {rate(many)}"))
        for command, status, many in found.rates
    ]
    return packed(over, each or [(Run("none", "muted"),)], [], width)


def following(lag: float | None, every: float, servers: int) -> tuple[str, ...]:
    """The notes of a log that is followed, longest first."""
    late = "" if lag is None else f" · lag {duration(lag)}"
    polled = f" · polled every {every:.0f}s"
    of = f" · {servers} servers" if servers != 1 else " · 1 server"
    return f"following{late}{polled}{of}", f"following{late}{polled}", f"following{late}", "following"


def stopped(newer: int, missed: float | None = None) -> tuple[str, ...]:
    """The notes of a log that is read further up, longest first; `missed` is a moment from before it begins."""
    below = f"{count(newer)} newer below" if newer else "nothing newer"
    if missed is not None:
        return (
            f"it begins after {time_of_day(missed)} · {below} · G follows",
            f"after {time_of_day(missed)} · G follows",
        )
    return f"stopped · {below} · G follows", f"{below} · G follows", "G follows"


def packed(first: Piece, items: Sequence[Piece], ends: Sequence[Piece], width: int) -> Piece:
    """What has room: the first piece always, the longest end that fits, the longest first; else items are counted."""
    tries = [*([first, *items, end] for end in ends), [first, *items]]
    tries += [
        [first, *items[: len(items) - gone], (Run(f"+{gone} more", "muted"),)] for gone in range(1, len(items) + 1)
    ]
    line = next((_joined(pieces) for pieces in tries if _width(_joined(pieces)) <= width), first)
    return line if _width(line) <= width else (Run(fitted("".join(run.text for run in line), width)),)


def _joined(pieces: Sequence[Piece]) -> Piece:
    return pieces[0] + tuple(run for piece in pieces[1:] for run in (BETWEEN, *piece))


def _width(line: Piece) -> int:
    return sum(cell_len(run.text) for run in line)


def _held(sifted: Sifted) -> str:
    rows, tail = sifted.tail.rows, sifted.tail
    since = f"since {time_of_day(rows[0].at)}, " if rows else ""
    gone = f", {count(tail.forgotten)} older are gone" if tail.forgotten else ""
    return f"{since}{tail.limit:,} held at most{gone}"
