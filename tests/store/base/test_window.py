"""The one window: ranges, the cursor, and the way back to the present."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mctop.store.base.window import DAY, HOUR, RANGES, TimeWindow

NOW = 1_790_000_047.0
windows = st.builds(
    TimeWindow,
    st.sampled_from(list(RANGES.values())),
    st.one_of(st.none(), st.floats(NOW - 90 * DAY, NOW - 1)),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("zoomed"), st.integers(-3, 3).filter(bool)),
        st.tuples(st.just("moved"), st.integers(-40, 40).filter(bool)),
        st.tuples(st.just("around"), st.floats(NOW - 400 * DAY, NOW + DAY)),
        st.tuples(st.just("ranged"), st.sampled_from(list(RANGES.values()))),
    ),
    max_size=8,
)


def after(window: TimeWindow, moves: list[tuple[str, int | float]]) -> TimeWindow:
    for name, argument in moves:
        window = getattr(window, name)(argument, NOW)
    return window


@settings(max_examples=100)
@example(TimeWindow(300), [("around", NOW)])
@given(windows, steps)
def test_however_it_is_moved_it_shows_its_cursor_and_never_the_future(
    window: TimeWindow, moves: list[tuple[str, int | float]]
) -> None:
    moved = after(window, moves)
    assert moved.end is None or moved.end < NOW
    if moved.cursor is not None:
        assert moved.start(NOW) <= moved.cursor < moved.until(NOW)
    assert moved.seconds in RANGES.values()


@settings(max_examples=100)
@given(windows, steps)
def test_one_key_leads_back_to_the_present_in_the_same_range(
    window: TimeWindow, moves: list[tuple[str, int | float]]
) -> None:
    moved = after(window, moves)
    assert moved.resumed() == TimeWindow(moved.seconds)


@settings(max_examples=100)
@given(windows, st.integers(-40, 40).filter(bool))
def test_a_step_of_the_cursor_is_a_step_of_buckets(window: TimeWindow, buckets: int) -> None:
    read = window.moved(-1, NOW)
    assert read.cursor is not None
    assert read.cursor % read.bucket == 0
    moved = read.moved(buckets, NOW)
    assert moved.cursor is not None
    newest = (NOW // moved.bucket - 1) * moved.bucket
    assert moved.cursor == min(read.cursor + buckets * read.bucket, newest)


def test_the_first_step_reads_the_last_complete_bucket() -> None:
    assert TimeWindow(HOUR).moved(-1, NOW).cursor == NOW // 60 * 60 - 60
    assert TimeWindow(HOUR).moved(1, NOW).cursor == NOW // 60 * 60 - 60
    assert TimeWindow(HOUR, NOW // 60 * 60 - 600).moved(-1, NOW).cursor == NOW // 60 * 60 - 660


def test_the_window_goes_along_with_a_cursor_that_leaves_it_and_no_further() -> None:
    window = TimeWindow(300, NOW // 60 * 60 - 600, NOW // 60 * 60 - 900)
    moved = window.moved(-1, NOW)
    assert (moved.cursor, moved.start(NOW)) == (window.start(NOW) - 60, window.start(NOW) - 60)


def test_zooming_in_keeps_the_cursor_in_its_place_on_the_screen() -> None:
    window = TimeWindow(DAY, NOW - DAY, NOW - DAY * 1.25)
    zoomed = window.zoomed(-1, NOW)
    assert zoomed.seconds == 6 * HOUR
    assert (zoomed.until(NOW) - NOW + DAY * 1.25) / zoomed.seconds == pytest.approx(0.25)


def test_zooming_while_live_stays_live_as_long_as_the_cursor_is_seen() -> None:
    window = TimeWindow(6 * HOUR, None, NOW - 1_000)
    assert window.zoomed(-1, NOW) == TimeWindow(HOUR, None, NOW - 1_000)
    assert not TimeWindow(6 * HOUR, None, NOW - 2 * HOUR).zoomed(-1, NOW).live


def test_zooming_out_until_the_present_is_live_again() -> None:
    assert TimeWindow(HOUR, NOW - 600, NOW - 1_800).zoomed(2, NOW).live


def test_there_is_nothing_shorter_than_the_shortest_and_nothing_longer_than_the_longest() -> None:
    assert TimeWindow(300).zoomed(-1, NOW) == TimeWindow(300)
    assert TimeWindow(365 * DAY).zoomed(1, NOW) == TimeWindow(365 * DAY)


def test_a_window_of_any_length_finds_the_range_beside_it() -> None:
    assert TimeWindow(2 * HOUR).zoomed(-1, NOW).seconds == HOUR
    assert TimeWindow(2 * HOUR).zoomed(1, NOW).seconds == 6 * HOUR


def test_minutes_that_end_now_are_read_from_samples() -> None:
    assert (TimeWindow(900).sampled, TimeWindow(900).bucket) == (True, 5)
    assert (TimeWindow(900, NOW - 1).sampled, TimeWindow(900, NOW - 1).bucket) == (False, 60)
    assert (TimeWindow(7 * DAY).bucket, TimeWindow(30 * DAY).bucket, TimeWindow(365 * DAY).bucket) == (600, HOUR, DAY)


@pytest.mark.parametrize(("asked", "given"), [(7_200, 7_200), (1, 300), (1e12, 365 * DAY)])
def test_since_is_live_and_as_long_as_there_are_ranges(asked: float, given: int) -> None:
    assert TimeWindow(HOUR, NOW - 5, NOW - 9).since(asked) == TimeWindow(given)
