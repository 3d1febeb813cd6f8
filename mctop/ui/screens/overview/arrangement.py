"""Where the Overview's panels stand at a given size: every panel is whole, or on another page, or left out."""

from __future__ import annotations

from typing import NamedTuple

from mctop.ui.layout.bands import MARGIN, ROOMY, WIDE, Arrangement, Band, Slot, Stack, full_page, weighted_bands

CARDS, CHART, SERVERS, HIT, MISSED, LOG, ALERTS = "cards", "chart", "servers", "hit", "missed", "log", "alerts"
SLIM = 72
"""Columns below which no panels stand side by side."""


class Wants(NamedTuple):
    """How many rows of data the panels have that need not grow."""

    servers: int = 3
    alerts: int = 2


def arrange(width: int, height: int, wants: Wants = Wants(), full: str | None = None) -> Arrangement:  # noqa: B008  # frozen
    """Place the panels on pages of `width` by `height`; `full` names one that has it all to itself."""
    if full is not None:
        return full_page(full, width, height)
    return weighted_bands(_bands(width, height, wants), width, height)


def card_columns(width: int) -> int:
    """How many cards stand side by side where `width` columns are inside the margins."""
    return 4 if width + 2 * MARGIN >= SLIM else 2


def _bands(width: int, height: int, wants: Wants) -> tuple[Band, ...]:
    if width < SLIM:
        return (_cards(height, 4, 28, 40), *(_by_itself(panel, 8 if panel == CHART else 6) for panel in
                (CHART, SERVERS, HIT, MISSED, ALERTS, LOG)))  # fmt: skip
    if width < WIDE:
        return (
            _cards(height, 2, 16, 20),
            _by_itself(CHART, 8, share=3),
            Band(6, 3, (Stack(1, (Slot(SERVERS, 6),)), Stack(1, (Slot(HIT, 6),)))),
            Band(5, 2, (Stack(1, (Slot(MISSED, 5),)), Stack(1, (Slot(ALERTS, 5),)))),
            _by_itself(LOG, 6, share=2),
        )
    known = (Slot(SERVERS, 5, wants.servers + 2), Slot(ALERTS, 3, wants.alerts + 2))
    return (
        _cards(height, 2, 16, 24),
        Band(8, 5, (Stack(64, (Slot(CHART, 8),)), Stack(36, (Slot(HIT, 6), Slot(MISSED, 6))))),
        Band(8, 2, (Stack(52, known), Stack(48, (Slot(LOG, 8),)))),
    )


def _cards(height: int, rows: int, three: int, four: int) -> Band:
    """The cards, in `rows` rows of as many lines as the height allows."""
    lines = 5 if height >= ROOMY + 4 * (rows - 2) else 4 if height >= four else 3 if height >= three else 2
    return Band(rows * lines, 0, (Stack(1, (Slot(CARDS, rows * lines),)),))


def _by_itself(panel: str, least: int, share: int = 1) -> Band:
    return Band(least, share, (Stack(1, (Slot(panel, least),)),))
