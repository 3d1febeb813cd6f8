"""Buckets have values from the beginning of the history until now."""

from hypothesis import given
from hypothesis import strategies as some

from mctop.service.base.backend import BucketSpan
from mctop.service.simulation.processed_stats import buckets_of


@given(
    some.integers(0, 50),
    some.integers(1, 50),
    some.sampled_from((20, 60, 600)),
    some.floats(0, 40_000),
    some.floats(0, 40_000),
)
def test_there_is_one_value_a_bucket_and_none_outside_the_history(
    start: int, many: int, step: int, first: float, now: float
) -> None:
    span = BucketSpan(start * step, (start + many) * step, step)
    buckets = buckets_of(span, first, now)
    filled = buckets.fill([1.0] * len(buckets.elapsed))
    assert len(filled) == len(buckets.starts) == many
    assert [value is not None for value in filled] == [first <= at < now for at in buckets.starts]
    assert all(0 < seconds <= step for seconds in buckets.elapsed)
    assert all(edge <= now for edge in buckets.edges)


def test_the_bucket_under_way_ends_now() -> None:
    assert buckets_of(BucketSpan(600, 780, 60), 0, 700).edges == (600, 660, 700)
