"""Where the panels about prefixes stand."""

import pytest

from mctop.ui.layout.bands import Arrangement
from mctop.ui.screens.prefixes.panels import (
    HIT,
    MISSED,
    MUTATED,
    POPULAR,
    RATIO,
    SHARE,
    SIZE_PANEL,
    SUMMARY,
    TRAFFIC,
    WATCHED,
    arrange_page,
    arrange_prefixes,
)


def panels(arrangement: Arrangement, page: int = 0) -> list[str]:
    return [place.panel for place in arrangement.places if place.page == page]


@pytest.mark.parametrize("width", [40, 80, 99, 100, 160])
@pytest.mark.parametrize("height", [8, 22, 28, 46])
@pytest.mark.parametrize("watched", [0, 3, 100])
def test_panels_lie_inside_and_never_on_one_another(width: int, height: int, watched: int) -> None:
    for arrangement in (arrange_prefixes(width, height, watched), arrange_page(width, height)):
        for page in range(arrangement.pages):
            cells: set[tuple[int, int]] = set()
            for place in (place for place in arrangement.places if place.page == page):
                covered = {
                    (x, y)
                    for x in range(place.x, place.x + place.width)
                    for y in range(place.y, place.y + place.height)
                }
                assert not covered & cells
                assert max(x for x, _ in covered) < width
                assert max(y for _, y in covered) < height
                cells |= covered


def test_both_lists_are_on_one_page_and_a_chart_where_there_is_room() -> None:
    assert panels(arrange_prefixes(120, 28, 3)) == [WATCHED, POPULAR, TRAFFIC]
    assert panels(arrange_prefixes(80, 22, 20)) == [WATCHED, POPULAR]


def test_a_page_has_everything_at_once_or_page_by_page() -> None:
    everything = {SUMMARY, TRAFFIC, RATIO, HIT, MISSED, MUTATED, SIZE_PANEL, SHARE}
    assert set(panels(arrange_page(160, 46))) == everything
    small = arrange_page(80, 22)
    assert {panel for page in range(small.pages) for panel in panels(small, page)} == everything
    assert panels(small) == [SUMMARY, TRAFFIC, HIT, MISSED]


def test_a_panel_may_have_it_all() -> None:
    for arrangement in (arrange_prefixes(80, 22, 3, WATCHED), arrange_page(80, 22, WATCHED)):
        assert panels(arrangement) == [WATCHED]
