"""Stats from sums of deltas, in buckets of any length."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from mctop.api.models.formulas import HITS, MISSES, Gauge, HitShare, Names, Rate, Ratio, counters_of, hit_share

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from mctop.api.models.formulas import Formula


Column: TypeAlias = "Sequence[float | None]"
"""One value a bucket."""

Formulas: TypeAlias = "Mapping[str, Formula]"
"""How stats are made of columns."""

SECONDS = "seconds"
"""The column of the time that was counted."""

STORED: Names = ("cmd_set", "cas_hits", "delete_hits", "incr_hits", "decr_hits")
"""The counters of what changes an item."""

EVERY_KEY: Formulas = {
    "num_keys": Gauge("curr_items"),
    "total_size": Gauge("bytes"),
    "total_hits_rate": Rate(HITS),
    "total_misses_rate": Rate(MISSES),
    "total_mutations_rate": Rate(STORED),
}
"""The stats of every key together."""

OF_PREFIX: Formulas = {
    "num_keys": Gauge("num_keys"),
    "total_size": Gauge("total_size"),
    "total_hits_rate": Rate(("hits",)),
    "total_misses_rate": Rate(("misses",)),
    "total_mutations_rate": Rate(("mutations",)),
}
"""The stats of the keys that start with a prefix."""

OF_PROBES: Formulas = {"duration": Ratio(("nanoseconds",), ("probes",))}
"""The mean duration of the probes."""


def needed(formulas: Formulas, names: Collection[str]) -> frozenset[str]:
    """The columns that some stats are made of."""
    columns: set[str] = set()
    for name in names:
        columns.update(counters_of(formulas[name]))
        if isinstance(formulas[name], Rate):
            columns.add(SECONDS)
    return frozenset(columns)


class StatValues:
    """Stats over some buckets; what several stats need is added up once.

    A rate is all that was counted by all the seconds it was counted in, and a ratio is sum by sum: nothing is
    averaged, so that a bucket says exactly what the finer ones in it say together. A ratio is 0-1, and None where
    nothing was done.
    """

    def __init__(self, formulas: Formulas, columns: Mapping[str, Column]) -> None:
        self._formulas, self._columns = formulas, columns
        self._sums: dict[Names, Column] = {}

    def values(self, name: str) -> Column:
        """One stat, a value a bucket."""
        match self._formulas[name]:
            case Gauge(counter):
                return self._columns[counter]
            case HitShare(pairs):
                columns = [zip(self._columns[hits], self._columns[misses], strict=True) for hits, misses in pairs]
                return list(map(hit_share, zip(*columns, strict=True)))
            case Rate(counters):
                part, whole = self._sum(counters), self._columns[SECONDS]
            case Ratio(some, every):
                part, whole = self._sum(some), self._sum(every)
        return [None if some is None or not every else some / every for some, every in zip(part, whole, strict=True)]

    def _sum(self, names: Names) -> Column:
        if names not in self._sums:
            columns = [self._columns[name] for name in names]
            self._sums[names] = columns[0] if len(columns) == 1 else [added(row) for row in zip(*columns, strict=True)]
        return self._sums[names]


def added(values: Sequence[float | None]) -> float | None:
    """The sum, None if any is."""
    total = 0.0
    for value in values:
        if value is None:
            return None
        total += value
    return total
