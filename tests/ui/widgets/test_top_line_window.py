"""What the top line says of the window."""

from mctop.store.base.window import HOUR, TimeWindow
from mctop.ui.widgets.top_line import window_run
from mctop.ui.words.runs import Run

NOON = 1_789_992_667.0


def test_the_present_is_said_by_its_length_alone() -> None:
    assert window_run(TimeWindow(6 * HOUR), NOON) == Run("6h", "muted")


def test_a_moment_that_is_read_is_picked_out_with_its_day_where_it_is_another() -> None:
    assert window_run(TimeWindow(6 * HOUR, None, NOON - 67), NOON) == Run("6h, read at 12:10:00Z", "accent")
    read = window_run(TimeWindow(168 * HOUR, None, NOON - 67 - 48 * HOUR), NOON)
    assert read.text == "7d, read at Sep 19 12:10Z"


def test_the_past_is_picked_out_with_its_end() -> None:
    assert window_run(TimeWindow(HOUR, NOON - 48 * HOUR), NOON) == Run("1h to Sep 19 12:11Z", "accent")
