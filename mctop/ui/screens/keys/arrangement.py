"""Where the lists of the Keys stand: all four at once where there is room, else one a page under its tabs."""

from __future__ import annotations

from mctop.ui.layout.arrangement import GUTTER, MARGIN, WIDE, Arrangement, Place

TABS = "tabs"
LEAST = 8
"""Rows of a list that is worth standing beside others."""


def arrange_lists(lists: tuple[str, ...], width: int, height: int, full: str | None = None) -> Arrangement:
    """Two by two, or one a page."""
    inner = width - 2 * MARGIN
    if full is not None:
        return Arrangement((Place(full, 0, MARGIN, 0, inner, height),))
    rows = (len(lists) + 1) // 2
    if width >= WIDE and height >= rows * LEAST:
        return Arrangement(tuple(_grid(lists, inner, height, rows)))
    tabs = [Place(TABS, page, MARGIN, 0, inner, 1) for page in range(len(lists))]
    pages = [Place(one, page, MARGIN, 1, inner, height - 1) for page, one in enumerate(lists)]
    return Arrangement((*tabs, *pages), len(lists))


def _grid(lists: tuple[str, ...], inner: int, height: int, rows: int) -> list[Place]:
    places = []
    half = (inner - GUTTER) // 2
    for index, one in enumerate(lists):
        row, right = divmod(index, 2)
        alone = index == len(lists) - 1 and not right
        top, bottom = height * row // rows, height * (row + 1) // rows
        x = MARGIN + (half + GUTTER if right else 0)
        wide = inner if alone else inner - half - GUTTER if right else half
        places.append(Place(one, 0, x, top, wide, bottom - top))
    return places
