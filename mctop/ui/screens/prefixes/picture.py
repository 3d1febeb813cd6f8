"""What the screens about prefixes show at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mctop.store.window import TimeWindow
from mctop.ui.format import duration, time_of_day

if TYPE_CHECKING:
    from mctop.api.models.introspection import PopularItem, PopularItems
    from mctop.store.marks import Mark
    from mctop.store.prefixes import PrefixItems, WatchedPrefix
    from mctop.store.seriesset import SeriesSet

KEYS, SIZE, HITS, MISSES, MUTATIONS = (
    "num_keys", "total_size", "total_hits_rate", "total_misses_rate", "total_mutations_rate",
)  # fmt: skip
"""The series about the keys of a prefix, and about all keys."""


@dataclass(frozen=True, slots=True)
class PrefixesPicture:
    """Values as delivered, None before the first sample, and the window in which they are shown."""

    time: TimeWindow = field(default_factory=TimeWindow)
    watched: tuple[WatchedPrefix, ...] | None = None
    compound: SeriesSet | None = None
    popular: PopularItems | None = None
    items: PrefixItems | None = None
    marks: tuple[Mark, ...] = ()

    def windowed(self) -> PrefixesPicture:
        """The same picture as it is in the window: nothing after its end."""
        return self if self.time.end is None else self._until(self.time.end)

    def read(self) -> PrefixesPicture:
        """The same picture as it was at the cursor, or else at the end of the window."""
        cursor = self.time.cursor
        return self.windowed() if cursor is None else self._until(cursor + self.time.bucket)

    @property
    def when(self) -> str:
        """Over how long, or at which moment, the rates are."""
        cursor = self.time.cursor if self.time.cursor is not None else self.time.end
        bucket = self.compound.bucket if self.compound else self.time.bucket
        return f"over {duration(bucket)}" if cursor is None else f"at {time_of_day(cursor)[:5]}"

    @property
    def span(self) -> str:
        """How long the window is."""
        return duration(self.time.seconds)

    def find(self, prefix_id: int) -> WatchedPrefix | None:
        """The watched prefix of that id."""
        return next((one for one in self.watched or () if one.prefix.id == prefix_id), None)

    @property
    def unwatched(self) -> tuple[PopularItem, ...]:
        """The popular prefixes that nobody watches, in the API's order."""
        names = {one.prefix.name for one in self.watched or ()}
        return tuple(item for item in self.popular.popular_prefixes if item.name not in names) if self.popular else ()

    def _until(self, end: float) -> PrefixesPicture:
        watched = self.watched
        if watched is not None:
            watched = tuple(replace(one, series=_until(one.series, end)) for one in watched)
        return replace(self, watched=watched, compound=_until(self.compound, end))


def _until(found: SeriesSet | None, end: float) -> SeriesSet | None:
    if found is None or found.until <= end:
        return found
    return replace(found, end=min(found.end, end // found.bucket * found.bucket), closed=0)
