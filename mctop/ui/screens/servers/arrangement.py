"""Where the panels of the Servers view, and of the page of one server, stand."""

from __future__ import annotations

from mctop.ui.screens.overview.arrangement import GUTTER, MARGIN, WIDE, Arrangement, Place

STANDING_OUT, SERVERS, LATENCY, HITS, MEMORY, CONNECTIONS = (
    "standing-out", "servers", "latency", "hits", "memory", "connections",
)  # fmt: skip
FRAME = 2
"""Lines of a table that are not rows: its heading and its titles."""
CHART_LEAST = 9
"""Rows of a chart that is worth its place."""


def arrange_servers(width: int, height: int, servers: int, full: str | None = None) -> Arrangement:
    """What stands out, the table, and below it charts of the server under the cursor where the table leaves room."""
    if full is not None:
        return alone(full, width, height)
    inner, room = width - 2 * MARGIN, height - 1
    charts = room - max(1, min(servers, room // 2)) - FRAME
    if charts < CHART_LEAST:
        charts = 0
    table = Place(SERVERS, 0, MARGIN, 1, inner, room - charts)
    places = [Place(STANDING_OUT, 0, MARGIN, 0, inner, 1), table]
    if charts:
        places += _beside((LATENCY, HITS) if width >= WIDE else (LATENCY,), 0, room + 1 - charts, inner, charts)
    return Arrangement(tuple(places))


def arrange_charts(
    charts: tuple[str, ...], width: int, height: int, full: str | None = None, top: int = 0
) -> Arrangement:
    """Charts two by two where there is room, else one below the other, on as many pages as it takes.

    `top` is how many rows the first widget, which stands above the charts of the first page, has.
    """
    if full is not None:
        return alone(full, width, height)
    inner, across = width - 2 * MARGIN, 2 if width >= WIDE else 1
    rows = [charts[index : index + across] for index in range(0, len(charts), across)]
    fitting = max(1, (height - top) // CHART_LEAST)
    places = [Place(STANDING_OUT, 0, MARGIN, 0, inner, top)] if top else []
    pages = [rows[index : index + fitting] for index in range(0, len(rows), fitting)]
    for number, page in enumerate(pages):
        y, left = (top, height - top) if number == 0 else (0, height)
        for index, row in enumerate(page):
            lines = left // (len(page) - index)
            places += _beside(row, number, y, inner, lines)
            y, left = y + lines, left - lines
    return Arrangement(tuple(places), len(pages))


def alone(panel: str, width: int, height: int) -> Arrangement:
    """One panel that has it all to itself."""
    return Arrangement((Place(panel, 0, MARGIN, 0, width - 2 * MARGIN, height),))


def _beside(panels: tuple[str, ...], page: int, y: int, inner: int, height: int) -> list[Place]:
    room = inner - GUTTER * (len(panels) - 1)
    widths = [room // len(panels) + (index < room % len(panels)) for index in range(len(panels))]
    starts = [MARGIN + sum(widths[:index]) + GUTTER * index for index in range(len(panels))]
    return [Place(panel, page, x, y, width, height) for panel, x, width in zip(panels, starts, widths, strict=True)]
