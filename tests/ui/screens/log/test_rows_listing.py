"""What is listed, and how fast it came."""

import pytest

from mctop.api.models.log_filter import parse_filter
from mctop.store.base.marks import Mark, MarkKind
from mctop.store.log.filters import Sieve
from mctop.ui.screens.log.rows import LogListing, MarkEntry, listing, rates
from tests.ui.screens.log.rows import entry, gap, sifted

ROWS = (entry(0, 10), entry(1, 20, command="SET"), entry(2, 20), entry(3, 30))
GETS = Sieve((parse_filter("cmd:get"),))


def serials(shown: LogListing) -> list[int]:
    return [row.serial for row in shown.rows]


def test_rows_that_pass_are_listed() -> None:
    assert serials(listing(sifted(*ROWS, sieve=GETS), (), highlights=False)) == [0, 2, 3]


def test_highlighting_lists_all_and_tells_what_passes() -> None:
    shown = listing(sifted(*ROWS, sieve=GETS), (), highlights=True)
    assert serials(shown) == [0, 1, 2, 3]
    assert [shown.passes(index) for index in range(4)] == [True, False, True, True]


@pytest.mark.parametrize("highlights", [False, True])
def test_marks_stand_where_their_moment_is_whatever_the_filters_say(highlights: bool) -> None:
    marks = (Mark(30.5, MarkKind.PERSON, "after"), Mark(20, MarkKind.FLUSH), Mark(20, MarkKind.RESET))
    shown = listing(sifted(*ROWS, sieve=GETS), marks, highlights=highlights)
    assert serials(shown) == ([0, -1, -2, 1, 2, 3, -1] if highlights else [0, -1, -2, 2, 3, -1])
    assert [row.mark.kind for row in shown.rows if isinstance(row, MarkEntry)] == [
        MarkKind.FLUSH, MarkKind.RESET, MarkKind.PERSON
    ]  # fmt: skip
    assert [shown.passes(index) for index, row in enumerate(shown.rows) if row.serial == 1] == [False] * highlights


def test_marks_of_gaps_and_of_times_before_the_log_are_left_out() -> None:
    marks = (Mark(5, MarkKind.FLUSH), Mark(20, MarkKind.GAP))
    assert serials(listing(sifted(*ROWS), marks, highlights=False)) == [0, 1, 2, 3]
    assert listing(sifted(), marks, highlights=False).rows == ()


def test_rates_are_those_of_the_minute_before_the_end() -> None:
    rows = [entry(second, second, status="HIT" if second % 3 else "MISS") for second in range(120)]
    found = rates(LogListing(tuple(rows)), 0, 120)
    assert found is not None
    assert (found.seconds, found.least) == (60, False)
    assert found.rates == (("GET", "HIT", 40 / 60), ("GET", "MISS", 20 / 60))


def test_a_log_of_less_than_a_minute_has_rates_over_what_there_is() -> None:
    found = rates(LogListing(ROWS), 10, 30)
    assert found is not None
    assert found.seconds == 20
    assert found.rates == (("GET", "HIT", 2 / 20), ("SET", "HIT", 1 / 20))
    assert rates(LogListing(ROWS), 10, 10.5) is None


def test_only_what_passes_has_a_rate_and_a_gap_makes_it_the_least() -> None:
    shown = LogListing((*ROWS[:2], gap(9, 20)), b"\x01\x00\x01")
    found = rates(shown, 10, 30)
    assert found is not None
    assert found.rates == (("GET", "HIT", 1 / 20),)
    assert found.least


def test_matches_are_lines_that_pass_and_nothing_else() -> None:
    shown = LogListing((entry(0, 1), gap(1, 2), entry(2, 3), entry(3, 4), entry(4, 5)), b"\x01\x01\x00\x01\x00")
    assert [shown.match(index, 1) for index in range(5)] == [3, 3, 3, None, None]
    assert [shown.match(index, -1) for index in range(5)] == [None, 0, 0, 0, 3]
    assert LogListing(shown.rows).match(0, 1) == 2
