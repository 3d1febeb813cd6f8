"""Where charts stand."""

from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.layout.bands import LEAST_CHART
from mctop.ui.screens.charts.panels import PICKER, READOUT, arrange

NINE = tuple(f"chart{n}" for n in range(9))


def test_charts_fill_as_few_pages_as_it_takes_evenly() -> None:
    found = arrange(80, 22, NINE[:4], picking=False)
    assert found.pages == 2
    assert [place.page for place in found.places if place.panel in NINE] == [0, 0, 1, 1]


def test_the_list_stands_beside_where_there_is_room_or_it_is_asked_for() -> None:
    assert not [place for place in arrange(80, 22, NINE[:1], picking=False).places if place.panel == PICKER]
    for found in (arrange(80, 22, NINE[:1], picking=True), arrange(120, 28, NINE[:1], picking=False)):
        assert [place for place in found.places if place.panel == PICKER]


def test_full_screen_leaves_the_readout() -> None:
    found = arrange(120, 28, NINE, "chart3", picking=True)
    assert [(place.panel, place.width, place.height) for place in found.places] == [
        ("chart3", 118, 27), (READOUT, 118, 1),
    ]  # fmt: skip


def test_without_a_chart_the_list_is_there_to_switch_one_on() -> None:
    assert {place.panel for place in arrange(120, 28, (), picking=False).places} == {PICKER, READOUT}


@given(st.integers(40, 250), st.integers(8, 100), st.integers(0, 9), st.booleans())
def test_nothing_overlaps_and_every_chart_has_a_page(width: int, height: int, count: int, picking: bool) -> None:
    found = arrange(width, height, NINE[:count], picking=picking)
    assert {place.panel for place in found.places if place.panel in NINE} == set(NINE[:count])
    for page in range(found.pages):
        cells = [
            (x, y)
            for place in found.places
            if place.page == page
            for x in range(place.x, place.x + place.width)
            for y in range(place.y, place.y + place.height)
        ]
        assert len(cells) == len(set(cells))
        assert all(0 <= x < width and 0 <= y < height for x, y in cells)
    assert all(place.height >= min(LEAST_CHART, height - 1) for place in found.places if place.panel in NINE)
