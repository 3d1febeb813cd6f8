"""What is read off series."""

from mctop.store.seriesset import SeriesSet, mean, value_at
from tests.store.samples import NOON, series

TIMES = list(range(NOON - 7200, NOON + 60, 60))
"""Two hours of complete minutes, and a partial one."""
RISING = series("bytes", TIMES, [float(number) for number in range(len(TIMES))])
HELD = SeriesSet((RISING, series("bytes", [NOON], [None], server="a:1")), 60, NOON)


def test_a_series_is_found_by_its_stat_and_server() -> None:
    assert HELD.get("bytes") is RISING
    assert HELD.get("bytes", "b:1") is None
    assert HELD.servers() == ("a:1",)


def test_the_latest_value_is_that_of_the_last_complete_bucket() -> None:
    assert HELD.latest("bytes") == 119
    assert HELD.latest("items") is None


def test_the_latest_value_may_be_two_buckets_late_and_no_more() -> None:
    late = series("bytes", TIMES, [*RISING.values[:118], None, None, 120.0])
    assert SeriesSet((late,), 60, NOON).latest("bytes") == 117
    later = series("bytes", TIMES, [*RISING.values[:117], None, None, None, 120.0])
    assert SeriesSet((later,), 60, NOON).latest("bytes") is None


def test_the_value_an_hour_before_is_that_of_the_same_bucket_then() -> None:
    assert HELD.before("bytes") == 59
    assert HELD.before("bytes", seconds=7140) == 0
    assert HELD.before("bytes", seconds=7200) is None
    assert HELD.before("bytes", "b:1") is None


def test_the_mean_is_taken_over_complete_buckets_of_the_stretch_asked_for() -> None:
    assert HELD.mean("bytes", seconds=180) == 118
    assert HELD.mean("bytes", seconds=180, ago=3600) == 58
    assert HELD.mean("bytes", seconds=60, ago=86_400) is None
    assert HELD.mean("items", seconds=180) is None


def test_a_mean_leaves_gaps_out() -> None:
    holes = series("bytes", [0, 60, 120], [1.0, None, 3.0])
    assert mean(holes, 0, 180) == 2
    assert mean(holes, 60, 120) is None


def test_a_value_is_found_anywhere_in_its_bucket_and_nowhere_else() -> None:
    holes = series("bytes", [0, 60, 180], [1.0, 2.0, 3.0])
    assert [value_at(holes, time, 60) for time in (-1, 0, 59.9, 119, 120, 180, 240)] == [
        None, 1.0, 1.0, 2.0, None, 3.0, None,
    ]  # fmt: skip
