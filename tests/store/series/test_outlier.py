"""The server that does worse than the others."""

import time
from collections.abc import Sequence
from itertools import cycle, islice

from mctop.api.models.series import Series
from mctop.store.series.outlier import Outlier, busiest, missing, slowest
from mctop.store.series.ratio_scale import RatioScale
from mctop.store.series.series_set import SeriesSet

MS = 1_000_000.0
FIRST = 1_700_000_040


def held(stat: str, *servers: Sequence[float | None], bucket: int = 60) -> SeriesSet:
    """Series of servers a, b, c..., a bucket a value."""
    end = FIRST + bucket * len(servers[0])
    times = tuple(range(FIRST, end, bucket))
    series = tuple(
        Series(stat=stat, server="abcdefgh"[index], times=times, values=tuple(values))
        for index, values in enumerate(servers)
    )
    return SeriesSet(series, bucket, end, FIRST)


def test_the_slow_server_is_named_with_its_times_of_the_median_and_since_when() -> None:
    found = slowest(held("duration", [MS] * 60, [1.2 * MS] * 60, [MS] * 20 + [4.4 * MS] * 40))
    assert found == Outlier("c", 4.0, FIRST + 20 * 60)


def test_of_two_servers_the_slow_one_is_measured_against_the_other() -> None:
    assert slowest(held("duration", [3 * MS] * 20, [MS] * 20)) == Outlier("a", 3.0, None)


def test_a_server_that_was_slow_all_the_time_is_so_since_nobody_knows_when() -> None:
    assert slowest(held("duration", [MS] * 60, [MS] * 60, [5 * MS] * 60)) == Outlier("c", 5.0, None)


def test_servers_alike_have_no_outlier() -> None:
    assert slowest(held("duration", [MS] * 60, [1.5 * MS] * 60, [0.8 * MS] * 60)) is None


def test_one_bad_bucket_makes_no_outlier() -> None:
    assert slowest(held("duration", [MS] * 20, [MS] * 20, [MS] * 19 + [90 * MS])) is None


def test_a_server_that_has_recovered_is_no_outlier_any_more() -> None:
    assert slowest(held("duration", [MS] * 30, [MS] * 30, [9 * MS] * 24 + [MS] * 6)) is None


def test_a_short_relief_does_not_begin_the_story_anew() -> None:
    values: list[float | None] = [*[MS] * 20, *[6 * MS] * 20, *[MS] * 3, None, None, *[6 * MS] * 15]
    assert slowest(held("duration", [MS] * 60, [MS] * 60, values)) == Outlier("c", 6.0, FIRST + 20 * 60)


def test_a_long_relief_does() -> None:
    values = [6 * MS] * 20 + [MS] * 20 + [6 * MS] * 20
    assert slowest(held("duration", [MS] * 60, [MS] * 60, values)) == Outlier("c", 6.0, FIRST + 40 * 60)


def test_differences_that_nobody_notices_make_no_outlier() -> None:
    assert slowest(held("duration", [0.02 * MS] * 20, [0.02 * MS] * 20, [0.2 * MS] * 20)) is None


def test_one_server_alone_and_no_server_at_all_have_no_outlier() -> None:
    assert slowest(held("duration", [MS] * 20)) is None
    assert slowest(None) is None
    assert slowest(SeriesSet()) is None


def test_a_server_that_says_nothing_is_no_outlier() -> None:
    assert slowest(held("duration", [MS] * 20, [None] * 20)) is None


def test_servers_that_miss_different_buckets_are_compared_where_both_have_one() -> None:
    whole = held("duration", [MS] * 40, [4 * MS] * 40)
    times, values = whole.series[1].times[15:], whole.series[1].values[15:]
    late = whole.series[1].model_copy(update={"times": times, "values": values})
    assert slowest(SeriesSet((whole.series[0], late), 60, whole.end)) == Outlier("b", 4.0, FIRST + 15 * 60)


def test_the_server_that_misses_is_named_with_its_points_below_the_median() -> None:
    ratios = held("hit_rate", [0.95] * 30, [0.93] * 30, [0.94] * 20 + [0.44] * 10)
    found = missing(ratios, RatioScale.FRACTION)
    assert found is not None
    assert (found.server, round(found.by, 6), found.since) == ("c", 50.0, FIRST + 20 * 60)


def test_the_same_in_percent_is_the_same() -> None:
    found = missing(held("hit_rate", [95.0] * 30, [93.0] * 30, [44.0] * 30), RatioScale.PERCENT)
    assert found == Outlier("c", 50.0, None)


def test_the_server_with_many_times_the_requests_of_the_others_is_named() -> None:
    found = busiest(held("request_rate", [900] * 60, [1_100] * 60, [1_000] * 50 + [2_500] * 10))
    assert found == Outlier("c", 2.5, FIRST + 50 * 60)


def test_where_there_is_little_to_do_no_server_is_busy() -> None:
    assert busiest(held("request_rate", [1] * 60, [1] * 60, [9] * 60)) is None


def test_a_ratio_of_unknown_scale_tells_nothing() -> None:
    assert missing(held("hit_rate", [0.95] * 30, [0.1] * 30), RatioScale.UNKNOWN) is None


def test_a_hundred_servers_that_one_outlasts_for_a_day_take_a_moment() -> None:
    usual = list(islice(cycle((MS, 1.1 * MS, 0.9 * MS)), 1_440))
    times = tuple(range(FIRST, FIRST + 1_440 * 60, 60))
    series = tuple(
        Series(stat="duration", server=f"mc{index}", times=times, values=tuple(usual)) for index in range(99)
    )
    slow = Series(stat="duration", server="slow", times=times, values=(4 * MS,) * 1_440)
    whole = SeriesSet((*series, slow), 60, times[-1] + 60)
    began = time.process_time()
    assert slowest(whole) == Outlier("slow", 4.0, None)
    assert time.process_time() - began < 0.5
