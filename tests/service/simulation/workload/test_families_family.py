"""Families make sense key by key."""

import pytest

from mctop.service.simulation.workload.families import ADVICE, EXPORT, FAMILIES, FRONT, ITEM, VIRAL, Family

ALL = (*FAMILIES, ITEM, EXPORT, FRONT, VIRAL, ADVICE)


@pytest.mark.parametrize("family", ALL, ids=lambda family: family.keys.name(0))
def test_no_key_misses_more_often_than_it_is_asked_for(family: Family) -> None:
    count = family.keys.count
    for rank in {0, count // 100, count // 10, count // 2, count - 1}:
        assert family.misses * family.absences.share(rank) <= family.reads.share(rank) * (1 + 1e-9)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.prefix)
def test_sizes_spread_around_the_mean(family: Family) -> None:
    ranks = range(min(family.keys.count, 400))
    sizes = [family.bytes_of(family.keys.name(rank)) for rank in ranks]
    assert all(0.5 * family.size <= size <= 1.5 * family.size for size in sizes)
    if len(sizes) == 400:
        assert sum(sizes) / len(sizes) == pytest.approx(family.size, rel=0.1)
