"""What is read off series."""

from mctop.store.series.series_set import PastMean, SeriesSet
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


def test_the_mean_is_taken_over_the_last_complete_buckets() -> None:
    assert HELD.mean("bytes", seconds=180) == PastMean(118, 180)
    assert HELD.mean("bytes", seconds=7200) == PastMean(59.5, 7200)
    assert HELD.mean("items", seconds=180) is None


def test_a_mean_leaves_gaps_out() -> None:
    holes = SeriesSet((series("bytes", [0, 60, 120], [1.0, None, 3.0]),), 60, 180)
    assert holes.mean("bytes", seconds=180) == PastMean(2, 120)
    assert SeriesSet(holes.series, 60, 120).mean("bytes", seconds=60) is None


def test_what_ended_long_ago_is_neither_the_latest_nor_in_the_hour_before() -> None:
    ended = SeriesSet((RISING,), 60, NOON, closed=NOON + 7200)
    assert ended.until == NOON + 7200 - 180
    assert ended.latest("bytes") is None
    assert ended.mean("bytes", seconds=3600) is None


def test_an_api_that_is_a_few_buckets_late_is_taken_at_its_word() -> None:
    late = SeriesSet((RISING,), 60, NOON, closed=NOON + 180)
    assert late.until == NOON
    assert late.latest("bytes") == 119


def test_a_series_reaches_back_to_its_first_value() -> None:
    values: list[float | None] = [None, None, 2.0, None, 3.0]
    holes = SeriesSet((series("bytes", [0, 60, 120, 180, 240], values),), 60, 300)
    assert holes.reach("bytes") == 180
    assert (holes.reach("items"), holes.reach("bytes", "mc1")) == (0, 0)
