"""Series made of counters: the value of each stat in each bucket, from samples taken at any times."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from mctop.api.models.formulas import STATS, Gauge, HitShare, Names, Rate, Ratio, hit_share
from mctop.api.models.series import Series, SeriesAnswer, bucket_for
from mctop.store.counters.live_rates import went_down
from mctop.store.series.series_set import FINEST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from mctop.api.models.stats import Counters

    Sample = tuple[float, Counters]
    Column = list[float | None]


class ServerSamples:
    """Samples of the counters of one server. A gain between two samples is spread evenly over the time between them.

    Where a counter fell, a reset lies between them: nothing is known.
    """

    def __init__(self, samples: Iterable[Sample] = ()) -> None:
        self.samples: list[Sample] = []
        self._times: list[float] = []
        self._fell: list[bool] = []
        self._columns: dict[str, list[int | None]] = {}
        for time, counters in sorted(samples, key=lambda sample: sample[0]):
            self.add(time, counters)

    def add(self, time: float, counters: Counters) -> None:
        """Take in a sample, `time` in epoch seconds, unless a newer one is there; each minute keeps two of its own."""
        if self.samples and time <= self.samples[-1][0]:
            return
        fell = bool(self.samples) and went_down(self.samples[-1][1], counters)
        if not fell and len(self.samples) > 1 and self.samples[-2][0] // FINEST == time // FINEST:
            self.samples.pop()
            self._times.pop()
            fell = self._fell.pop()
        self.samples.append((time, counters))
        self._times.append(time)
        self._fell.append(fell)
        self._columns.clear()

    def alive(self, edges: Sequence[int]) -> list[bool]:
        """Whether each bucket touches the time between its first and its last sample."""
        if not self.samples:
            return [False] * (len(edges) - 1)
        first, last = self.samples[0][0], self.samples[-1][0]
        return [start < last and first < end for start, end in pairwise(edges)]

    def rates(self, names: Names, edges: Sequence[int]) -> Column:
        """The gain of the counters together a second in each bucket, over the part of it that samples cover."""
        gained, covered = [0.0] * (len(edges) - 1), [0.0] * (len(edges) - 1)
        for began, ended, gain in self._gains(names, edges[0], edges[-1]):
            place = max(0, bisect_right(edges, began) - 1)
            while place < len(gained) and edges[place] < ended:
                seconds = min(edges[place + 1], ended) - max(edges[place], began)
                gained[place] += gain * seconds / (ended - began)
                covered[place] += seconds
                place += 1
        return [gain / seconds if seconds else None for gain, seconds in zip(gained, covered, strict=True)]

    def _gains(self, names: Names, start: int, end: int) -> Iterator[tuple[float, float, int]]:
        """The begin and end of each stretch between two samples that reaches into a time, and what was gained in it."""
        first, last = max(1, bisect_right(self._times, start)), bisect_right(self._times, end) + 1
        totals = [
            added(counted) for counted in zip(*(self._column(name)[first - 1 : last] for name in names), strict=True)
        ]
        stretches = pairwise(zip(self._times[first - 1 : last], totals, strict=True))
        for ((began, before), (ended, after)), fell in zip(stretches, self._fell[first:last], strict=True):
            if not fell and before is not None and after is not None:
                yield began, ended, after - before

    def _column(self, name: str) -> list[int | None]:
        """The values of one counter in each sample, None where it was not told; looked up once."""
        if name not in self._columns:
            self._columns[name] = [getattr(counters, name) for _, counters in self.samples]
        return self._columns[name]

    def gauge(self, name: str, edges: Sequence[int]) -> Column:
        """The last value of a gauge by the end of each bucket."""
        values, last = self._column(name), [bisect_right(self._times, end) - 1 for end in edges[1:]]
        shown = [
            values[place] if lives and place >= 0 else None
            for place, lives in zip(last, self.alive(edges), strict=True)
        ]
        return [None if value is None else float(value) for value in shown]


def series_of(
    servers: Mapping[str, ServerSamples], names: Collection[str], start: float, end: float, *, each: bool
) -> SeriesAnswer:
    """The named stats over a range, of every server where `each`, else of all together, at the API's granularity.

    Ratios are fractions. All together is a gap where one of those that count then has one.
    """
    step = bucket_for(end - start, finest=FINEST)
    first = int(start // step) * step
    edges = range(first, max(first, int(end)) + step, step)
    groups: list[tuple[str | None, tuple[ServerSamples, ...]]] = [(None, tuple(servers.values()))]
    if each:
        groups = [(server, (samples,)) for server, samples in sorted(servers.items())]
    series = (_series(stat, server, group, edges) for server, group in groups for stat in names if stat in STATS)
    return SeriesAnswer(series=tuple(series))


def added(counted: Iterable[int | None]) -> int | None:
    """The sum, None if any is not told."""
    total = 0
    for value in counted:
        if value is None:
            return None
        total += value
    return total


def _series(stat: str, server: str | None, group: tuple[ServerSamples, ...], edges: Sequence[int]) -> Series:
    match STATS[stat]:
        case Rate(counters):
            values = _together([server.rates(counters, edges) for server in group], group, edges)
        case Gauge(counter):
            values = _together([server.gauge(counter, edges) for server in group], group, edges)
        case HitShare(pairs):
            columns = [
                [_together([server.rates((name,), edges) for server in group], group, edges) for name in pair]
                for pair in pairs
            ]
            rows = zip(*(zip(hits, misses, strict=True) for hits, misses in columns), strict=True)
            values = list(map(hit_share, rows))
        case Ratio(part, whole):
            parts = _together([server.rates(part, edges) for server in group], group, edges)
            wholes = _together([server.rates(whole, edges) for server in group], group, edges)
            values = [_share(some, every) for some, every in zip(parts, wholes, strict=True)]
    return Series(stat=stat, server=server, times=tuple(edges[:-1]), values=tuple(values))


def _together(columns: Sequence[Column], group: tuple[ServerSamples, ...], edges: Sequence[int]) -> Column:
    """The sum in each bucket over those that count then; None where one of them has none, or nobody counts."""
    sums: Column = []
    alive = [server.alive(edges) for server in group]
    for place in range(len(edges) - 1):
        values = [column[place] for column, lives in zip(columns, alive, strict=True) if lives[place]]
        numbers = [value for value in values if value is not None]
        sums.append(sum(numbers) if numbers and len(numbers) == len(values) else None)
    return sums


def _share(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None
