"""The scale of ratios."""

import pytest

from mctop.api.models.series import SeriesAnswer
from mctop.store.series.ratio_scale import FRACTIONS, RatioScale, detect
from mctop.store.series.series_set import SeriesSet
from tests.store.samples import NOON, series, shares

UNKNOWN, FRACTION, PERCENT = RatioScale.UNKNOWN, RatioScale.FRACTION, RatioScale.PERCENT


def held(answer: SeriesAnswer, names: frozenset[str] = FRACTIONS, end: int = NOON + 60) -> SeriesSet:
    return SeriesSet(answer.series, 60, end, NOON, names)


def alone(stat: str, value: float | None) -> SeriesSet:
    return held(SeriesAnswer(series=(series(stat, [NOON], [value]),)), frozenset({stat}))


@pytest.mark.parametrize(
    ("get", "set_", "scale"), [(0.6, 0.4, FRACTION), (60, 40, PERCENT), (99.7, 0.4, PERCENT), (0.98, 0.0, FRACTION)]
)
def test_the_shares_sum_to_the_whole_on_either_scale(get: float, set_: float, scale: RatioScale) -> None:
    assert detect(UNKNOWN, held(shares(NOON, get, set_))) is scale


def test_without_traffic_nothing_is_decided() -> None:
    assert detect(UNKNOWN, held(shares(NOON, 0, 0))) is UNKNOWN


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0, None])
def test_one_small_value_decides_nothing(value: float | None) -> None:
    assert detect(UNKNOWN, alone("hit_rate", value)) is UNKNOWN
    assert detect(UNKNOWN, alone("get_fraction", value)) is UNKNOWN


@pytest.mark.parametrize("stat", ["hit_rate", "get_hit_rate", "set_fraction"])
def test_a_ratio_above_one_is_a_percentage(stat: str) -> None:
    assert detect(UNKNOWN, alone(stat, 1.5)) is PERCENT
    assert detect(FRACTION, alone(stat, 93.0)) is PERCENT


def test_what_averaging_does_to_one_is_not_above_one() -> None:
    assert detect(UNKNOWN, alone("hit_rate", 1.0000001)) is UNKNOWN


def test_other_stats_say_nothing_about_ratios() -> None:
    assert detect(UNKNOWN, alone("request_rate", 3_000.0)) is UNKNOWN


def test_some_of_the_shares_do_not_prove_a_fraction() -> None:
    assert detect(UNKNOWN, held(shares(NOON, 0.6, 0.4), names=frozenset({"get_fraction", "set_fraction"}))) is UNKNOWN


def test_a_bucket_that_is_not_complete_proves_nothing() -> None:
    assert detect(UNKNOWN, held(shares(NOON, 0.6, 0.4), end=NOON)) is UNKNOWN


def test_what_was_told_is_kept_while_nothing_new_is_proved() -> None:
    assert detect(FRACTION, SeriesSet()) is FRACTION
    assert detect(PERCENT, held(shares(NOON, 0.6, 0.4))) is PERCENT


def test_each_servers_shares_are_summed_apart() -> None:
    two = tuple(one.model_copy(update={"server": name}) for name in "ab" for one in shares(NOON, 0.7, 0.3).series)
    assert detect(UNKNOWN, held(SeriesAnswer(series=two))) is FRACTION


def test_the_scale_says_how_to_make_a_percentage() -> None:
    assert [scale.value for scale in RatioScale] == [None, 100.0, 1.0]
