"""Live rates: what two samples of the counters say about the seconds between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.api.models.stats import Counters


@dataclass(frozen=True, slots=True)
class Rates:
    """Per second over `window` seconds that end at server time `time` (epoch seconds).

    `requests` counts get, set, delete, touch, incr, decr, cas and flush. Hit rates are 0-1, None without traffic.
    `read` and `written` are bytes per second as the server sees them.
    """

    time: float
    window: float
    requests: float
    gets: float
    sets: float
    deletes: float
    touches: float
    incrs: float
    decrs: float
    cas: float
    flushes: float
    hit_rate: float | None
    get_hit_rate: float | None
    evictions: float
    expirations: float
    connections: float
    """New connections per second."""
    read: float
    written: float


@dataclass(frozen=True, slots=True)
class ServerNow:
    """One server's newest counters and rates; `rates` is None until two samples agree."""

    server: str
    counters: Counters
    rates: Rates | None


@dataclass(frozen=True, slots=True)
class LiveStats:
    """The newest sample of `GET stats` and what follows from it.

    `history` holds the rates of the last 15 minutes, oldest first. `servers` is empty where the API gives no counters
    per server.
    """

    counters: Counters
    rates: Rates | None = None
    servers: tuple[ServerNow, ...] = ()
    history: tuple[Rates, ...] = ()
