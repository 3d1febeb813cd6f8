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
    pieces: list[Piece] = [(Run(f"{sifted.passed:,}", "value"), Run(f" of {len(sifted.tail.rows):,} {verb}", "muted"))]
    for one, hidden in zip(sifted.sieve.filters, sifted.hidden, strict=True):
        sign, text = "!" if one.excludes else "/", clean(one.text, FILTER)
        pieces.append((Run(sign, "accent"), Run(text), Run(f" −{hidden:,}", "muted")))
    if asked.with_own:
        pieces.append((Run("mctop's own STATS/AUTH shown", "muted"),))
    else:
        pieces.append((Run(f"{sifted.own:,} of mctop's own STATS/AUTH hidden", "muted"),))
    pieces.append((Run(_held(sifted), "muted"),))
    return joined(pieces, width)


def rates_line(found: Rates | None, width: int) -> Piece:
    """The rates of what is shown, up to the last row in view; what has no room is counted."""
    if found is None:
        return (Run("no rates from less than a second of log"[:width], "muted"),)
    over = (Run(f"lines/s over {duration(found.seconds)}{', at least' if found.least else ''}", "muted"),)
    if not found.rates:
        return joined([over, (Run("none", "muted"),)], width)
    each = [
        (Run(clean(f"{command} {status}".strip() or "no command", 24), "muted"), Run(f" {rate(many)}"))
        for command, status, many in found.rates
    ]
    for left_out in range(len(each)):
        more: list[Piece] = [(Run(f"+{left_out} more", "muted"),)] if left_out else []
        pieces = [over, *each[: len(each) - left_out], *more]
        if _width(pieces) <= width:
            return joined(pieces, width)
    return joined([over, each[0]], width)


def following(lag: float | None, every: float, servers: int) -> tuple[str, ...]:
    """The notes of a log that is followed, longest first."""
    late = "" if lag is None else f" · lag {duration(lag)}"
    polled = f" · polled every {every:.0f}s"
    of = f" · {servers} servers" if servers != 1 else " · 1 server"
    return f"following{late}{polled}{of}", f"following{late}{polled}", f"following{late}", "following"


def stopped(newer: int) -> tuple[str, ...]:
    """The notes of a log that is read further up, longest first."""
    below = f"{count(newer)} newer below" if newer else "nothing newer"
    return f"stopped · {below} · G follows", f"{below} · G follows", "G follows"


def joined(pieces: Sequence[Piece], width: int) -> Piece:
    """The pieces that have room, the last ones the first to go; the first is cut if it must be."""
    kept = list(pieces)
    while len(kept) > 1 and _width(kept) > width:
        kept.pop()
    runs: list[Run] = []
    for piece in kept:
        runs += (BETWEEN, *piece) if runs else piece
    if _width(kept) > width:
        return (Run(fitted("".join(run.text for run in runs), width)),)
    return tuple(runs)


def _held(sifted: Sifted) -> str:
    rows, tail = sifted.tail.rows, sifted.tail
    since = f"since {time_of_day(rows[0].at)}, " if rows else ""
    gone = f", {count(tail.forgotten)} older are gone" if tail.forgotten else ""
    return f"{since}{tail.limit:,} held at most{gone}"


def _width(pieces: Sequence[Piece]) -> int:
    texts = sum(cell_len(run.text) for piece in pieces for run in piece)
    return texts + len(BETWEEN.text) * (len(pieces) - 1)
