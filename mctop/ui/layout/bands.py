"""Panels in bands: side by side in a band, bands above one another, on as many pages as it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

SMALLEST = (40, 10)
"""Width and height of the terminal below which nothing useful can be shown."""
WIDE = 100
"""Columns from which panels stand side by side in every band: each of two has 48 then, enough for a table's key and
its numbers, or for a chart with its margins (40)."""
ROOMY = 40
"""Rows from which a blank line separates the bands: terminals of 24 or 30 lines have none to spare, those of 48 do."""
TABLE_FRAME = 2
"""Rows of a table that are not rows of it: its heading and its titles."""
LEAST_CHART = 9
"""Rows of a chart with a heading, a legend, its axes and lines that one can read."""
MARGIN, GUTTER = 1, 2
"""Blank columns at both sides of a page, and between two panels."""


class Place(NamedTuple):
    """One panel: its page, and its place on it."""

    panel: str
    page: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All panels that are shown, in the order of the page, and how many pages there are."""

    places: tuple[Place, ...] = ()
    pages: int = 1

    def page_of(self, panel: str, rather: int = 0) -> int:
        """The page a panel is on, of several preferably the page `rather`; 0 if it is on none."""
        pages = [place.page for place in self.places if place.panel == panel]
        return rather if rather in pages else next(iter(pages), 0)


class Slot(NamedTuple):
    """A panel in a stack: at least `least` rows, at most `most`; 0 is no bound."""

    panel: str
    least: int
    most: int = 0


class Stack(NamedTuple):
    """Panels above one another, and their share of the band's width."""

    share: int
    slots: tuple[Slot, ...]


class Band(NamedTuple):
    """Stacks side by side: at least `least` rows, and a share of the rows to spare."""

    least: int
    share: int
    stacks: tuple[Stack, ...]


def weighted_bands(bands: tuple[Band, ...], width: int, height: int) -> Arrangement:
    """Place bands of stacks on pages of `width` by `height`, as they stand on a page made of unlike panels.

    A page takes as many bands as have their least rows; what is left is shared by weight, and so is the width.
    """
    inner, gap = width - 2 * MARGIN, 1 if height >= ROOMY else 0
    pages = _weighted_pages(bands, height, gap)
    places: list[Place] = []
    for number, page in enumerate(pages):
        y = 0
        for band, rows in zip(page, _shared(page, height - gap * (len(page) - 1)), strict=True):
            places += _side_by_side(band, Box(number, y, inner, rows), gap)
            y += rows + gap
    return Arrangement(tuple(places), len(pages))


def _weighted_pages(bands: tuple[Band, ...], height: int, gap: int) -> list[list[Band]]:
    pages: list[list[Band]] = [[]]
    for band in bands:
        used = sum(other.least + gap for other in pages[-1])
        if pages[-1] and used + band.least > height:
            pages.append([])
        pages[-1].append(band)
    return pages


def _shared(bands: list[Band], height: int) -> list[int]:
    """Rows of each band: what it needs, and its share of the rest; the last that grows takes what division leaves."""
    spare = max(0, height - sum(band.least for band in bands))
    shares = sum(band.share for band in bands)
    rows = [band.least + (spare * band.share // shares if shares else 0) for band in bands]
    growing = [index for index, band in enumerate(bands) if band.share]
    if growing:
        rows[growing[0]] += max(0, height - sum(rows))
    return rows


class Box(NamedTuple):
    """Where a band stands: its page, its first row, and its size."""

    page: int
    y: int
    width: int
    rows: int


def _side_by_side(band: Band, box: Box, gap: int) -> list[Place]:
    room = box.width - GUTTER * (len(band.stacks) - 1)
    shares = sum(stack.share for stack in band.stacks)
    places: list[Place] = []
    x = MARGIN
    for stack in band.stacks:
        last = stack is band.stacks[-1]
        columns = MARGIN + box.width - x if last else room * stack.share // shares
        top = box.y
        for slot, lines in _stacked(stack.slots, box.rows, gap):
            places.append(Place(slot.panel, box.page, x, top, columns, lines))
            top += lines + gap
        x += columns + GUTTER
    return places


def _stacked(slots: tuple[Slot, ...], rows: int, gap: int) -> list[tuple[Slot, int]]:
    """The slots that have room, from the top, each with its rows."""
    placed: list[tuple[Slot, int]] = []
    for slot in slots:
        if not placed or sum(other.least + gap for other, _ in placed) + slot.least <= rows:
            placed.append((slot, min(slot.least, rows)))
    spare = rows - sum(lines + gap for _, lines in placed) + gap
    while spare > 0:
        growing = [i for i, (slot, lines) in enumerate(placed) if not slot.most or lines < slot.most]
        if not growing:
            break
        smallest = min(growing, key=lambda i: placed[i][1])
        placed[smallest] = (placed[smallest][0], placed[smallest][1] + 1)
        spare -= 1
    return placed


def full_page(panel: str, width: int, height: int) -> Arrangement:
    """One panel that has it all to itself."""
    return Arrangement((Place(panel, 0, MARGIN, 0, width - 2 * MARGIN, height),))


PanelBands = tuple[tuple[str, ...], ...]
"""The panels of each band, from left to right."""


def equal_bands(
    bands: PanelBands, width: int, height: int, least: int, top: tuple[str, int] | None = None
) -> Arrangement:
    """Place bands of like panels, equally high and their panels equally wide, on pages of `width` by `height`.

    A page takes as many bands as have `least` rows; rows that division leaves go to the lowest ones. `top` is a panel
    that stands above them on the first page, and its rows.
    """
    inner, first = width - 2 * MARGIN, top[1] if top else 0
    places = [Place(top[0], 0, MARGIN, 0, inner, first)] if top else []
    pages = _equal_pages(bands, height, first, least)
    for number, page in enumerate(pages):
        y = 0 if number else first
        for index, band in enumerate(page):
            rows = (height - y) // (len(page) - index)
            places += equal_columns(band, number, y, width, rows)
            y += rows
    return Arrangement(tuple(places), len(pages))


def equal_columns(panels: tuple[str, ...], page: int, y: int, width: int, height: int) -> list[Place]:
    """Panels side by side, equally wide; columns that division leaves go to the first ones."""
    room = width - 2 * MARGIN - GUTTER * (len(panels) - 1)
    widths = [room // len(panels) + (index < room % len(panels)) for index in range(len(panels))]
    starts = [MARGIN + sum(widths[:index]) + GUTTER * index for index in range(len(panels))]
    return [Place(panel, page, x, y, width, height) for panel, x, width in zip(panels, starts, widths, strict=True)]


def _equal_pages(bands: PanelBands, height: int, first: int, least: int) -> list[PanelBands]:
    """The bands of each page, of which the first has less room."""
    here, later = max(1, (height - first) // least), max(1, height // least)
    rest = bands[here:]
    return [bands[:here], *(rest[index : index + later] for index in range(0, len(rest), later))]
