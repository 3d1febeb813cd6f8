"""What becomes of points on their way to dots."""

import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.renderables.canvas import DOTS, ColumnSpan, Extent, characters, decimate, level, masks, trace
from mctop.ui.words.runs import Glyphs

VALUES = st.lists(st.none() | st.floats(0, 1000), min_size=1, max_size=300)


def spans(values: list[float | None], columns: int, bucket: int = 60) -> list[ColumnSpan]:
    return list(decimate(range(0, len(values) * bucket, bucket), values, 0, len(values) * bucket, columns, bucket))


@given(VALUES, st.integers(1, 80))
def test_no_spike_and_no_dip_is_lost(values: list[float | None], columns: int) -> None:
    known = [value for value in values if value is not None]
    found = spans(values, columns)
    assert max((span.high for span in found), default=None) == max(known, default=None)
    assert min((span.low for span in found), default=None) == min(known, default=None)


@given(VALUES, st.integers(1, 80))
def test_there_is_at_most_one_span_a_column_from_left_to_right(values: list[float | None], columns: int) -> None:
    found = [span.column for span in spans(values, columns)]
    assert found == sorted(set(found))
    assert all(0 <= column < columns for column in found)


def test_neighbours_are_joined() -> None:
    assert [span.joined for span in spans([1, 2, 3], 40)] == [False, True, True]


def test_a_missing_value_is_a_gap() -> None:
    assert [span.joined for span in spans([1, None, 3, 4], 40)] == [False, False, True]


def test_a_missing_bucket_is_a_gap() -> None:
    found = decimate((0, 60, 180, 240), (1, 2, 3, 4), 0, 300, 40, 60)
    assert [span.joined for span in found] == [False, True, False, True]


def test_a_line_is_traced_once_for_all_cursors() -> None:
    extent = Extent(0, 300, 0, 10, 40, 20)
    times, values = tuple(range(0, 300, 60)), (1.0, 2.0, None, 4.0, 5.0)
    found = trace(times, values, 60, extent)
    assert trace(tuple(times), tuple(values), 60, extent) is found
    assert trace(times, values, 60, extent._replace(high=20)) != found
    assert list(found.columns) == masks(found.spans, 0, 10, 40, 20)


def test_what_is_no_number_is_a_gap() -> None:
    assert [span.first for span in spans([1, math.nan, math.inf, 4], 40)] == [1, 4]


def test_points_outside_the_window_are_not_drawn() -> None:
    found = decimate(range(0, 600, 60), [float(value) for value in range(10)], 120, 300, 20, 60)
    assert [span.first for span in found] == [2, 3, 4, 5]


def test_no_room_and_no_window_draw_nothing() -> None:
    assert list(decimate((0, 60), (1, 2), 0, 60, 0, 60)) == []
    assert list(decimate((0, 60), (1, 2), 60, 60, 10, 60)) == []


def test_a_joined_line_has_no_holes() -> None:
    found = masks(spans([0, 1000, 0, 500], 20), 0, 1000, 20, 40)
    drawn = [mask for mask in found if mask]
    last = max(column for column, mask in enumerate(found) if mask)
    assert len(drawn) == last + 1
    for left, right in itertools.pairwise(drawn):
        grown = left << 1 | left | left >> 1
        assert grown & right


def test_values_beyond_the_axis_stay_on_the_canvas() -> None:
    found = masks(spans([-50, 5000], 2), 0, 100, 2, 8)
    assert all(0 <= mask < 1 << 8 for mask in found)
    assert found[0] & 1
    assert found[1] & 1 << 7


def test_dots_become_the_characters_that_have_them() -> None:
    braille, block = DOTS[Glyphs.BRAILLE], DOTS[Glyphs.BLOCK]
    assert [braille.characters[bits] for _, _, bits in characters([0b0001, 0b1000], braille)] == ["⡈"]
    assert [braille.characters[bits] for _, _, bits in characters([0b1111, 0b1111], braille)] == ["⣿"]
    assert [(row, column) for row, column, _ in characters([0, 0, 0, 0b10000], braille)] == [(1, 1)]
    assert [block.characters[bits] for _, _, bits in characters([0b01, 0b10], block)] == ["▞"]


def test_a_cell_without_dots_is_a_space() -> None:
    assert all(shape.characters[0] == " " for shape in DOTS.values())


def test_levels_reach_from_the_lowest_to_the_highest_dot() -> None:
    assert [level(value, 0, 100, 5) for value in (-10, 0, 50, 100, 900)] == [0, 0, 2, 4, 4]
