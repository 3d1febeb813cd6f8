"""What the screens about servers show at one moment: the Overview's values, in the window that all views share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mctop.store.window import TimeWindow
from mctop.ui.format import duration, time_of_day
from mctop.ui.screens.overview.picture import Picture
from mctop.ui.screens.overview.servers import window

if TYPE_CHECKING:
    from mctop.store.seriesset import SeriesSet


@dataclass(frozen=True, slots=True)
class ServersPicture(Picture):
    """The values as delivered, and the window in which they are shown."""

    time: TimeWindow = field(default_factory=TimeWindow)

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
        return window(self) if cursor is None else f"at {time_of_day(cursor)[:5]}"

    @property
    def span(self) -> str:
        """How long the window is."""
        return duration(self.window)

    def _until(self, end: float) -> ServersPicture:
        """Counters only know the present."""
        return replace(self, stats=None, per_server=_until(self.per_server, end), latency=_until(self.latency, end))


def _until(found: SeriesSet | None, end: float) -> SeriesSet | None:
    return found if found is None or found.end <= end else replace(found, end=end // found.bucket * found.bucket)
