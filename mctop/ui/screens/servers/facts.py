"""What is known of each server: now from its own counters or its last minute, and over the window from its series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.store.outlier import missing, slowest
from mctop.store.spread import spread
from mctop.ui.screens.overview.past import Values, over
from mctop.ui.screens.servers.picture import DURATION

if TYPE_CHECKING:
    from mctop.store.outlier import Outlier
    from mctop.store.rates import ServerNow
    from mctop.store.spread import Spread
    from mctop.ui.screens.servers.picture import ServersPicture

Number = float | None


@dataclass(frozen=True, slots=True)
class Past:
    """A server over the window: trends with one value a bucket, oldest first, and its latency's spread in ns."""

    hit_rate: Values = ()
    requests: Values = ()
    latency: Values = ()
    spread: Spread | None = None


@dataclass(frozen=True, slots=True)
class Pasts:
    """The past of every server, and which of them stands out."""

    servers: tuple[tuple[str, Past], ...] = ()
    slow: Outlier | None = None
    missing: Outlier | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """A server now: the hit rate is a percentage, rates are per second, latency is in ns; None is not known."""

    hit_rate: Number = None
    requests: Number = None
    used: Number = None
    connections: Number = None
    evictions: Number = None
    latency: Number = None

    @property
    def silent(self) -> bool:
        """Whether the server says nothing at all."""
        return self.requests is None and self.used is None


def pasts(picture: ServersPicture) -> Pasts:
    """The window of every server. This takes a while where there are many: once for each new answer is enough."""
    return Pasts(
        tuple((server, _past(picture, server)) for server in picture.servers),
        slowest(picture.latency),
        missing(picture.per_server, picture.scale),
    )


def present(picture: ServersPicture) -> dict[str, Present]:
    """Every server now, sorted by name."""
    live = {one.server: one for one in picture.stats.servers} if picture.stats else {}
    return {server: _present(picture, server, live.get(server)) for server in picture.servers}


def _past(picture: ServersPicture, server: str) -> Past:
    found, window = picture.latency, picture.time.seconds
    series = found.get(DURATION, server) if found else None
    return Past(
        over(picture.per_server, "hit_rate", window, server),
        over(picture.per_server, "request_rate", window, server),
        over(found, DURATION, window, server),
        spread(series, found.end - window, found.end) if found else None,
    )


def _present(picture: ServersPicture, server: str, live: ServerNow | None) -> Present:
    delay = picture.latency.latest(DURATION, server) if picture.latency else None
    if live is not None and live.rates is not None:
        rates, counters = live.rates, live.counters
        hit_rate = None if rates.hit_rate is None else rates.hit_rate * 100
        return Present(hit_rate, rates.requests, counters.bytes, counters.curr_connections, rates.evictions, delay)

    def latest(stat: str) -> Number:
        return picture.per_server.latest(stat, server) if picture.per_server else None

    return Present(picture.percent(latest("hit_rate")), latest("request_rate"), latest("bytes"),
                   latest("connections"), latest("eviction_rate"), delay)  # fmt: skip
