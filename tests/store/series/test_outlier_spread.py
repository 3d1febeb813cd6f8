"""How the values of a series are spread."""

from mctop.store.series.outlier import Percentiles, spread
from tests.store.samples import NOON, series


def test_half_of_the_values_are_not_above_the_median_and_19_of_20_not_above_the_95th_percentile() -> None:
    hundred = series("duration", [NOON + 60 * i for i in range(100)], [float(i) for i in range(100, 0, -1)])
    assert spread(hundred, NOON, NOON + 6_000) == Percentiles(50, 95, 100)


def test_one_value_is_all_of_them() -> None:
    assert spread(series("duration", [NOON], [7.0]), NOON, NOON + 60) == Percentiles(7, 7, 7)


def test_gaps_and_what_lies_outside_the_window_do_not_count() -> None:
    one = series("duration", [NOON, NOON + 60, NOON + 120, NOON + 180], [900.0, None, 3.0, 800.0])
    assert spread(one, NOON + 60, NOON + 180) == Percentiles(3, 3, 3)


def test_without_values_there_is_no_spread() -> None:
    assert spread(None, 0, NOON) is None
    assert spread(series("duration", [NOON], [None]), 0, NOON + 60) is None
    assert spread(series("duration", [], []), 0, NOON) is None
