"""The table of servers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.ui.badge import band
from mctop.ui.format import count, latency, percent, rate, size
from mctop.ui.renderables.glyphs import Glyphs
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.renderables.trend import trend
from mctop.ui.screens.servers.facts import Past, Present
from mctop.ui.screens.servers.trouble import trouble
from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mctop.ui.screens.overview.past import Values
    from mctop.ui.screens.servers.facts import Pasts

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
