"""The servers over the window, and the picture that their screens are drawn from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mctop.store.base.window import MINUTE, TimeWindow
from mctop.store.series.outlier import busiest, missing, slowest, spread
from mctop.ui.screens.shared.even_series import Values, over, up_to
from mctop.ui.screens.shared.server_stats import ServersData, by_server
from mctop.ui.stats import HIT_RATE, LATENCY, REQUESTS
from mctop.ui.words.format import duration, time_of_day

if TYPE_CHECKING:
    from mctop.store.base.marks import Mark
    from mctop.store.series.outlier import Outlier, Spread
    from mctop.store.series.series_set import SeriesSet


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
    busy: Outlier | None = None


def pasts(picture: ServersPicture) -> Pasts:
    """The window of every server. This takes a while where there are many: once for each new answer is enough."""
    windowed = picture.windowed()
    per_server, delays, seconds = by_server(windowed.per_server), by_server(windowed.latency), picture.time.seconds
    servers = ((name, _past(name, per_server.get(name), delays.get(name), seconds)) for name in picture.servers)
    return outliers(Pasts(tuple(servers)), picture)


def outliers(pasts: Pasts, picture: ServersPicture) -> Pasts:
    """The same pasts with the servers that stand out at the cursor, or else at the end of the window."""
    read = picture.read()
    slow, missed, busy = slowest(read.latency), missing(read.per_server, read.scale), busiest(read.per_server)
    return replace(pasts, slow=slow, missing=missed, busy=busy)


def _past(server: str, series: SeriesSet | None, latency: SeriesSet | None, seconds: int) -> Past:
    delays = latency.get(LATENCY.id, server) if latency else None
    return Past(
        over(series, HIT_RATE.id, seconds, server),
        over(series, REQUESTS.id, seconds, server),
        over(latency, LATENCY.id, seconds, server),
        spread(delays, latency.end - seconds, latency.end) if latency else None,
    )


@dataclass(frozen=True, slots=True)
class ServersPicture(ServersData):
    """Values as delivered, None before the first sample, and the window in which they are shown."""

    time: TimeWindow = field(default_factory=TimeWindow)
    marks: tuple[Mark, ...] = ()

    def other_past(self, before: ServersPicture) -> bool:
        """Whether more or other is known of the window than `before`."""
        return (
            self.cache is not before.cache
            or self.per_server is not before.per_server
            or self.latency is not before.latency
            or self.scale is not before.scale
        )

    def other_charts(self, before: ServersPicture) -> bool:
        """Whether anything differs from `before` that charts show, which is all but the newest sample."""
        return self.other_past(before) or self.time is not before.time or self.marks is not before.marks

    def windowed(self) -> ServersPicture:
        """The same picture as it is in the window: nothing after its end."""
        end = self.time.end
        return self if end is None else self._until(end)

    def read(self) -> ServersPicture:
        """The same picture as it was at the cursor, or else at the end of the window."""
        cursor = self.time.cursor
        return self.windowed() if cursor is None else self._until(cursor + self.time.bucket)

    @property
    def when(self) -> str:
        """Over how long, or at which moment, the rates are."""
        cursor = self.time.cursor if self.time.cursor is not None else self.time.end
        if cursor is not None:
            return f"at {time_of_day(cursor)[:5]}"
        bucket = self.per_server.bucket if self.per_server else MINUTE
        return "over " + duration(self.live.window if self.live else bucket)

    @property
    def span(self) -> str:
        """How long the window is."""
        return duration(self.time.seconds)

    def _until(self, end: float) -> ServersPicture:
        """Counters only know the present."""
        return replace(self, stats=None, per_server=up_to(self.per_server, end), latency=up_to(self.latency, end))
