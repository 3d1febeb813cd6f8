"""Headers that carry a time."""

import pytest

from mctop.api.response import LATEST, Answer, parse_clock, parse_http_date, parse_retry_after, utc_text


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("0", 1.0), ("-5", 1.0), ("1.5", 1.5), ("3601", 3600.0), ("inf", 3600.0), ("nan", None), (None, None),
     ("", None), ("soon", None), ("Tue, 10 Jan 2023 15:20:42 GMT", 42.0), ("Tue, 10 Jan 2023 15:00:00 GMT", 1.0),
     ("Tue, 10 Jan 2033 15:20:42 GMT", 3600.0), ("Tue, 99 Jan 2023 15:20:42 GMT", None)],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date_within_bounds(header: str | None, seconds: float | None) -> None:
    assert parse_retry_after(header, 1_673_364_000.0) == seconds


@pytest.mark.parametrize(
    ("header", "moment"),
    [("Tue, 10 Jan 2023 15:20:00 GMT", 1_673_364_000.0), ("Tue, 10 Jan 2023 15:20:00 -0000", 1_673_364_000.0),
     ("Tue, 10 Jan 2023 17:20:00 +0200", 1_673_364_000.0), (None, None), ("", None), ("\u00ff", None), ("1 2 3", None),
     ("Tue, 10 Jan 99999 15:20:00 GMT", None)],
)  # fmt: skip
def test_a_date_is_epoch_seconds_or_nothing(header: str | None, moment: float | None) -> None:
    assert parse_http_date(header) == moment


@pytest.mark.parametrize(
    ("header", "moment"),
    [("Tue, 10 Jan 2023 15:20:00 GMT", 1_673_364_000.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
     ("Fri, 01 Jan 2100 00:00:00 GMT", LATEST), ("Fri, 31 Dec 2500 23:59:59 GMT", None),
     ("Fri, 31 Dec 9999 23:59:59 GMT", None), ("Wed, 31 Dec 1969 23:59:59 GMT", None), (None, None)],
)  # fmt: skip
def test_a_clock_shows_no_time_that_could_not_be_asked_for(header: str | None, moment: float | None) -> None:
    assert parse_clock(header) == moment


def test_times_go_out_as_whole_seconds_in_utc() -> None:
    assert utc_text(1_673_364_000.999) == "2023-01-10T15:20:00Z"


def test_ok_is_any_2xx() -> None:
    assert [status for status in (199, 200, 204, 299, 300, 404) if Answer(status, b"").ok] == [200, 204, 299]
