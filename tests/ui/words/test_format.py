"""What numbers and times look like on the screen."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.words import format as form

GIB = 1024**3
WIDTHS: list[tuple[Callable[[float | None], str], int]] = [
    (form.size, 8),
    (form.count, 5),
    (form.rate, 7),
    (form.percent, 6),
    (form.duration, 7),
    (form.latency, 7),
    (form.time_of_day, 9),
    *((unit.text, 10 if unit is form.Unit.SPEED else 8) for unit in form.Unit),
]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 B"),
        (512, "512 B"),
        (1000, "0.98 KiB"),
        (1.21 * GIB, "1.21 GiB"),
        (12.34 * GIB, "12.3 GiB"),
        (999.9 * GIB, "0.98 TiB"),
        (1e40, ">999 EiB"),
        (-2048, "−2.00 KiB"),
    ],
)
def test_bytes_keep_three_digits_in_binary_units(value: float, text: str) -> None:
    assert form.size(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (999, "999"), (999.6, "1.0k"), (12_345, "12.3k"), (999_600, "1.0M"), (1_234_567, "1.2M"), (-5, "−5")],
)
def test_counts_shorten_to_a_unit(value: float, text: str) -> None:
    assert form.count(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0/s"),
        (0.01, "<0.1/s"),
        (0.4, "0.4/s"),
        (9.97, "10/s"),
        (3412, "3,412/s"),
        (12_345, "12.3k/s"),
        (9_999.7, "10.0k/s"),
    ],
)
def test_rates_carry_their_second(value: float, text: str) -> None:
    assert form.rate(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0 %"), (0.01, "<0.1 %"), (93.44, "93.4 %"), (99.94, "99.9 %"), (100, "100 %"), (5_000, ">999 %")],
)
def test_percentages_never_round_a_little_to_nothing(value: float, text: str) -> None:
    assert form.percent(value) == text


def test_a_share_of_nothing_is_unknown() -> None:
    assert form.share(1, 4) == "25.0 %"
    assert form.share(0, 0) == form.NOTHING
    assert form.share(None, 5) == form.NOTHING


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-3, "0s"),
        (42.9, "42s"),
        (200, "3m"),
        (7_500, "2h 5m"),
        (7_200, "2h"),
        (3 * 86_400 + 4 * 3_600, "3d 4h"),
        (400 * 86_400, "400d"),
        (1e12, ">99999d"),
    ],
)
def test_durations_round_down(seconds: float, text: str) -> None:
    assert form.duration(seconds) == text


@pytest.mark.parametrize(
    ("nanoseconds", "text"),
    [(850, "850 ns"), (412_000, "412 µs"), (2_420_000, "2.42 ms"), (1.2e9, "1.20 s"), (999_700, "1.00 ms")],
)
def test_latencies_choose_their_unit(nanoseconds: float, text: str) -> None:
    assert form.latency(nanoseconds) == text


def test_the_time_of_day_is_utc() -> None:
    assert form.time_of_day(1_700_022_667) == "04:31:07Z"
    assert form.time_of_day(1e15) == form.NOTHING


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (101.2, 100, "▲ +1.2 %"),
        (88, 100, "▼ −12 %"),
        (100, 100, "= 0.0 %"),
        (5_000, 1, "▲ >999 %"),
        (5, 0, form.NOTHING),
        (None, 5, form.NOTHING),
    ],
)
def test_a_change_has_an_arrow_a_sign_and_a_unit(now: float | None, before: float | None, text: str) -> None:
    assert form.change(now, before) == text


def test_percentages_change_by_points() -> None:
    assert form.points(90.1, 93.5) == "▼ −3.4 pt"


@pytest.mark.parametrize("form_of", [form_of for form_of, _ in WIDTHS])
@pytest.mark.parametrize("value", [None, math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_a_dash(form_of: Callable[[float | None], str], value: float | None) -> None:
    assert form_of(value) == form.NOTHING


@given(st.floats(min_value=0))
def test_no_text_is_wider_than_it_says(value: float) -> None:
    for form_of, width in WIDTHS:
        assert len(form_of(value)) <= width, form_of


@given(st.floats(), st.floats())
def test_no_change_is_wider_than_it_says(now: float, before: float) -> None:
    assert len(form.change(now, before)) <= 8
    assert len(form.points(now, before)) <= 9
