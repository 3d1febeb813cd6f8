"""The tables of the Overview: servers, the last log lines, and the enabled alerts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.store.log.filters import OWN
from mctop.store.log.tail import Entry, GapEntry, LogTail
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.screens.overview.picture import DURATION, Picture
from mctop.ui.words.badge import FIRES, QUIET, UNKNOWN, band
from mctop.ui.words.format import count, duration, latency, percent, rate, size, time_of_day
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from mctop.store.alerts.outlook import AlertOutlook
    from mctop.store.counters.live_rates import Rates, ServerNow


ALERT_COLUMNS = (
    Column("alert", "alert", 19, 40),
    Column("now", "now", 6, align="right", priority=1),
    Column("outlook", "outlook", 12),
    Column("description", "description", 12, 40, priority=2),
)
WORDS = {"hit_rate": "hit rate below", "memory_usage": "memory above"}


def enabled(alerts: tuple[AlertOutlook, ...] | None) -> tuple[AlertOutlook, ...] | None:
    """The alerts that are enabled; None while they are not known."""
    return None if alerts is None else tuple(one for one in alerts if one.alert.enabled)


def alert_rows(alerts: tuple[AlertOutlook, ...]) -> tuple[Row, ...]:
    """One row an alert; those that would fire first."""
    return tuple(_alert_row(one) for one in sorted(alerts, key=lambda one: (one.fires is not True, one.alert.id)))


def note(alerts: tuple[AlertOutlook, ...]) -> str:
    """How many are enabled."""
    return f"{len(alerts)} enabled" if alerts else ""


def _alert_row(outlook: AlertOutlook) -> Row:
    alert = outlook.alert
    verdict = UNKNOWN if outlook.fires is None else FIRES if outlook.fires else QUIET
    words = WORDS.get(alert.trigger_type, alert.trigger_type)
    return Row(
        f"{alert.id}",
        (
            Cell(clean(f"{words} {alert.trigger_threshold:g} %", 60)),
            Cell(Clean(percent(outlook.value)), value=outlook.value),
            Cell(Clean(verdict.text), verdict.tone),
            Cell(clean(alert.description, 80), "muted"),
        ),
    )


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
    return tuple(_server_row(picture, server, known.get(server)) for server in servers(picture))


def live(picture: Picture) -> Rates | None:
    """The rates of a server whose own counters tell them; None where the series of all must."""
    return next((one.rates for one in picture.stats.servers if one.rates), None) if picture.stats else None


def window(picture: Picture) -> str:
    """Over how long the rates of the table are taken."""
    rates = live(picture)
    if rates is not None:
        return f"over {round(rates.window)}s"
    return "last minute" if picture.per_server and picture.per_server.bucket == 60 else ""


def _server_row(picture: Picture, server: str, live: ServerNow | None) -> Row:
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
