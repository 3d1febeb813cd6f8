"""Moments and spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.api.models.series import DAY
from mctop.service.http.times import OLDEST, aligned_span, read_moment, say_moment, say_times

NOW = 1_700_000_030.0


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2023-01-08T15:20:00Z", 1_673_191_200),
        ("2023-01-08t15:20:00z", 1_673_191_200),
        ("2023-01-08T15:20:00.500Z", 1_673_191_200.5),
        ("2023-01-08T15:20:00.123456789Z", 1_673_191_200.123456),
        ("2023-01-08T16:20:00+01:00", 1_673_191_200),
        ("0001-01-01T00:00:00+14:00", -62_135_647_200),
    ],
)
def test_rfc_3339_moments_are_read(text: str, time: float) -> None:
    assert read_moment(text) == pytest.approx(time, abs=1e-6)


@pytest.mark.parametrize(
    "text", ["", "now", "1673191200", "2023-01-08", "2023-01-08T15:20:00", "2023-13-08T15:20:00Z", "2023-W02-1T00:00Z"]
)
def test_anything_else_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_moment(text)


@given(st.integers(0, 4_000_000_000))
def test_a_moment_said_is_read_as_the_same_second(time: int) -> None:
    assert read_moment(say_moment(time)) == time


@pytest.mark.parametrize(
    ("seconds", "step"), [(60, 60), (DAY, 60), (DAY + 1, 600), (7 * DAY, 600), (92 * DAY, 3_600), (93 * DAY, DAY)]
)
def test_the_granularity_follows_from_the_range(seconds: int, step: int) -> None:
    assert aligned_span(NOW - seconds, NOW, NOW, 60).step == step


def test_latency_is_finer_up_to_a_day_only() -> None:
    assert (aligned_span(NOW - DAY, NOW, NOW, 20).step, aligned_span(NOW - DAY - 1, NOW, NOW, 20).step) == (20, 600)


@given(st.floats(-1e10, 3e9), st.floats(1, 1e10))
def test_a_span_is_aligned_never_reaches_past_the_filling_bucket_and_is_never_endless(
    start: float, length: float
) -> None:
    span = aligned_span(start, start + length, NOW, 60)
    assert span.start % span.step == span.end % span.step == 0
    assert span.start <= span.end
    assert span.end <= NOW + span.step or span.end == span.start
    assert span.end - span.start <= OLDEST + 2 * DAY
    if span.end > span.start and start >= NOW - OLDEST:
        assert span.start <= start < span.start + span.step


def test_the_newest_bucket_is_the_one_that_is_filling() -> None:
    span = aligned_span(NOW - 3_600, NOW + 900, NOW, 60)
    assert say_times(span)[-1] == "2023-11-14T22:13:00Z"
    assert say_moment(NOW) == "2023-11-14T22:13:50Z"
