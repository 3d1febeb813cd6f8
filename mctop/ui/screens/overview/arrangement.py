"""Places of the Overview's panels at a given size: every panel is whole, or on another page, or left out."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from mctop.ui.layout.bands import MARGIN, TABLE_FRAME, WIDE, Arrangement, Band, Slot, Stack, full_page, weighted_bands

CARDS, CHART, SERVERS, HIT, MISSED, LOG, ALERTS = "cards", "chart", "servers", "hit", "missed", "log", "alerts"
SLIM = 72
"""Columns below which no panels stand side by side."""
CHART_ROWS = 8
"""Rows of a chart whose lines one can read: a heading, a legend, the axis of time and five rows of lines."""
TABLE_ROWS, SHORT_TABLE_ROWS = 6, 5
"""Rows of a table: a heading, titles, and four rows, or three where two tables share what the first page leaves."""
CHART_SHARE, KEYS_SHARE = 64, 36
"""Percentages of the width: at 120 columns both tables of keys have all their columns, and the chart the rest."""
SERVERS_SHARE, LOG_SHARE = 52, 48
"""Percentages of the width: at 160 columns the table of servers has all its columns, and the log the rest."""


class Contents(NamedTuple):
    """How many cards there are, and how many rows of data the panels have that need not grow."""

    cards: int
    servers: int = 3
    alerts: int = 2


@lru_cache(maxsize=16)
def arrange(width: int, height: int, contents: Contents, full: str | None = None) -> Arrangement:
    """Place the panels on pages of `width` by `height`; `full` names one that has it all to itself.

    It is asked 63 times until the first counters are on the screen, nearly always the same: each key asks where panels
    are to tell whether it works.
    """
    if full is not None:
        return full_page(full, width, height)
    return weighted_bands(_bands(width, height, contents), width, height)


LEAST_CARD = 2
"""Lines of a card without which it says nothing: its title and its value."""


class CardRoom(NamedTuple):
    """Lines of the page that must be left below the cards for each of them to have three lines, four, or all five."""

    three: int
    four: int
    five: int


# The trend is the third line, details are the fourth and fifth. At 80×24 the cards have four lines, and chart, servers
# and most hit keys stand on the page with them; at 120×30 four, and all panels on one page; at 160×48 all five.
SLIM_ROOM, NARROW_ROOM, WIDE_ROOM = CardRoom(16, 24, 28), CardRoom(10, 12, 30), CardRoom(10, 16, 30)


def card_columns(cards: int, width: int, height: int) -> int:
    """How many cards stand side by side in `width` by `height` inside the margins: more where rows have no room."""
    columns = 4 if width + 2 * MARGIN >= SLIM else 2
    while columns < cards and -(-cards // columns) * LEAST_CARD > height:
        columns += 1
    return columns


def _bands(width: int, height: int, contents: Contents) -> tuple[Band, ...]:
    if width < SLIM:
        tables = (_band(panel, TABLE_ROWS) for panel in (SERVERS, HIT, MISSED, ALERTS, LOG))
        return (_cards(contents.cards, width, height, SLIM_ROOM), _band(CHART, CHART_ROWS), *tables)
    if width < WIDE:
        return (
            _cards(contents.cards, width, height, NARROW_ROOM),
            _band(CHART, CHART_ROWS, share=3),
            _pair(SERVERS, HIT, TABLE_ROWS, share=3),
            _pair(MISSED, ALERTS, SHORT_TABLE_ROWS, share=2),
            _band(LOG, TABLE_ROWS, share=2),
        )
    beside_log = (
        Slot(SERVERS, SHORT_TABLE_ROWS, contents.servers + TABLE_FRAME),
        Slot(ALERTS, TABLE_FRAME + 1, contents.alerts + TABLE_FRAME),
    )
    keys = (Slot(HIT, TABLE_ROWS), Slot(MISSED, TABLE_ROWS))
    return (
        _cards(contents.cards, width, height, WIDE_ROOM),
        Band(CHART_ROWS, 5, (Stack(CHART_SHARE, (Slot(CHART, CHART_ROWS),)), Stack(KEYS_SHARE, keys))),
        Band(CHART_ROWS, 2, (Stack(SERVERS_SHARE, beside_log), Stack(LOG_SHARE, (Slot(LOG, CHART_ROWS),)))),
    )


def _cards(cards: int, width: int, height: int, room: CardRoom) -> Band:
    """The cards, in rows of as many lines as the height allows."""
    rows = -(-cards // card_columns(cards, width - 2 * MARGIN, height))
    allowed = ((5, room.five), (4, room.four), (3, room.three))
    lines = next((lines for lines, left in allowed if height - rows * lines >= left), LEAST_CARD)
    return _band(CARDS, rows * lines, share=0)


def _band(panel: str, least: int, share: int = 1) -> Band:
    return Band(least, share, (Stack(1, (Slot(panel, least),)),))


def _pair(left: str, right: str, least: int, share: int) -> Band:
    return Band(least, share, (Stack(1, (Slot(left, least),)), Stack(1, (Slot(right, least),))))
