"""Where the panels of the Prefixes view, and of the page of one prefix, stand."""

from __future__ import annotations

from mctop.ui.screens.bands import alone, banded, beside
from mctop.ui.layout.arrangement import MARGIN, WIDE, Arrangement, Place

WATCHED, POPULAR, TRAFFIC, RATIO, SIZE, SHARE = "watched", "popular", "traffic", "ratio", "size", "share"
SUMMARY, HIT, MISSED, MUTATED = "summary", "hit", "missed", "mutated"
FRAME = 2
"""Lines of a table that are not rows: its heading and its titles."""
LEAST = 9
"""Rows of a list or a chart that is worth its place."""


def arrange_prefixes(width: int, height: int, watched: int, full: str | None = None) -> Arrangement:
    """The watched prefixes, and below them those to watch and, where there is room, a chart of one."""
    if full is not None:
        return alone(full, width, height)
    table = max(4, min(watched, height // 2)) + FRAME
    below = height - table
    if below < LEAST:
        return banded(((WATCHED,), (POPULAR,)), width, height, LEAST)
    first = Place(WATCHED, 0, MARGIN, 0, width - 2 * MARGIN, table)
    return Arrangement((first, *beside((POPULAR, TRAFFIC) if width >= WIDE else (POPULAR,), 0, table, width, below)))


def arrange_page(width: int, height: int, full: str | None = None) -> Arrangement:
    """The numbers, the charts, and what is popular."""
    if full is not None:
        return alone(full, width, height)
    if width >= WIDE:
        bands: tuple[tuple[str, ...], ...] = ((TRAFFIC, RATIO), (HIT, MISSED, MUTATED), (SIZE, SHARE))
    else:
        bands = ((TRAFFIC,), (HIT, MISSED), (RATIO,), (SIZE,), (SHARE,), (MUTATED,))
    return banded(bands, width, height, LEAST, (SUMMARY, 1))
