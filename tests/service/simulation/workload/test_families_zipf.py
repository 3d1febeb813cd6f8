"""Shares and ranks fit together."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mctop.service.simulation.workload.families import Zipf


@pytest.mark.parametrize(("count", "skew"), [(1, 0.5), (10, 0.9), (5_000, 0.97), (500, 0.3)])
def test_shares_fall_with_rank_and_add_up_to_1(count: int, skew: float) -> None:
    zipf = Zipf(count, skew)
    shares = [zipf.share(rank) for rank in range(count)]
    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)
    assert zipf.below(count // 2) == pytest.approx(sum(shares[: count // 2]))


@given(some.integers(1, 50_000), some.floats(0.2, 0.98), some.floats(0, 1, exclude_max=True))
def test_a_rank_covers_the_share_it_is_drawn_for(count: int, skew: float, share: float) -> None:
    zipf = Zipf(count, skew)
    rank = zipf.rank(share)
    assert zipf.below(rank) - 1e-9 <= share <= zipf.below(rank + 1) + 1e-9
