"""Where the lists stand."""

from __future__ import annotations

import pytest

from mctop.ui.screens.keys.screen import TABS, arrange_lists

FOUR = ("hit", "missed", "mutated", "prefixes")


@pytest.mark.parametrize(("width", "height"), [(80, 22), (100, 15), (50, 60)])
def test_one_list_a_page_under_its_tabs_where_there_is_little_room(width: int, height: int) -> None:
    arrangement = arrange_lists(FOUR, width, height)
    assert arrangement.pages == 4
    for page, name in enumerate(FOUR):
        tabs, one = sorted((p for p in arrangement.places if p.page == page), key=lambda place: place.y)
        assert (tabs.panel, one.panel, one.height) == (TABS, name, height - 1)


@pytest.mark.parametrize("lists", [FOUR, FOUR[:3]])
@pytest.mark.parametrize(("width", "height"), [(100, 16), (120, 28), (160, 47), (301, 99)])
def test_all_lists_at_once_where_there_is_room_and_no_two_overlap(
    lists: tuple[str, ...], width: int, height: int
) -> None:
    arrangement = arrange_lists(lists, width, height)
    assert (arrangement.pages, [place.panel for place in arrangement.places]) == (1, list(lists))
    cells = [(x, y) for p in arrangement.places for x in range(p.x, p.x + p.width) for y in range(p.y, p.y + p.height)]
    assert len(cells) == len(set(cells))
    assert all(0 < x < width - 1 and 0 <= y < height for x, y in cells)


def test_full_screen_is_one_list() -> None:
    (place,) = arrange_lists(FOUR, 120, 28, "missed").places
    assert (place.panel, place.width, place.height) == ("missed", 118, 28)
