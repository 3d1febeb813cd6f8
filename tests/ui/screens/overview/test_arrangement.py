"""Where panels stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.layout.bands import SMALLEST, Arrangement
from mctop.ui.screens.overview.arrangement import ALERTS, CARDS, CHART, HIT, LOG, MISSED, SERVERS, Contents, arrange

WIDTHS = st.integers(SMALLEST[0], 320)
HEIGHTS = st.integers(SMALLEST[1] - 2, 120)
CONTENTS = st.builds(Contents, st.integers(1, 12), st.integers(1, 120), st.integers(1, 30))
EIGHT = Contents(8)
ESSENTIAL = {CARDS, CHART, SERVERS, HIT, LOG, ALERTS}


def panels(arrangement: Arrangement, page: int = 0) -> list[str]:
    """The panels of one page."""
    return [place.panel for place in arrangement.places if place.page == page]


@given(WIDTHS, HEIGHTS, CONTENTS)
def test_every_panel_is_whole_on_its_page(width: int, height: int, contents: Contents) -> None:
    for place in arrange(width, height, contents).places:
        assert place.x >= 0
        assert place.x + place.width <= width
        assert place.y >= 0
        assert place.y + place.height <= height
        assert place.width >= 17
        assert place.height >= 3 or place.panel == CARDS


@given(WIDTHS, HEIGHTS, CONTENTS)
def test_no_two_panels_overlap(width: int, height: int, contents: Contents) -> None:
    seen: set[tuple[int, int, int]] = set()
    for place in arrange(width, height, contents).places:
        cells = {
            (place.page, x, y)
            for x in range(place.x, place.x + place.width)
            for y in range(place.y, place.y + place.height)
        }
        assert not cells & seen
        seen |= cells


@given(WIDTHS, HEIGHTS, CONTENTS)
def test_every_panel_but_the_missed_keys_can_be_reached(width: int, height: int, contents: Contents) -> None:
    arrangement = arrange(width, height, contents)
    assert {place.panel for place in arrangement.places} >= ESSENTIAL
    assert {place.page for place in arrangement.places} == set(range(arrangement.pages))
    assert panels(arrangement)[0] == CARDS


def test_80_by_24_shows_cards_chart_servers_and_keys_and_the_rest_on_a_second_page() -> None:
    arrangement = arrange(80, 22, EIGHT)
    assert panels(arrangement, 0) == [CARDS, CHART, SERVERS, HIT]
    assert panels(arrangement, 1) == [MISSED, ALERTS, LOG]


@pytest.mark.parametrize(("width", "height"), [(120, 28), (160, 46), (100, 22), (240, 70)])
def test_wide_terminals_need_one_page(width: int, height: int) -> None:
    assert arrange(width, height, EIGHT).pages == 1


def test_the_missed_keys_come_where_there_is_room() -> None:
    assert MISSED not in panels(arrange(120, 28, EIGHT))
    assert MISSED in panels(arrange(160, 46, EIGHT))


def test_full_screen_gives_a_panel_everything() -> None:
    (place,) = arrange(80, 22, EIGHT, LOG).places
    assert (place.panel, place.width, place.height) == (LOG, 78, 22)


def test_many_servers_get_the_room_that_few_leave_free() -> None:
    def rows(servers: int) -> int:
        places = {place.panel: place for place in arrange(160, 46, Contents(8, servers)).places}
        return places[SERVERS].height

    assert rows(3) == 5
    assert rows(100) > 5
