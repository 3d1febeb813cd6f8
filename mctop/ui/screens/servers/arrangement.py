"""Where the panels of the Servers view, and of the page of one server, stand."""

from __future__ import annotations

from mctop.ui.screens.bands import alone, banded, beside
from mctop.ui.layout.arrangement import MARGIN, WIDE, Arrangement, Place

STANDING_OUT, SERVERS, LATENCY, HITS, MEMORY, CONNECTIONS = (
    "standing-out", "servers", "latency", "hits", "memory", "connections",
)  # fmt: skip
FRAME = 2
"""Lines of a table that are not rows: its heading and its titles."""
CHART = 9
"""Rows of a chart that is worth its place."""
SUMMARY = 2
"""Lines of the numbers above the charts of a page."""


def arrange_servers(width: int, height: int, servers: int, full: str | None = None) -> Arrangement:
    """What stands out, the table, and below it charts of the server under the cursor where the table leaves room."""
    if full is not None:
        return alone(full, width, height)
    inner, room = width - 2 * MARGIN, height - 1
    charts = room - max(1, min(servers, room // 2)) - FRAME
    if charts < CHART:
        charts = 0
    places = [Place(STANDING_OUT, 0, MARGIN, 0, inner, 1), Place(SERVERS, 0, MARGIN, 1, inner, room - charts)]
    if charts:
        places += beside((LATENCY, HITS) if width >= WIDE else (LATENCY,), 0, room + 1 - charts, width, charts)
    return Arrangement(tuple(places))


def arrange_page(width: int, height: int, full: str | None = None) -> Arrangement:
    """The numbers, and the charts two by two where there is room, else one below the other."""
    if full is not None:
        return alone(full, width, height)
    charts = (LATENCY, HITS, MEMORY, CONNECTIONS)
    across = 2 if width >= WIDE else 1
    bands = tuple(charts[index : index + across] for index in range(0, len(charts), across))
    return banded(bands, width, height, CHART, (STANDING_OUT, SUMMARY))
