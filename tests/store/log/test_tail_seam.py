"""Where one window continues another."""

from mctop.api.models.introspection import LogFields
from mctop.store.log.tail import continuation, estimated_loss, turnover


def window(*times: float, key: str = "k") -> tuple[LogFields, ...]:
    return tuple((time, key, "GET", "HIT", 10) for time in times)


def test_a_window_that_overlaps_continues_after_the_overlap() -> None:
    assert continuation(window(1, 2, 3), window(2, 3, 4)) == 2
    assert continuation(window(1, 2, 3), window(3, 4, 5)) == 1


def test_the_same_window_has_nothing_new() -> None:
    assert continuation(window(1, 2, 3), window(1, 2, 3)) == 3
    assert continuation(window(1, 2, 3), window(2, 3)) == 2


def test_windows_that_do_not_overlap_do_not_continue() -> None:
    assert continuation(window(1, 2, 3), window(4, 5)) is None
    assert continuation(window(1, 2, 3), window(3, 4, key="other")) is None


def test_of_several_overlaps_the_longest_is_chosen() -> None:
    assert continuation(window(1, 1, 1), window(1, 1, 1)) == 3
    assert continuation(window(0, 1, 2, 1, 2), window(1, 2, 1, 2, 3)) == 4


def test_equal_lines_in_the_middle_are_no_overlap() -> None:
    assert continuation(window(1, 2, 3), window(3, 4, 3, 5)) == 1
    assert continuation(window(5, 5, 6), window(5, 6, 6, 7)) == 2
    assert continuation(window(1, 9), window(3, 9, 10)) is None


def test_a_window_older_than_what_was_seen_has_nothing_new() -> None:
    assert continuation(window(1, 2, 3, 4), window(1, 2, 3)) == 3
    assert continuation(window(3, 4, 5), window(1, 2, 3)) == 3


def test_a_window_that_reaches_further_back_continues_where_it_meets_what_was_seen() -> None:
    assert continuation(window(3, 4), window(1, 2, 3, 4, 5)) == 4


def test_lines_of_the_same_second_are_new_rather_than_further_back() -> None:
    seen = window(1, key="a")
    assert continuation(seen, (*window(1, key="x"), *window(1, key="a"))) is None


def test_the_loss_is_the_pace_on_both_sides_over_the_missing_time() -> None:
    assert estimated_loss(window(0, 1, 2, 3), window(10, 11, 12, 13)) == 6
    assert estimated_loss(window(0, 10), window(20, 21, 22, 23, 24)) == 3


def test_windows_that_touch_lost_about_nothing() -> None:
    assert estimated_loss(window(0, 1, 2), window(3, 4, 5)) == 0


def test_without_a_pace_the_loss_cannot_be_told() -> None:
    assert estimated_loss(window(1), window(9)) is None
    assert estimated_loss(window(5, 5, 5), window(5, 5)) is None


def test_across_a_clock_that_was_set_back_the_loss_cannot_be_told() -> None:
    assert estimated_loss(window(8, 9), window(1, 2)) is None


def test_a_window_out_of_which_nothing_has_slid_did_not_turn_over() -> None:
    assert turnover(window(1, 2), window(1, 2, 3, 4), 2, None) == 0.0


def test_a_window_turned_over_by_what_is_new_in_it_and_by_what_was_lost_before_it() -> None:
    assert turnover(window(1, 2, 3, 4), window(2, 3, 4, 5), 3, None) == 0.25
    assert turnover(window(1, 2), window(5, 6), None, None) == 1.0
    assert turnover(window(1, 2), window(5, 6), None, 4) == 3.0
