"""When an alert would have fired over the last day."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from mctop.api.models.series import Series
from mctop.store.alerts.backtest import HIT_RATE, MEMORY_USAGE, Levels, Stretch, backtest, firing, levels, wanted
from mctop.store.base.window import DAY
from mctop.store.series.ratio_scale import FRACTIONS, RatioScale
from mctop.store.series.series_set import SeriesSet

START = 1_789_900_020
TYPES = st.sampled_from((HIT_RATE, MEMORY_USAGE))
PERCENT = st.floats(0, 100)
VALUES = st.lists(st.none() | PERCENT, max_size=40)


def over(values: list[float | None], missing: frozenset[int] = frozenset()) -> Levels:
    """A minute each, those missing left out."""
    kept = [(START + 60 * at, value) for at, value in enumerate(values) if at not in missing]
    times, told = zip(*kept, strict=True) if kept else ((), ())
    return Levels(START, START + 60 * len(values), 60, times, told)


def fires(trigger_type: str, value: float | None, threshold: float) -> bool:
    return value is not None and (value < threshold if trigger_type == HIT_RATE else value > threshold)


@settings(max_examples=80)
@given(TYPES, VALUES, PERCENT, st.frozensets(st.integers(0, 39)))
def test_every_minute_fires_is_quiet_or_is_unknown(
    trigger_type: str, values: list[float | None], threshold: float, missing: frozenset[int]
) -> None:
    asked = over(values, missing)
    found = backtest(asked, trigger_type, threshold)
    told = dict(zip(asked.times, asked.values, strict=True))
    firing_minutes = sum(60 for value in told.values() if fires(trigger_type, value, threshold))
    assert found.total == firing_minutes
    assert found.covered + found.uncovered == 60 * len(values)
    assert found.uncovered == 60 * (len(values) - sum(value is not None for value in told.values()))
    assert found.longest <= found.total <= asked.end - asked.start
    for minute in range(START, int(asked.end), 60):
        inside = any(one.start <= minute < one.end for one in found.stretches)
        assert inside == fires(trigger_type, told.get(minute), threshold)


@settings(max_examples=80)
@given(TYPES, VALUES, PERCENT)
def test_stretches_rise_and_never_touch(trigger_type: str, values: list[float | None], threshold: float) -> None:
    found = backtest(over(values), trigger_type, threshold).stretches
    assert all(one.start < one.end for one in found)
    assert all(one.end < other.start for one, other in pairwise(found))


@settings(max_examples=60)
@given(TYPES, VALUES, PERCENT, PERCENT)
def test_a_stricter_threshold_never_fires_less(
    trigger_type: str, values: list[float | None], one: float, other: float
) -> None:
    low, high = sorted((one, other))
    mild, strict = (low, high) if trigger_type == HIT_RATE else (high, low)
    asked = over(values)
    assert backtest(asked, trigger_type, strict).total >= backtest(asked, trigger_type, mild).total


@settings(max_examples=60)
@given(TYPES, VALUES, PERCENT)
def test_what_is_drawn_as_firing_is_what_is_counted(
    trigger_type: str, values: list[float | None], threshold: float
) -> None:
    asked = over(values)
    found = backtest(asked, trigger_type, threshold)
    drawn = firing(asked, found)
    expected = tuple(value if fires(trigger_type, value, threshold) else None for value in asked.values)
    assert drawn == expected


def test_a_gap_ends_a_stretch_and_is_unknown() -> None:
    found = backtest(over([70, 70, None, 70, 90], missing=frozenset()), HIT_RATE, 80)
    assert found.stretches == (Stretch(START, START + 120), Stretch(START + 180, START + 240))
    assert (found.total, found.longest, found.uncovered) == (180, 120, 60)


def test_a_value_at_the_threshold_does_not_fire() -> None:
    assert backtest(over([80.0]), HIT_RATE, 80).stretches == ()
    assert backtest(over([80.0]), MEMORY_USAGE, 80).stretches == ()


def test_a_day_of_which_nothing_came_is_wholly_unknown() -> None:
    assert backtest(Levels(START, START + DAY, 60), HIT_RATE, 80).uncovered == DAY


END = START + DAY


def day(stat: str, value: float | None) -> Series:
    """A day and an hour, of which the last minute is not over."""
    times = tuple(range(START - 3_600, END + 60, 60))
    return Series(stat=stat, times=times, values=(value,) * len(times))


def of(*series: Series) -> SeriesSet:
    return SeriesSet(series, 60, END, START - 3_600, frozenset(one.stat for one in series), END)


def test_hit_rates_are_percentages_on_either_scale() -> None:
    for value, scale in ((0.8, RatioScale.FRACTION), (80.0, RatioScale.PERCENT)):
        found = levels(of(day("hit_rate", value)), HIT_RATE, scale)
        assert found is not None
        assert set(found.values) == {80.0}
        assert (found.start, found.end, len(found.times)) == (START, END, 1_440)


def test_the_bucket_in_which_the_day_begins_is_not_missed_but_an_hour_is() -> None:
    for late, start, unknown in ((60, START + 60, 0), (3_600, START, 3_600)):
        whole = day("hit_rate", 80.0)
        first = 60 + late // 60
        part = whole.model_copy(update={"times": whole.times[first:], "values": whole.values[first:]})
        found = levels(replace(of(part), start=START + late), HIT_RATE, RatioScale.PERCENT)
        assert found is not None
        assert found.start == start
        assert backtest(found, HIT_RATE, 50).uncovered == unknown


def test_memory_usage_is_a_share_of_the_limit_of_the_same_minute() -> None:
    short = day("max_bytes", 200.0)
    short = short.model_copy(update={"times": short.times[:-60], "values": short.values[:-60]})
    found = levels(of(day("bytes", 50.0), short), MEMORY_USAGE, RatioScale.UNKNOWN)
    assert found is not None
    assert set(found.values[:-59]) == {25.0}
    assert set(found.values[-59:]) == {None}
    without = levels(of(day("bytes", 50.0), day("max_bytes", 0.0)), MEMORY_USAGE, RatioScale.UNKNOWN)
    assert without is not None
    assert set(without.values) == {None}


def test_nothing_is_told_before_the_series_or_their_scale_are_known() -> None:
    assert levels(None, HIT_RATE, RatioScale.FRACTION) is None
    assert levels(of(day("bytes", 1.0)), HIT_RATE, RatioScale.FRACTION) is None
    assert levels(of(day("bytes", 1.0)), MEMORY_USAGE, RatioScale.FRACTION) is None
    assert levels(of(day("hit_rate", 0.5)), HIT_RATE, RatioScale.UNKNOWN) is None
    assert levels(of(day("hit_rate", 0.5)), "requests", RatioScale.FRACTION) is None


def test_what_is_asked_for_is_what_the_type_looks_at() -> None:
    assert wanted(HIT_RATE, RatioScale.PERCENT).names == {"hit_rate"}
    assert wanted(HIT_RATE, RatioScale.UNKNOWN).names == {"hit_rate", *FRACTIONS}
    assert wanted(MEMORY_USAGE, RatioScale.UNKNOWN).names == {"bytes", "max_bytes"}
    assert not wanted("requests", RatioScale.UNKNOWN).names
