"""Where the panels about servers stand."""

import pytest

from mctop.ui.layout.bands import Arrangement
from mctop.ui.screens.servers.panels import (
    CONNECTIONS_CHART,
    HITS_CHART,
    LATENCY_CHART,
    MEMORY_CHART,
    SERVERS,
    STANDING_OUT,
    arrange_page,
    arrange_servers,
)


def panels(arrangement: Arrangement, page: int = 0) -> list[str]:
    return [place.panel for place in arrangement.places if place.page == page]


@pytest.mark.parametrize("width", [40, 80, 99, 100, 120, 160])
@pytest.mark.parametrize("height", [8, 22, 28, 46, 100])
@pytest.mark.parametrize("servers", [0, 3, 100])
def test_panels_lie_inside_and_never_on_one_another(width: int, height: int, servers: int) -> None:
    for arrangement in (arrange_servers(width, height, servers), arrange_page(width, height)):
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


def test_few_servers_leave_room_for_charts_of_one() -> None:
    assert panels(arrange_servers(120, 28, 3)) == [STANDING_OUT, SERVERS, LATENCY_CHART, HITS_CHART]
    assert panels(arrange_servers(80, 22, 3)) == [STANDING_OUT, SERVERS, LATENCY_CHART]


def test_many_servers_take_at_most_half_of_a_high_screen() -> None:
    table = arrange_servers(120, 46, 100).places[1]
    assert table.panel == SERVERS
    assert 20 <= table.height <= 26


def test_a_low_screen_is_all_table() -> None:
    assert panels(arrange_servers(80, 18, 100)) == [STANDING_OUT, SERVERS]


def test_a_page_has_four_charts_two_by_two_or_as_many_a_page_as_fit() -> None:
    assert arrange_page(120, 28).pages == 1
    small = arrange_page(80, 22)
    assert [panels(small, page) for page in range(small.pages)] == [
        [STANDING_OUT, LATENCY_CHART, HITS_CHART], [MEMORY_CHART, CONNECTIONS_CHART],
    ]  # fmt: skip


def test_a_panel_may_have_it_all() -> None:
    for arrangement in (arrange_servers(80, 22, 3, LATENCY_CHART), arrange_page(80, 22, LATENCY_CHART)):
        assert [(place.panel, place.width, place.height) for place in arrangement.places] == [(LATENCY_CHART, 78, 22)]
