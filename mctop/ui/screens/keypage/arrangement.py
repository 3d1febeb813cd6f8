"""Where the panels of a key's page stand."""

from __future__ import annotations

from typing import NamedTuple

from mctop.ui.layout.arrangement import GUTTER, MARGIN, WIDE, Arrangement, Place

NAME, STATS, RANKS, KIN, LOG = "name", "stats", "ranks", "kin", "log"
FRAME = 2
"""Lines of a table that are not rows: its heading and its titles."""


class Wants(NamedTuple):
    """How many lines the name takes, and how many rows of data the panels have that need not grow."""

    name: int = 1
    stats: int = 2
    kin: int = 2


def arrange_page(width: int, height: int, wants: Wants, full: str | None = None) -> Arrangement:
    """The name, then one below the other; stats and what the key belongs to stand side by side where there is room."""
    inner = width - 2 * MARGIN
    if full is not None:
        return Arrangement((Place(full, 0, MARGIN, 0, inner, height),))
    top = min(wants.name, height)
    places = [Place(NAME, 0, MARGIN, 0, inner, top)]
    stats, ranks, kin = FRAME + max(1, min(wants.stats, 5)), FRAME + 3, FRAME + max(1, min(wants.kin, 4))
    if width >= WIDE:
        half, both = (inner - GUTTER) // 2, max(stats, kin)
        places.append(Place(STATS, 0, MARGIN, top, half, both))
        places.append(Place(KIN, 0, MARGIN + half + GUTTER, top, inner - half - GUTTER, both))
        places.append(Place(RANKS, 0, MARGIN, top + both, inner, ranks))
        top += both + ranks
    else:
        for panel, lines in ((STATS, stats), (RANKS, ranks), (KIN, kin)):
            places.append(Place(panel, 0, MARGIN, top, inner, lines))
            top += lines
    rest = height - top
    return _with_log(places, inner, height, rest)


def _with_log(places: list[Place], inner: int, height: int, rest: int) -> Arrangement:
    """The log in the rest of the page, or on a page of its own, as are panels that the first page cuts."""
    if rest > FRAME:
        return Arrangement((*places, Place(LOG, 0, MARGIN, height - rest, inner, rest)))
    kept = [place for place in places if place.y + place.height <= height]
    lost = [place for place in places if place not in kept]
    later = [Place(place.panel, index, MARGIN, 0, inner, height) for index, place in enumerate(lost, 1)]
    last = len(lost) + 1
    return Arrangement((*kept, *later, Place(LOG, last, MARGIN, 0, inner, height)), last + 1)
