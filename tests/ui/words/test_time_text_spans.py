"""The window in words."""

from mctop.store.base.window import HOUR, TimeWindow
from mctop.ui.words.time_text import length, spanned

MORNING = 1_789_960_200.0


def test_a_range_is_called_by_its_name_and_any_other_length_by_what_it_is() -> None:
    assert (length(TimeWindow(24 * HOUR)), length(TimeWindow(2 * HOUR))) == ("24h", "2h")


def test_a_window_says_where_it_ends_unless_that_is_now() -> None:
    assert spanned(TimeWindow(6 * HOUR)) == "the last 6h"
    assert spanned(TimeWindow(6 * HOUR, MORNING)) == "6h to Sep 21 03:10Z"
