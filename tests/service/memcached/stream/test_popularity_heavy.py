"""Heavy hitters against exact counts."""

import random
from collections import Counter
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from mctop.service.memcached.stream.popularity import HeavyHitters, most

BATCHES = st.lists(st.dictionaries(st.integers(0, 60).map(lambda n: b"%d" % n), st.integers(1, 50)), max_size=25)


@given(BATCHES, st.integers(1, 10))
def test_no_count_is_too_large_nor_further_off_than_promised(batches: list[dict[bytes, int]], keep: int) -> None:
    exact: Counter[bytes] = Counter()
    heavy = HeavyHitters(keep)
    for batch in batches:
        heavy.add(batch)
        exact.update(batch)
    assert heavy.shortfall * (keep + 1) <= exact.total()
    for key, many in exact.items():
        assert many - heavy.shortfall <= heavy.count(key) <= many
    assert dict(heavy.counts()) == {key: heavy.count(key) for key in exact if heavy.count(key)}


@given(BATCHES)
def test_until_it_is_full_every_count_is_exact(batches: list[dict[bytes, int]]) -> None:
    exact: Counter[bytes] = Counter()
    heavy = HeavyHitters(61)
    for batch in batches:
        heavy.add(batch)
        exact.update(batch)
    assert Counter(dict(heavy.counts())) == exact


def test_the_top_twenty_of_skewed_traffic_are_found_within_one_percent() -> None:
    chance = random.Random(5)
    weights = list(accumulate(1 / rank for rank in range(1, 50_001)))
    exact: Counter[bytes] = Counter()
    heavy = HeavyHitters(1_000)
    for _ in range(40):
        batch = Counter(b"key%d" % n for n in chance.choices(range(50_000), cum_weights=weights, k=3_000))
        heavy.add(batch)
        exact.update(batch)
    assert heavy.shortfall > 0
    found = most(dict(heavy.counts()), 20)
    assert {key for key, _ in found} == {key for key, _ in most(exact, 20)}
    assert all(0 <= exact[key] - many <= exact[key] / 100 for key, many in found)


def test_a_purge_keeps_the_largest() -> None:
    heavy = HeavyHitters(10)
    heavy.add({b"a": 5, b"b": 9, b"c": 1})
    heavy.purge(2)
    assert sorted(heavy.counts()) == [(b"a", 5), (b"b", 9)]
    heavy.add({b"c": 3})
    assert heavy.count(b"c") == 3


def test_of_equal_counts_the_first_by_name_comes_first() -> None:
    assert most({b"b": 1, b"a": 1, b"c": 2}, 2) == [(b"c", 2), (b"a", 1)]
