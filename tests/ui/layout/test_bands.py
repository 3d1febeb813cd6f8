"""Panels on pages, in bands by weight and in equal bands."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.layout.bands import (
    GUTTER,
    MARGIN,
    ROOMY,
    Arrangement,
    Band,
    Place,
    Slot,
    Stack,
    equal_bands,
    equal_columns,
    full_page,
    weighted_bands,
)

WIDTHS, HEIGHTS = st.integers(40, 320), st.integers(10, 120)
COUNTS = st.lists(st.integers(1, 3), min_size=1, max_size=8)


def named(counts: list[int]) -> tuple[tuple[str, ...], ...]:
    """Bands of so many panels, each with a name of its own."""
    return tuple(tuple(f"{band}.{panel}" for panel in range(count)) for band, count in enumerate(counts))


def check(arrangement: Arrangement, width: int, height: int) -> None:
    """Every page has a panel, every panel lies within the margins, and no two overlap."""
    assert {place.page for place in arrangement.places} == set(range(arrangement.pages))
    for place in arrangement.places:
        assert MARGIN <= place.x < place.x + place.width <= width - MARGIN
        assert 0 <= place.y < place.y + place.height <= height
    for a, b in combinations(arrangement.places, 2):
        assert (
            a.page != b.page
            or a.x + a.width <= b.x
            or b.x + b.width <= a.x
            or a.y + a.height <= b.y
            or b.y + b.height <= a.y
        )


@given(COUNTS, WIDTHS, HEIGHTS, st.integers(3, 10))
def test_equal_bands_fill_every_page_with_whole_panels(counts: list[int], width: int, height: int, least: int) -> None:
    bands = named(counts)
    arrangement = equal_bands(bands, width, height, least)
    check(arrangement, width, height)
    assert [place.panel for place in arrangement.places] == [panel for band in bands for panel in band]
    assert all(place.height >= least for place in arrangement.places)
    for page in range(arrangement.pages):
        lowest = [place for place in arrangement.places if place.page == page][-1]
        assert lowest.y + lowest.height == height


@given(COUNTS, WIDTHS, HEIGHTS)
def test_equal_bands_differ_by_one_row_at_most_on_a_page(counts: list[int], width: int, height: int) -> None:
    arrangement = equal_bands(named(counts), width, height, 5)
    for page in range(arrangement.pages):
        heights = {place.height for place in arrangement.places if place.page == page}
        assert max(heights) - min(heights) <= 1


def test_a_line_stands_above_equal_bands_on_the_first_page_alone() -> None:
    arrangement = equal_bands(named([1, 1, 1]), 80, 22, 9, ("line", 1))
    assert arrangement.places[0] == Place("line", 0, MARGIN, 0, 78, 1)
    assert [(place.page, place.y, place.height) for place in arrangement.places[1:]] == [
        (0, 1, 10), (0, 11, 11), (1, 0, 22),
    ]  # fmt: skip


@given(st.integers(1, 6), WIDTHS)
def test_equal_columns_fill_the_width_and_differ_by_one_at_most(count: int, width: int) -> None:
    places = equal_columns(tuple(map(str, range(count))), 2, 3, width, 7)
    assert {(place.page, place.y, place.height) for place in places} == {(2, 3, 7)}
    assert sum(place.width for place in places) == width - 2 * MARGIN - GUTTER * (count - 1)
    assert max(place.width for place in places) - min(place.width for place in places) <= 1
    for left, right in pairwise(places):
        assert right.x == left.x + left.width + GUTTER


def test_a_panel_may_have_a_page_to_itself() -> None:
    assert full_page("log", 80, 22) == Arrangement((Place("log", 0, MARGIN, 0, 78, 22),))


def band(share: int, stacks: list[tuple[int, int]]) -> Band:
    """A band of stacks, of each the least rows of its one panel, and its weight."""
    return Band(max(least for least, _ in stacks), share,
                tuple(Stack(weight, (Slot(f"{weight}", least),)) for least, weight in stacks))  # fmt: skip


STACKS = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 9)), min_size=1, max_size=3)
BANDS = st.lists(st.builds(band, st.integers(0, 5), STACKS), min_size=1, max_size=6)


@given(BANDS, WIDTHS, HEIGHTS)
def test_weighted_bands_lie_on_their_pages_whole(bands: list[Band], width: int, height: int) -> None:
    arrangement = weighted_bands(tuple(bands), width, height)
    check(arrangement, width, height)
    assert len(arrangement.places) == sum(len(each.stacks) for each in bands)


def test_weights_share_the_width_and_the_rows_to_spare() -> None:
    wide = Band(4, 3, (Stack(3, (Slot("a", 4),)), Stack(1, (Slot("b", 4),))))
    low = Band(4, 1, (Stack(1, (Slot("c", 4),)),))
    places = weighted_bands((wide, low), 82, 16).places
    assert [(place.panel, place.width, place.height) for place in places] == [
        ("a", 58, 10), ("b", 20, 10), ("c", 80, 6),
    ]  # fmt: skip


def test_a_band_without_a_share_has_what_it_needs_and_no_more() -> None:
    fixed, growing = Band(4, 0, (Stack(1, (Slot("a", 4),)),)), Band(4, 1, (Stack(1, (Slot("b", 4),)),))
    assert [place.height for place in weighted_bands((fixed, growing), 80, 22).places] == [4, 18]


def test_slots_share_a_stack_and_one_that_is_full_leaves_the_rest_to_the_others() -> None:
    stacked = Band(6, 1, (Stack(1, (Slot("few", 3, 5), Slot("many", 3))),))
    assert [(place.panel, place.height) for place in weighted_bands((stacked,), 80, 20).places] == [
        ("few", 5), ("many", 15),
    ]  # fmt: skip


def test_a_slot_without_room_is_left_out() -> None:
    stacked = Band(6, 1, (Stack(1, (Slot("a", 6), Slot("b", 6))),))
    assert [place.panel for place in weighted_bands((stacked,), 80, 11).places] == ["a"]
    assert [place.panel for place in weighted_bands((stacked,), 80, 12).places] == ["a", "b"]


@pytest.mark.parametrize(("height", "blank"), [(ROOMY - 1, 0), (ROOMY, 1)])
def test_a_blank_line_separates_bands_where_there_is_room(height: int, blank: int) -> None:
    bands = tuple(Band(5, 1, (Stack(1, (Slot(name, 5),)),)) for name in ("a", "b"))
    first, second = weighted_bands(bands, 80, height).places
    assert second.y - (first.y + first.height) == blank


def test_a_panel_on_several_pages_is_looked_for_on_the_page_that_is_shown() -> None:
    arrangement = Arrangement(
        (Place("tabs", 0, 1, 0, 9, 1), Place("tabs", 1, 1, 0, 9, 1), Place("b", 1, 1, 1, 9, 9)), 2
    )
    assert (arrangement.page_of("tabs", 1), arrangement.page_of("tabs", 7), arrangement.page_of("b")) == (1, 0, 1)
    assert arrangement.page_of("nowhere") == 0
