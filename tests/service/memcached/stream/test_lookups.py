"""Lookups of other commands than gets, as counters tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.service.memcached.stream.lookups import CounterTotals, NotGets, counter_totals, not_gets
from mctop.service.memcached.stream.traffic import Traffic
from tests.service.memcached.stream.logged import got

COUNTERS = {
    "get_hits": 700, "get_misses": 50, "touch_hits": 1, "touch_misses": 2, "incr_hits": 4, "incr_misses": 8,
    "decr_hits": 16, "decr_misses": 32, "delete_hits": 64, "delete_misses": 128, "cmd_set": 256,
}  # fmt: skip


def test_counters_are_sorted_by_what_is_logged_as_a_lookup_alone() -> None:
    def totals(*, stores: bool, deletions: bool) -> CounterTotals | None:
        return counter_totals(COUNTERS, 9, sees_stores=stores, sees_deletions=deletions)

    assert totals(stores=False, deletions=False) == CounterTotals(700, 50, 85, 170, 256, 9)
    assert totals(stores=True, deletions=False) == CounterTotals(700, 50, 85, 170, 0, 9)
    assert totals(stores=True, deletions=True) == CounterTotals(700, 50, 21, 170, 0, 9)


@pytest.mark.parametrize("name", COUNTERS)
def test_where_a_counter_is_not_told_nothing_is_made_of_the_others(name: str) -> None:
    told = {other: many for other, many in COUNTERS.items() if other != name}
    assert counter_totals(told, 9, sees_stores=False, sees_deletions=False) is None
    assert (counter_totals(told, 9, sees_stores=True, sees_deletions=True) is None) == (
        name not in ("cmd_set", "delete_hits")
    )


def test_counters_that_were_set_back_tell_nothing() -> None:
    assert CounterTotals(9, 9).since(CounterTotals(4, 3)) == CounterTotals(5, 6)
    assert CounterTotals(9, 9).since(CounterTotals(4, 10)) is None


@given(st.tuples(*[st.integers(0, 500)] * 6))
def test_the_shares_are_those_of_the_commands(done: tuple[int, int, int, int, int, int]) -> None:
    hits, misses, others_there, others_absent, stores_there, stores_absent = done
    lines = hits + others_there + stores_there
    counted = CounterTotals(hits, misses, others_there, others_absent, stores_there + stores_absent, lines)
    there, absent = others_there + stores_there, others_absent + stores_absent
    assert not_gets(counted, 1.0) == (
        there / (there + hits) if there + hits else None,
        absent / (absent + misses) if absent + misses else None,
    )


def test_lines_that_were_not_seen_are_made_up_for() -> None:
    assert not_gets(CounterTotals(600, 0, 0, 0, 400, 450), 0.5) == NotGets(1 / 3, 1.0)


def test_only_what_is_counted_while_it_is_watched_is_compared() -> None:
    traffic = Traffic()
    traffic.begin(0.0, sees_stores=True, sees_deletions=True)
    traffic.compare(COUNTERS, 1.0)
    assert traffic.slices.counted == CounterTotals()
    traffic.feed(got("a"), 2.0)
    traffic.feed(b"", 2.0)
    traffic.compare({**COUNTERS, "get_hits": 701, "incr_misses": 10}, 3.0)
    traffic.compare({**COUNTERS, "get_hits": 0}, 4.0)
    assert traffic.slices.counted == CounterTotals(1, 0, 0, 2, 0, 1)
    traffic.begin(5.0, sees_stores=True)
    traffic.compare({**COUNTERS, "get_hits": 900}, 6.0)
    assert traffic.slices.counted == CounterTotals()
