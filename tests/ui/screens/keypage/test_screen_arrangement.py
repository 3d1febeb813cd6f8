"""Where the panels of a key's page stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mctop.ui.screens.keypage.screen import KIN, LOG, NAME, RANKS, STATS, KeyPageSizes, arrange_page

ALL = {NAME, STATS, RANKS, KIN, LOG}


@pytest.mark.parametrize(("width", "height"), [(80, 22), (120, 28), (160, 46)])
def test_everything_stands_on_one_page_at_the_sizes_people_have(width: int, height: int) -> None:
    arrangement = arrange_page(width, height, KeyPageSizes())
    assert (arrangement.pages, {place.panel for place in arrangement.places}) == (1, ALL)


@settings(max_examples=100)
@given(
    st.integers(40, 200),
    st.integers(8, 70),
    st.builds(KeyPageSizes, st.integers(1, 7), st.integers(0, 9), st.integers(0, 9)),
)
def test_every_panel_has_a_place_and_no_two_overlap(width: int, height: int, wants: KeyPageSizes) -> None:
    arrangement = arrange_page(width, height, wants)
    assert {place.panel for place in arrangement.places} == ALL
    taken = [
        (p.page, x, y)
        for p in arrangement.places
        for x in range(p.x, p.x + p.width)
        for y in range(p.y, p.y + p.height)
    ]
    assert len(taken) == len(set(taken))
    assert all(0 < x < width - 1 and 0 <= y < height and page < arrangement.pages for page, x, y in taken)
