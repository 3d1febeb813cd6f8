"""What a trend shows of its values."""

import math

from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.renderables.trend import trend

VALUES = st.lists(st.none() | st.floats(), max_size=60)


@given(VALUES, st.integers(0, 40))
def test_a_trend_is_exactly_as_wide_as_asked(values: list[float | None], width: int) -> None:
    assert len(trend(values, width)) == width


def test_the_newest_value_is_at_the_right() -> None:
    assert trend([0, 50, 100], 5) == "  ▁▅█"


def test_a_gap_is_a_blank() -> None:
    assert trend([0, None, 100, math.nan, 0], 5) == "▁ █ ▁"


def test_neither_a_spike_nor_a_dip_is_lost() -> None:
    values = [50.0] * 1000
    values[333], values[777] = 100.0, 0.0
    text = trend(values, 10)
    assert text[3] == "█"
    assert text[7] == "▁"


def test_noise_is_drawn_as_level() -> None:
    assert set(trend([1000, 1001, 999, 1000.5], 4)) <= set("▄▅")


def test_nothing_but_zero_lies_on_the_ground() -> None:
    assert trend([0, 0, 0], 3) == "▁▁▁"


def test_a_fixed_scale_keeps_its_ends() -> None:
    assert trend([50, 50, 200], 3, low=0, high=100) == "▅▅█"
