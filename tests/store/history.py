"""A stand-in for the API's history: series of any range, at the granularity that the API documents."""

from dataclasses import dataclass, field

from mctop.api.models.series import Series, SeriesAnswer, bucket_for
from mctop.store.series.archive import FetchSpan


@dataclass
class History:
    """Every bucket's value is the number of the bucket, or the seconds so far of one that is not over."""

    now: float
    begins: float = 0
    finest: int = 60
    asked: list[FetchSpan] = field(default_factory=list)
    missing: frozenset[int] = frozenset()
    """Times of buckets that are gaps."""

    @property
    def rows(self) -> int:
        """How many buckets have been served."""
        lengths = [span.end - span.start for span in self.asked]
        return sum(length // bucket_for(length, finest=self.finest) for length in lengths)

    def answer(self, span: FetchSpan, *names: str) -> SeriesAnswer:
        """The series of the names over a span."""
        self.asked.append(span)
        bucket = bucket_for(span.end - span.start, finest=self.finest)
        first = int(max(span.start, self.begins)) // bucket * bucket
        times = tuple(range(first, min(span.end, int(self.now)), bucket))
        values = tuple(self._value(time, bucket) for time in times)
        return SeriesAnswer(series=tuple(Series(stat=name, times=times, values=values) for name in names))

    def _value(self, time: int, bucket: int) -> float | None:
        if time in self.missing:
            return None
        return float(time // bucket) if time + bucket <= self.now else self.now - time
