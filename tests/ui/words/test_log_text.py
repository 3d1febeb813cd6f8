"""Gaps of the log in words."""

import pytest

from mctop.api.models.log_filter import parse_filter
from mctop.store.log.tail import Gap
from mctop.ui.words.log_text import gap_text
from mctop.ui.words.text import Clean

CART, GETS = parse_filter("cart\x1b"), parse_filter("cmd:get", excludes=True)


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (Gap("a", 1, 5, None), "some lines not seen in 4s"),
        (Gap("a", 1, 5, None, exact=True), "some lines not seen in 4s"),
        (Gap("a", 1, 5, 12_345), "about 12.3k lines not seen in 4s"),
        (Gap("a", 1, 5, 12_345, exact=True), "12,345 lines not seen in 4s"),
        (Gap("a", 1, 5, 1, exact=True), "1 line not seen in 4s"),
        (Gap("a", 1, 5, 9, True, (CART, GETS)), "9 lines not asked for in 4s, as not passing /cart^[ !cmd:get"),
    ],
)
def test_a_gap_says_how_many_lines_are_missing_as_well_as_it_is_known(gap: Gap, words: str) -> None:
    assert gap_text(gap) == words
    assert gap_text(gap, Clean("mc1")) == words.replace(" not ", " of mc1 not ", 1)
