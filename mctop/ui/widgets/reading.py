"""Where a tail is read: at its end as it grows, or with one row held still."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.store.logtail import at, index_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.store.logtail import Placed


@dataclass(frozen=True, slots=True)
class Reading:
    """Follows the end, or holds `row`, which has the cursor, `depth` lines below the top of the page."""

    row: Placed | None = None
    depth: int = 0

    @property
    def follows(self) -> bool:
        """Whether it stays at the end."""
        return self.row is None

    def index(self, rows: Sequence[Placed]) -> int:
        """The row with the cursor: the one that is held, the next where that is gone, or the last; -1 of none."""
        last = len(rows) - 1
        return last if self.row is None else min(index_of(rows, self.row), last)

    def top(self, rows: Sequence[Placed], page: int) -> int:
        """The first row on a page of so many lines."""
        lowest = max(0, len(rows) - page)
        return lowest if self.row is None else max(0, min(self.index(rows) - self.depth, lowest))

    def moved(self, rows: Sequence[Placed], page: int, by: int) -> Reading:
        """Move the cursor by so many rows; the page goes along where it must."""
        return self._holding(rows, page, self.index(rows) + by, self.top(rows, page))

    def scrolled(self, rows: Sequence[Placed], page: int, by: int) -> Reading:
        """Move the page by so many rows; the cursor goes along where it must."""
        top = max(0, min(self.top(rows, page) + by, len(rows) - page))
        return self._holding(rows, page, max(top, min(self.index(rows), top + page - 1)), top)

    def at_time(self, rows: Sequence[Placed], page: int, time: float) -> Reading:
        """Hold the first row from epoch seconds `time` on, in the middle of the page."""
        index = bisect_left(rows, time, key=at)
        return self._holding(rows, page, index, index - page // 2)

    def _holding(self, rows: Sequence[Placed], page: int, index: int, top: int) -> Reading:
        if not rows:
            return Reading()
        index = max(0, min(index, len(rows) - 1))
        return Reading(rows[index], max(0, min(index - top, page - 1)))
