"""The server table: what each server does, from its own counters or else from the last minute of its series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.badge import band
from mctop.ui.format import count, latency, percent, rate, size
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.screens.overview.picture import DURATION, Picture
from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from mctop.store.rates import Rates, ServerNow

SERVER_COLUMNS = (
    Column("server", "server", 14, 40),
    Column("hit_rate", "hit rate", 8, align="right"),
    Column("requests", "requests", 8, align="right", priority=1),
    Column("memory", "memory", 8, align="right", priority=3),
    Column("connections", "conns", 5, align="right", priority=5),
    Column("evictions", "evicted", 7, align="right", priority=4),
    Column("latency", "latency", 7, align="right", priority=2),
)


def servers(picture: Picture) -> tuple[str, ...]:
    """All servers that anything is known of, sorted."""
    names = set(picture.cache.servers) if picture.cache else set()
    for found in (picture.per_server, picture.latency):
        names.update(found.servers() if found else ())
    names.update(one.server for one in picture.stats.servers) if picture.stats else None
    return tuple(sorted(names))


def server_rows(picture: Picture) -> tuple[Row, ...]:
    """One row a server."""
    known = {one.server: one for one in picture.stats.servers} if picture.stats else {}
    return tuple(_row(picture, server, known.get(server)) for server in servers(picture))


def live(picture: Picture) -> Rates | None:
    """The rates of a server whose own counters tell them; None where the series of all must."""
    return next((one.rates for one in picture.stats.servers if one.rates), None) if picture.stats else None


def window(picture: Picture) -> str:
    """Over how long the rates of the table are taken."""
    rates = live(picture)
    if rates is not None:
        return f"over {round(rates.window)}s"
    return "last minute" if picture.per_server and picture.per_server.bucket == 60 else ""


def _row(picture: Picture, server: str, live: ServerNow | None) -> Row:
    found = picture.per_server

    def latest(stat: str) -> float | None:
        return found.latest(stat, server) if found else None

    if live is not None and live.rates is not None:
        rates, counters = live.rates, live.counters
        hit_rate = None if rates.hit_rate is None else rates.hit_rate * 100
        requests, evictions = rates.requests, rates.evictions
        used, connections = counters.bytes, counters.curr_connections
        return _written(picture, server, hit_rate, requests, used, connections, evictions)
    return _written(picture, server, picture.percent(latest("hit_rate")), latest("request_rate"), latest("bytes"),
                    latest("connections"), latest("eviction_rate"))  # fmt: skip


def _written(
    picture: Picture,
    server: str,
    hit_rate: float | None,
    requests: float | None,
    used: float | None,
    connections: float | None,
    evictions: float | None,
) -> Row:
    state = band(hit_rate)
    marked = f"{state.glyph} {percent(hit_rate)}" if state else percent(hit_rate)
    delay = picture.latency.latest(DURATION, server) if picture.latency else None
    numbers = ((rate, requests), (size, used), (count, connections), (rate, evictions), (latency, delay))
    return Row(
        server,
        (
            Cell(clean(server)),
            Cell(Clean(marked), state.tone if state else "muted", hit_rate),
            *(Cell(Clean(write(number)), value=number) for write, number in numbers),
        ),
    )
