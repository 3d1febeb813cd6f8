"""The series of one endpoint, over one window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.api.models.series import Series


@dataclass(frozen=True, slots=True)
class SeriesSet:
    """Series that share one granularity, `bucket` seconds; `end` (epoch seconds) closes the last complete bucket."""

    series: tuple[Series, ...] = ()
    bucket: int = 60
    end: float = 0

    def get(self, stat: str, server: str | None = None) -> Series | None:
        """The series of one stat, or None."""
        for series in self.series:
            if series.stat == stat and series.server == server:
                return series
        return None

    def servers(self) -> tuple[str, ...]:
        """The servers there are series of, sorted."""
        return tuple(sorted({s.server for s in self.series if s.server is not None}))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a screen needs of a series endpoint: stats, and how many seconds back."""

    names: frozenset[str] = frozenset()
    seconds: int = 0
