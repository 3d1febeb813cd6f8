"""Where the charts stand: above one another on as many pages as it takes, beside the list of what can be drawn."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mctop.ui.layout.arrangement import GUTTER, MARGIN, SMALLEST, WIDE, Arrangement, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

PICKER, READOUT = "picker", "readout"
LEAST = 9
"""Rows of a chart with a heading, a legend, its axes and lines that one can read."""
LIST, WIDE_LIST = 32, 48
"""Columns of the list, and where there is room for the names that the API gives to its stats."""
ROOMY = 150
"""Columns from which there is."""


def arrange(width: int, height: int, charts: Sequence[str], full: str | None = None, *, picking: bool) -> Arrangement:
    """Place the charts on pages of `width` by `height`; `picking` asks for the list where it would cost them much.

    `full` names a panel that has all but the readout to itself.
    """
    if width < SMALLEST[0] or height < SMALLEST[1] - 2:
        return Arrangement()
    inner, rows = width - 2 * MARGIN, height - 1
    if full is not None:
        return Arrangement((Place(full, 0, MARGIN, 0, inner, rows), _readout(0, inner, rows)))
    list_width = WIDE_LIST if width >= ROOMY else LIST
    beside = list_width + GUTTER if picking or width >= WIDE else 0
    pages = _paged(charts, max(1, rows // LEAST)) or [()]
    places: list[Place] = []
    for page, shown in enumerate(pages):
        y = 0
        for index, chart in enumerate(shown):
            bottom = rows * (index + 1) // len(shown)
            places.append(Place(chart, page, MARGIN, y, inner - beside, bottom - y))
            y = bottom
        if beside:
            places.append(Place(PICKER, page, MARGIN + inner - list_width, 0, list_width, rows))
        places.append(_readout(page, inner, rows))
    return Arrangement(tuple(places), len(pages))


def _paged(charts: Sequence[str], fitting: int) -> list[Sequence[str]]:
    """As few pages as it takes, as evenly filled as that allows."""
    pages = -(-len(charts) // fitting)
    edges = [len(charts) * page // pages for page in range(pages + 1)] if pages else [0]
    return [charts[first:last] for first, last in pairwise(edges)]


def _readout(page: int, inner: int, rows: int) -> Place:
    return Place(READOUT, page, MARGIN, rows, inner, 1)
