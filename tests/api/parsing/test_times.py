"""Timestamps, in every form that the API may give them."""

import contextlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.api.parsing.times import parse_moment

MOMENT = 1_673_364_000.0


@pytest.mark.parametrize(
    "raw",
    ["2023-01-10T15:20:00Z", "2023-01-10t15:20:00z", "2023-01-10T15:20:00.000000000Z", "2023-01-10T17:20:00+02:00",
     "2023-01-10 15:20:00", " 2023-01-10T15:20:00Z ", 1_673_364_000, 1_673_364_000.0, "1673364000", "1673364000000",
     1_673_364_000_000, 1_673_364_000_000_000, 1_673_364_000_000_000_000, "1673364000000000000"],
)  # fmt: skip
def test_t4_v6_every_form_is_the_same_moment(raw: object) -> None:
    assert parse_moment(raw) == MOMENT


@pytest.mark.parametrize("raw", ["2023-01-10T15:20:00.25Z", "2023-01-10T15:20:00.250000000Z", 1_673_364_000.25])
def test_t4_fractions_stay(raw: object) -> None:
    assert parse_moment(raw) == MOMENT + 0.25


def test_nanoseconds_are_cut_to_what_a_float_can_hold() -> None:
    assert parse_moment("2023-01-10T15:20:00.123456789Z") == pytest.approx(MOMENT + 0.123456, abs=1e-5)


@pytest.mark.parametrize(
    "raw",
    [None, True, [], {}, "", "soon", "nan", "inf", "1e400", 10**400, "2023-13-10T15:20:00Z", "9" * 5_000],
    ids=lambda raw: repr(raw)[:20] if not isinstance(raw, int) else "number",
)
def test_what_is_no_time_is_refused(raw: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_moment(raw)


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1)),  # noqa: DTZ001  a zone is given next
    st.integers(-840, 840),
)
def test_any_offset_names_the_same_moment(naive: datetime, minutes: int) -> None:
    moment = naive.replace(tzinfo=UTC)
    told = moment.astimezone(timezone(timedelta(minutes=minutes))).isoformat()
    assert parse_moment(told) == pytest.approx(moment.timestamp(), abs=1e-5)


@given(st.text())
def test_any_text_is_a_time_or_a_value_error(raw: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(parse_moment(raw), float)
