"""The part of logged lookups that were made by other commands than gets, as the counters tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class CounterTotals(NamedTuple):
    """Counts of one server, or what they rose by.

    `others_there` and `others_absent` are of commands that are neither gets nor stores and are logged as lookups alone;
    `stores` are those whose own line is not seen. `lines` are the logged lookups that found their key.
    """

    get_hits: int = 0
    get_misses: int = 0
    others_there: int = 0
    others_absent: int = 0
    stores: int = 0
    lines: int = 0

    def plus(self, other: CounterTotals) -> CounterTotals:
        """Both together."""
        return CounterTotals(*map(sum, zip(self, other, strict=True)))

    def since(self, before: CounterTotals) -> CounterTotals | None:
        """What was done since; None where that cannot be told, as counters were set back."""
        rise = CounterTotals(*(now - then for now, then in zip(self, before, strict=True)))
        return None if min(rise) < 0 else rise


THERE = ("touch_hits", "incr_hits", "decr_hits")
ABSENT = ("touch_misses", "incr_misses", "decr_misses", "delete_misses")


def counter_totals(
    counters: Mapping[str, int], lines: int, *, sees_stores: bool, sees_deletions: bool
) -> CounterTotals | None:
    """Sort what `stats` counts by how it is logged; None where a server does not tell one of these counters."""
    there = THERE if sees_deletions else (*THERE, "delete_hits")
    stores = () if sees_stores else ("cmd_set",)
    if not {"get_hits", "get_misses", *there, *ABSENT, *stores} <= counters.keys():
        return None

    def total(names: Iterable[str]) -> int:
        return sum(counters[name] for name in names)

    return CounterTotals(
        counters["get_hits"], counters["get_misses"], total(there), total(ABSENT), total(stores), lines
    )


class NotGets(NamedTuple):
    """The share, 0-1, of lookups that other commands than gets made: of those that found their key, and of the others.

    None where there were none, or nobody knows.
    """

    there: float | None = None
    absent: float | None = None


def not_gets(counted: CounterTotals, sampled: float) -> NotGets:
    """The shares, where `sampled`, 0-1, of the lines were seen: which stores found their key only the lines tell."""
    seen = round(counted.lines / sampled) if sampled > 0 else 0
    stores_there = max(0, min(counted.stores, seen - counted.get_hits - counted.others_there))
    there = counted.others_there + stores_there
    absent = counted.others_absent + counted.stores - stores_there
    return NotGets(_share(there, counted.get_hits), _share(absent, counted.get_misses))


def _share(others: int, gets: int) -> float | None:
    return others / (others + gets) if others + gets else None
