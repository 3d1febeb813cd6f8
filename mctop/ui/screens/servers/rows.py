"""What is wrong with a server, and how it compares with what is wrong with the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.ui.renderables.runs import Glyphs
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.renderables.trend import trend
from mctop.ui.screens.servers.picture import Past, Present
from mctop.ui.words.badge import FAIR, GOOD, POOR, Badge, band
from mctop.ui.words.format import count, duration, latency, percent, rate, size, time_of_day
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mctop.store.series.outlier import Outlier
    from mctop.ui.screens.servers.picture import Pasts
    from mctop.ui.screens.shared.even_series import Values


SILENT = Badge("○", "silent", "poor")
UNKNOWN = Badge("·", "no data", "muted")
IDLE = Badge("·", "no lookups", "muted")
STEP = 5
"""Percentage points of hit rate that make one server worse than another where both are fair, or both are poor."""
WEIGHTS = {GOOD: 0, IDLE: 0, FAIR: 1, POOR: 2}


@dataclass(frozen=True, slots=True)
class Trouble:
    """The state of a server; of two, the one with the greater `weight` is worse off."""

    badge: Badge
    weight: tuple[float, float] = (0, 0)


def trouble(server: str, present: Present, pasts: Pasts, *, heard: bool = True) -> Trouble:
    """Judge one server: silent is worst, then standing out, then a poor hit rate, many requests, or a fair hit rate.

    It is not silent where all servers are, which says nothing of it: `heard` is whether any of them says something.
    """
    if present.silent:
        return Trouble(SILENT, (4, 0)) if heard else Trouble(UNKNOWN)
    if pasts.slow is not None and pasts.slow.server == server:
        return Trouble(Badge("!", f"{times(pasts.slow.by)} slow", "poor"), (3, pasts.slow.by))
    if pasts.missing is not None and pasts.missing.server == server:
        return Trouble(Badge("!", f"−{pasts.missing.by:.0f} pt hits", "poor"), (3, 0))
    badge = band(present.hit_rate) or IDLE
    if badge is not POOR and pasts.busy is not None and pasts.busy.server == server:
        return Trouble(Badge("!", f"{times(pasts.busy.by)} busy", "fair"), (1.5, pasts.busy.by))
    lost = (100 - (present.hit_rate or 0)) // STEP
    return Trouble(badge, (WEIGHTS[badge], lost if WEIGHTS[badge] else 0))


def sentence(outlier: Outlier, name: str, of: str, *, window: int, now: float) -> tuple[str, ...]:
    """How far one server stands out and since when, the longest wording first; `now` is epoch seconds.

    It stands out by its latency, its requests or its hit rate: `of` says which, in these words.
    """
    if outlier.since is None:
        since, ago = "", f"for {duration(window)} or longer"
    else:
        since, ago = f"since {time_of_day(outlier.since)[:5]}", f"{duration(now - outlier.since)} ago"
    by = f"{outlier.by:.0f} points below the median" if of == "hit rate" else f"{times(outlier.by)} the median"
    what = f"{name} {by}"
    if not since:
        return f"{what} {of} {ago}", f"{what} {ago}", what
    return f"{what} {of} {since} · {ago}", f"{what} {since}", what


def times(factor: float) -> str:
    """A factor as text: `4.1×`."""
    return f"{factor:.1f}×" if factor < 99.95 else f"{min(factor, 9_999):.0f}×"


TREND = 12
"""Columns of a trend."""
COLUMNS = (
    Column("server", "server", 14, 40),
    Column("state", "state", 13),
    Column("hit_rate", "hit rate", 8, align="right", priority=1),
    Column("hit_trend", "trend", TREND, priority=9),
    Column("requests", "requests", 8, align="right", priority=3),
    Column("request_trend", "trend", TREND, priority=8),
    Column("memory", "memory", 8, align="right", priority=5),
    Column("connections", "conns", 5, align="right", priority=12),
    Column("evictions", "evicted", 7, align="right", priority=6),
    Column("latency", "latency", 7, align="right", priority=2),
    Column("p50", "p50", 7, align="right", priority=10),
    Column("p95", "p95", 7, align="right", priority=4),
    Column("greatest", "max", 7, align="right", priority=11),
    Column("latency_trend", "trend", TREND, priority=7),
)


@dataclass(frozen=True, slots=True)
class PastCells:
    """The cells of a server that only change with its series."""

    hit_rate: Cell
    requests: Cell
    latency: Cell
    spread: tuple[Cell, ...]


def past_cells(past: Past, *, glyphs: Glyphs = Glyphs.BLOCK) -> PastCells:
    """The trends and the spread of the latency of one server."""
    spread = past.spread
    numbers = (spread.p50, spread.p95, spread.greatest) if spread else (None, None, None)
    return PastCells(
        _trend(past.hit_rate, glyphs),
        _trend(past.requests, glyphs),
        _trend(past.latency, glyphs),
        tuple(Cell(Clean(latency(number)), value=number) for number in numbers),
    )


def server_rows(now: Mapping[str, Present], pasts: Pasts, cells: Mapping[str, PastCells]) -> tuple[Row, ...]:
    """One row a server, the worst first; those alike by name."""
    heard = any(not present.silent for present in now.values())
    troubles = {server: trouble(server, present, pasts, heard=heard) for server, present in now.items()}
    order = sorted(now, key=lambda server: (*(-weight for weight in troubles[server].weight), server))
    nothing = past_cells(Past())
    rows = []
    for place, server in enumerate(order):
        badge = troubles[server].badge
        state = Cell(Clean(badge.text), badge.tone, len(order) - place)
        rows.append(_row(server, state, now[server], cells.get(server, nothing)))
    return tuple(rows)


def _row(server: str, state: Cell, now: Present, past: PastCells) -> Row:
    judged = band(now.hit_rate)
    return Row(
        server,
        (
            Cell(clean(server)),
            state,
            Cell(Clean(percent(now.hit_rate)), judged.tone if judged else "muted", now.hit_rate),
            past.hit_rate,
            Cell(Clean(rate(now.requests)), value=now.requests),
            past.requests,
            Cell(Clean(size(now.used)), value=now.used),
            Cell(Clean(count(now.connections)), value=now.connections),
            Cell(Clean(rate(now.evictions)), value=now.evictions),
            Cell(Clean(latency(now.latency)), value=now.latency),
            *past.spread,
            past.latency,
        ),
    )


def _trend(values: Values, glyphs: Glyphs) -> Cell:
    newest = next((value for value in reversed(values) if value is not None), None)
    return Cell(Clean(trend(values, TREND, glyphs=glyphs)), "muted", newest)
