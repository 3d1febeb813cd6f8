"""Series of stats, for the cache and for each server."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mctop.api.models.formulas import STATS, Gauge, Names, Rate
from mctop.api.models.series import Series

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mctop.service.simulation.buckets import Buckets
    from mctop.service.simulation.gauges import Gauges
    from mctop.service.simulation.meter import Meter
    from mctop.service.simulation.servers import Servers


class Processed:
    """Series of stats over some buckets; whatever several stats need is worked out once."""

    def __init__(self, meter: Meter, gauges: Gauges, servers: Servers, buckets: Buckets) -> None:
        self._gauges, self._servers, self._buckets = gauges, servers, buckets
        self._reading = meter.read(buckets.edges)
        self._known: dict[tuple[int, Names], list[float]] = {}

    def of_cache(self, names: Collection[str]) -> tuple[Series, ...]:
        """Each stat for all servers together."""
        everywhere = range(len(self._servers.names()))
        return tuple(self._series(name, None, self._values(name, everywhere)) for name in names)

    def of_servers(self, names: Collection[str]) -> tuple[Series, ...]:
        """Each stat for each server."""
        return tuple(
            self._series(name, called, self._told(server, self._values(name, (server,))))
            for server, called in enumerate(self._servers.names())
            for name in names
        )

    def _series(self, stat: str, server: str | None, values: Sequence[float | None]) -> Series:
        times, filled = self._buckets.starts, self._buckets.fill(values)
        return Series.model_construct(stat=stat, server=server, times=times, values=filled)

    def _told(self, server: int, values: Sequence[float | None]) -> Sequence[float | None]:
        edges = self._buckets.edges
        if not self._servers.ever_away(server):
            return values
        return [
            None if self._servers.away(server, start, end) else value
            for start, end, value in zip(edges, edges[1:], values, strict=False)
        ]

    def _values(self, name: str, servers: Sequence[int]) -> Sequence[float | None]:
        if not self._buckets.edges:
            return ()
        stat = STATS[name]
        if isinstance(stat, Gauge):
            columns = [self._gauges.column(name, server, self._reading)[1:] for server in servers]
            return list(map(sum, zip(*columns, strict=True)))
        if isinstance(stat, Rate):
            grown = self._grown(stat.counters, servers)
            return [growth / seconds for growth, seconds in zip(grown, self._buckets.elapsed, strict=True)]
        part, whole = self._grown(stat.part, servers), self._grown(stat.whole, servers)
        return [some / every if every > 0 else None for some, every in zip(part, whole, strict=True)]

    def _grown(self, names: Names, servers: Sequence[int]) -> Sequence[float]:
        columns = [self._grown_on(server, names) for server in servers]
        return columns[0] if len(columns) == 1 else list(map(sum, zip(*columns, strict=True)))

    def _grown_on(self, server: int, names: Names) -> list[float]:
        if (server, names) not in self._known:
            counted = self._reading.counted(server, names)
            self._known[server, names] = [late - early if late > early else 0.0 for early, late in pairwise(counted)]
        return self._known[server, names]
