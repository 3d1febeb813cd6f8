"""Where axes have their ticks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.renderables.axes import Division, division, scale, times
from mctop.ui.renderables.plot import Axis
from mctop.ui.words.format import DAY, HOUR, Unit

MIB = 2**20
MIDNIGHT = 1_700_006_400  # 15 November 2023, a Wednesday


def labels(unit: Unit, greatest: float, *, reach: float = 0, low: float = 0, parts: int = 4) -> list[str]:
    axis = Axis(unit, low=low, reach=reach)
    return [tick.label for tick in scale(axis, greatest, Division(parts, 2), 4, parts * 2 + 1).ticks]


@pytest.mark.parametrize(
    ("unit", "greatest", "expected"),
    [
        (Unit.BYTES, 812 * MIB, ["0 B", "256 MiB", "512 MiB", "768 MiB", "1 GiB"]),
        (Unit.BYTES, 2_400 * MIB, ["0 B", "768 MiB", "1.5 GiB", "2.25 GiB", "3 GiB"]),
        (Unit.PERCENT, 100, ["0 %", "25 %", "50 %", "75 %", "100 %"]),
        (Unit.RATE, 3_412, ["0/s", "1,000/s", "2,000/s", "3,000/s", "4,000/s"]),
        (Unit.RATE, 0.9, ["0/s", "0.25/s", "0.5/s", "0.75/s", "1/s"]),
        (Unit.LATENCY, 1_050_000, ["0 ns", "300 µs", "600 µs", "900 µs", "1.2 ms"]),
        (Unit.COUNT, 51_000, ["0", "15k", "30k", "45k", "60k"]),
    ],
)
def test_ticks_are_round_numbers_in_the_unit_of_the_axis(unit: Unit, greatest: float, expected: list[str]) -> None:
    assert labels(unit, greatest) == expected


def test_an_axis_reaches_as_far_as_it_was_told_and_as_its_data() -> None:
    assert labels(Unit.PERCENT, 12, reach=100)[-1] == "100 %"
    assert labels(Unit.PERCENT, 180, reach=100)[-1] == "200 %"


def test_an_axis_may_begin_above_zero() -> None:
    assert labels(Unit.PERCENT, 100, low=80) == ["80 %", "85 %", "90 %", "95 %", "100 %"]


@pytest.mark.parametrize("greatest", [0, -5, 1e-300, 1e308])
def test_an_axis_without_sensible_data_has_a_scale_all_the_same(greatest: float) -> None:
    assert labels(Unit.PERCENT, greatest)[-1] == "100 %"
    assert len(labels(Unit.BYTES, greatest)) == 5


@given(st.integers(2, 80))
def test_a_canvas_is_divided_evenly_with_little_to_spare(height: int) -> None:
    divided = division(height)
    assert divided.rows >= 1
    assert divided.parts * divided.rows <= height - 1 < divided.parts * (divided.rows + 1)


@given(st.floats(1e-3, 1e15), st.sampled_from(Unit), st.integers(3, 60), st.sampled_from([1, 2, 4]))
def test_the_data_lies_below_the_last_tick_and_no_two_ticks_read_the_same(
    greatest: float, unit: Unit, height: int, dots: int
) -> None:
    found = scale(Axis(unit), greatest, division(height), dots, height)
    assert greatest <= found.ticks[-1].at * (1 + 1e-6) <= found.high * (1 + 2e-6)
    if 10 <= greatest < 999:
        assert len({tick.label for tick in found.ticks}) == len(found.ticks)


def written(start: float, length: float, most: int) -> list[str]:
    return [tick.label for tick in times(start, start + length, most)]


def test_hours_are_round_and_midnight_is_a_date() -> None:
    assert written(MIDNIGHT - 90 * 60, 3 * HOUR, 4) == ["23:00", "15 Nov", "01:00"]


def test_long_windows_are_divided_by_days_weeks_and_months() -> None:
    assert written(MIDNIGHT, 7 * DAY, 4) == ["15 Nov", "17 Nov", "19 Nov", "21 Nov"]
    assert written(MIDNIGHT, 30 * DAY, 5) == ["20 Nov", "27 Nov", "4 Dec", "11 Dec"]
    assert written(MIDNIGHT, 90 * DAY, 3) == ["Dec", "2024", "Feb"]
    assert written(MIDNIGHT, 365 * DAY, 7) == ["2024", "Mar", "May", "Jul", "Sep", "Nov"]


def test_short_windows_are_divided_by_seconds() -> None:
    assert written(MIDNIGHT + 61, 60, 4) == ["00:01:15", "00:01:30", "00:01:45", "00:02:00"]


def test_no_room_and_no_window_have_no_ticks() -> None:
    assert times(0, 3600, 0) == ()
    assert times(3600, 3600, 5) == ()


@given(st.integers(0, 2_000_000_000), st.integers(1, 3 * 366 * DAY), st.integers(1, 20))
def test_ticks_lie_within_the_window_and_are_not_too_many(start: int, length: int, most: int) -> None:
    found = times(start, start + length, most)
    assert all(start <= tick.at <= start + length for tick in found)
    assert len(found) <= most + 1
