"""Panels in bands: side by side in a band, bands above one another, on as many pages as it takes."""

from __future__ import annotations

from mctop.ui.layout.arrangement import GUTTER, MARGIN, Arrangement, Place

Bands = tuple[tuple[str, ...], ...]


def alone(panel: str, width: int, height: int) -> Arrangement:
    """One panel that has it all to itself."""
    return Arrangement((Place(panel, 0, MARGIN, 0, width - 2 * MARGIN, height),))


def banded(bands: Bands, width: int, height: int, least: int, top: tuple[str, int] | None = None) -> Arrangement:
    """Bands of at least `least` rows that share what is left; `top` stands above them on the first page, so high."""
    inner, first = width - 2 * MARGIN, top[1] if top else 0
    places = [Place(top[0], 0, MARGIN, 0, inner, first)] if top else []
    pages = _paged(bands, height, first, least)
    for number, page in enumerate(pages):
        y = 0 if number else first
        for index, band in enumerate(page):
            lines = (height - y) // (len(page) - index)
            places += beside(band, number, y, width, lines)
            y += lines
    return Arrangement(tuple(places), len(pages))


def beside(panels: tuple[str, ...], page: int, y: int, width: int, height: int) -> list[Place]:
    """Panels side by side, equally wide."""
    room = width - 2 * MARGIN - GUTTER * (len(panels) - 1)
    widths = [room // len(panels) + (index < room % len(panels)) for index in range(len(panels))]
    starts = [MARGIN + sum(widths[:index]) + GUTTER * index for index in range(len(panels))]
    return [Place(panel, page, x, y, width, height) for panel, x, width in zip(panels, starts, widths, strict=True)]


def _paged(bands: Bands, height: int, first: int, least: int) -> list[Bands]:
    """The bands of each page, of which the first has less room."""
    here, later = max(1, (height - first) // least), max(1, height // least)
    rest = bands[here:]
    return [bands[:here], *(rest[index : index + later] for index in range(0, len(rest), later))]
