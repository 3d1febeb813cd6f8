"""The window: the one stretch of time that every view shows, where it ends, and the moment that is read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mctop.ranges import DAY, HOUR, MINUTE, RANGES

__all__ = ["DAY", "HOUR", "MINUTE", "RANGES", "SAMPLE", "SAMPLED", "TimeWindow"]

SAMPLED = 15 * MINUTE
"""Seconds of the longest range that live samples fill: so much of them is remembered."""
SAMPLE = 5
"""Seconds between two live samples."""


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """`seconds` long, up to the moment `end`, or live where that is None; charts and tables are read at `cursor`.

    Times are epoch seconds on the server's clock, `now` is the present there. A window with a cursor shows it.
    """

    seconds: int = RANGES["6h"]
    end: float | None = None
    cursor: float | None = None

    @property
    def live(self) -> bool:
        """Whether it ends with the present."""
        return self.end is None

    @property
    def sampled(self) -> bool:
        """Whether it is short enough, and live, so that samples of the counters fill it."""
        return self.live and self.seconds <= SAMPLED

    @property
    def bucket(self) -> int:
        """Seconds of a bucket: those of the API for this range, or those between two samples."""
        from mctop.api.models.series import bucket_for  # here: the first frame needs no bucket, and no pydantic

        return SAMPLE if self.sampled else bucket_for(self.seconds)

    def until(self, now: float) -> float:
        """The moment it ends."""
        return now if self.end is None else self.end

    def start(self, now: float) -> float:
        """The moment it begins."""
        return self.until(now) - self.seconds

    def ranged(self, seconds: int, now: float) -> TimeWindow:
        """The same time in another range: live stays live as long as that shows the cursor.

        Else the cursor keeps its place on the screen, or, without one, the end stays.
        """
        if self.cursor is None or (self.live and self.cursor >= now - seconds):
            return replace(self, seconds=seconds)
        ahead = (self.until(now) - self.cursor) / self.seconds
        return replace(self, seconds=seconds)._ending(self.cursor + ahead * seconds, now)

    def zoomed(self, steps: int, now: float) -> TimeWindow:
        """So many ranges longer, or shorter where negative, as far as there are any."""
        lengths = sorted(RANGES.values())
        shorter = [length for length in lengths if length < self.seconds]
        longer = [length for length in lengths if length > self.seconds]
        choice = longer[:steps] if steps > 0 else shorter[steps:][::-1]
        return self.ranged(choice[-1], now) if choice else self

    def moved(self, buckets: int, now: float) -> TimeWindow:
        """The cursor so many buckets later, from the last complete one if there is none; the window goes along."""
        bucket = self.bucket
        newest = (now // bucket - 1) * bucket
        if self.cursor is None:
            aimed = (self.until(now) // bucket - 1 + min(0, buckets + 1)) * bucket
        else:
            aimed = (self.cursor // bucket + buckets) * bucket
        return self.reading(max(0.0, min(aimed, newest)), now)

    def reading(self, cursor: float, now: float) -> TimeWindow:
        """The cursor at a moment; the window moves only as far as it takes to show it."""
        read = replace(self, cursor=cursor)
        if cursor < self.start(now):
            return read._ending(cursor + self.seconds, now)
        return read._ending(cursor + self.bucket, now) if cursor >= self.until(now) else read

    def around(self, moment: float, now: float) -> TimeWindow:
        """A moment read in the middle of the window."""
        cursor = max(0.0, min(moment, now - 1))
        return replace(self, cursor=cursor)._ending(cursor + self.seconds / 2, now)

    def since(self, seconds: float) -> TimeWindow:
        """Live, and so long, as far as there is a range."""
        return TimeWindow(int(max(RANGES["5m"], min(seconds, RANGES["1y"]))))

    def resumed(self) -> TimeWindow:
        """Live again, without a cursor."""
        return TimeWindow(self.seconds)

    def _ending(self, end: float, now: float) -> TimeWindow:
        return replace(self, end=None if end >= now else end)
