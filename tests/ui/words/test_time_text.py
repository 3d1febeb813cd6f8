"""Times as people type them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mctop.ui.words.time_text import parse_moment, parse_span

NOW = datetime(2026, 9, 21, 12, 51, 7, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("03:10", "2026-09-21T03:10:00"), ("13:00", "2026-09-20T13:00:00"), ("12:51:07", "2026-09-21T12:51:07"),
        ("3:10z", "2026-09-21T03:10:00"), ("09-20 03:10", "2026-09-20T03:10:00"), ("2026-09-20", "2026-09-20T00:00:00"),
        ("2026-09-20T03:10Z", "2026-09-20T03:10:00"), ("12-24", "2025-12-24T00:00:00"),
        ("2h ago", "2026-09-21T10:51:07"), ("1d 2h ago", "2026-09-20T10:51:07"),
    ],
)  # fmt: skip
def test_a_moment_is_the_last_one_that_fits(text: str, meant: str) -> None:
    assert parse_moment(text, NOW) == datetime.fromisoformat(meant).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    "text", ["", "ago", "25:00", "02-30 10:00", "2027-01-01", "tomorrow", "9999999y ago", "03:10 09-20", "12:51 x"]
)
def test_what_is_no_moment_that_is_over_is_none(text: str) -> None:
    assert parse_moment(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "seconds"), [("15m", 900), ("1h 30m", 5_400), ("1h30m", 5_400), ("7D", 604_800), ("", None), ("m", None)]
)
def test_a_span_is_the_sum_of_its_parts(text: str, seconds: float | None) -> None:
    assert parse_span(text) == seconds


@settings(max_examples=100)
@given(st.text(alphabet="0123456789:-tz ago.smhdwy", max_size=20))
def test_nothing_that_is_typed_lies_in_the_future_or_before_time_began(text: str) -> None:
    found = parse_moment(text, NOW)
    assert found is None or 0 <= found <= NOW
