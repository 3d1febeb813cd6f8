"""The stats of each server: the series that are asked for, and the newest values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mctop.store.base.window import SAMPLED
from mctop.store.series.ratio_scale import RatioScale
from mctop.ui.screens.shared.server_names import server_names
from mctop.ui.stats import CONNECTIONS, EVICTIONS, HIT_RATE, LIMIT, MEMORY, REQUESTS, NewestStats

if TYPE_CHECKING:
    from mctop.api.models.cache import CacheInfo
    from mctop.api.models.series import Series
    from mctop.store.counters.live_rates import LiveStats, Rates
    from mctop.store.series.series_set import SeriesSet


SERVER_STATS = frozenset(stat.id for stat in (HIT_RATE, REQUESTS, MEMORY, LIMIT, CONNECTIONS, EVICTIONS))
"""The series of each server that are shown, besides its latency."""


JUST_STARTED = SAMPLED
"""Seconds after its start for which a server is said to have just started: as long as live samples are kept."""


@dataclass(frozen=True, slots=True)
class ServersData:
    """Values as delivered that tell of servers, None before the first sample."""

    cache: CacheInfo | None = None
    stats: LiveStats | None = None
    per_server: SeriesSet | None = None
    latency: SeriesSet | None = None
    scale: RatioScale = RatioScale.UNKNOWN

    @property
    def servers(self) -> tuple[str, ...]:
        """All servers that any of it names, sorted."""
        counted = (now.server for now in self.stats.servers) if self.stats else ()
        return server_names(self.cache, (self.per_server, self.latency), counted)

    @property
    def live(self) -> Rates | None:
        """The rates of a server whose own counters tell them; None where the series of all must."""
        return next((now.rates for now in self.stats.servers if now.rates), None) if self.stats else None

    @property
    def uptimes(self) -> dict[str, int]:
        """For how many seconds each server runs, of those that tell it."""
        told = ((now.server, now.counters.uptime) for now in self.stats.servers) if self.stats else ()
        return {server: uptime for server, uptime in told if uptime is not None}

    @property
    def just_started(self) -> tuple[int, ...]:
        """The uptimes of the servers that have just started, the shortest first."""
        return tuple(sorted(uptime for uptime in self.uptimes.values() if uptime < JUST_STARTED))

    def newest_of_servers(self) -> dict[str, NewestStats]:
        """The newest values of every server, sorted by name: of its own counters, or else of its last bucket."""
        sampled = {now.server: now for now in self.stats.servers if now.rates} if self.stats else {}
        series, latency = by_server(self.per_server), by_server(self.latency)
        return {
            server: NewestStats(
                sampled[server].rates if server in sampled else None,
                sampled[server].counters if server in sampled else None,
                series.get(server),
                latency.get(server),
                self.scale,
                server,
            )
            for server in self.servers
        }


def by_server(series: SeriesSet | None) -> dict[str, SeriesSet]:
    """The series of each server by themselves: to look for one among those of a hundred servers takes long."""
    if series is None:
        return {}
    parts: dict[str, list[Series]] = {}
    for column in series.series:
        if column.server is not None:
            parts.setdefault(column.server, []).append(column)
    return {server: replace(series, series=tuple(part)) for server, part in parts.items()}
