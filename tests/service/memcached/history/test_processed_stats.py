"""Stats agree with one another, however long the buckets are."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mctop.api.models.formulas import COMMANDS, HITS, LOOKUPS, MISSES, STATS, Gauge, Rate
from mctop.service.memcached.history.file import COUNTERS
from mctop.service.memcached.history.processed_stats import EVERY_KEY, SECONDS, StatValues, needed
from mctop.service.memcached.protocol.counters import COUNTED, SHOWN

if TYPE_CHECKING:
    from mctop.service.memcached.history.table import Row

Values: TypeAlias = "dict[str, float | None]"

counts = some.integers(0, 10_000)
rows = some.tuples(some.integers(1, 60), *[counts] * (len(COUNTED) + len(SHOWN)))
minutes = some.lists(rows, min_size=1, max_size=12)


def stats(row: Row) -> Values:
    processed = StatValues(STATS, {name: [value] for name, value in zip(COUNTERS.columns, row, strict=True)})
    return {name: processed.values(name)[0] for name in STATS}


@given(rows)
def test_fractions_add_up_to_1_and_rates_to_the_request_rate(row: Row) -> None:
    said = stats(row)
    shares = [said[f"{command}_fraction"] for command in COMMANDS]
    if said["request_rate"]:
        assert sum(share or 0 for share in shares) == pytest.approx(1)
    else:
        assert shares == [None] * 8
    assert sum(said[f"{command}_rate"] or 0 for command in COMMANDS) == pytest.approx(said["request_rate"])


@given(rows)
def test_ratios_are_between_0_and_1_or_unknown(row: Row) -> None:
    said = stats(row)
    for name in ("hit_rate", *(f"{command}_hit_rate" for command in LOOKUPS)):
        value = said[name]
        assert value is None or 0 <= value <= 1


@given(minutes)
def test_a_long_bucket_says_what_the_short_ones_say_together(found: list[Row]) -> None:
    long, short = stats(COUNTERS.together(found)), list(map(stats, found))
    seconds = [row[0] or 0 for row in found]
    for name, stat in STATS.items():
        if isinstance(stat, Rate):
            done = sum((one[name] or 0) * lasted for one, lasted in zip(short, seconds, strict=True))
            assert long[name] == pytest.approx(done / sum(seconds)), name
        elif isinstance(stat, Gauge):
            assert long[name] == short[-1][name], name


@given(minutes)
def test_the_hit_rate_of_a_long_bucket_weighs_the_short_ones_by_what_was_asked(found: list[Row]) -> None:
    columns = {name: index for index, name in enumerate(COUNTERS.columns)}
    hits, misses = (
        sum(row[columns[f"{command}_{outcome}"]] or 0 for row in found for command in LOOKUPS)
        for outcome in ("hits", "misses")
    )
    said = stats(COUNTERS.together(found))["hit_rate"]
    assert said == (pytest.approx(hits / (hits + misses)) if hits + misses else None)


def test_what_was_not_counted_is_unknown() -> None:
    row = dict.fromkeys(COUNTERS.columns, 6) | {SECONDS: 60, "expired": None}
    said = stats(tuple(row.values()))
    assert said["get_expired_rate"] is None
    assert said["get_rate"] == pytest.approx(0.2)


def test_only_the_columns_that_stats_are_made_of_are_needed() -> None:
    assert needed(STATS, ("get_rate", "items")) == {SECONDS, "get_hits", "get_misses", "curr_items"}
    assert needed(STATS, ("get_hit_rate",)) == {"get_hits", "get_misses"}
    assert needed(EVERY_KEY, EVERY_KEY) <= set(COUNTERS.columns)


def test_the_hit_rate_is_of_the_lookups_that_are_told_and_those_of_get_among_them() -> None:
    untold: list[float | None] = [None] * 3
    columns: dict[str, list[float | None]] = dict.fromkeys((*HITS, *MISSES), untold)
    columns |= {"get_hits": [9.0, None, 9.0], "get_misses": [1.0] * 3}
    columns |= {"delete_hits": [1.0] * 3, "delete_misses": [None, 1.0, 1.0]}
    assert StatValues(STATS, columns).values("hit_rate") == [0.9, None, 10 / 12]
