"""Cards."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from mctop.ui.widgets.card import CardFace, card_lines
from mctop.ui.words.badge import GOOD, STALE
from mctop.ui.words.runs import Run

FACE = CardFace(
    "Hit rate",
    "93.4 %",
    ("over 5s", "5s"),
    GOOD,
    ("▲ +1.6 pt vs hour before", "▲ +1.6 pt"),
    (("91.8 % over the hour before", "1h avg 91.8 %"), ("get alone 94.1 %",)),
    (1.0, 2.0, None, 4.0),
    "6h",
)


def shown(width: int, height: int, face: CardFace = FACE, *, stale: bool = False) -> list[str]:
    """The text of a card."""
    badge = STALE.saying("12s") if stale else None
    return ["".join(run.text for run in line) for line in card_lines(face, badge, width, height)]


def test_a_card_with_room_says_everything() -> None:
    *said, trend = shown(38, 5)
    assert said == [
        "Hit rate ────────────── ✓ good over 5s",
        "93.4 %        ▲ +1.6 pt vs hour before",
        "91.8 % over the hour before",
        "get alone 94.1 %",
    ]
    assert trend.endswith("█ 6h")


@pytest.mark.parametrize("height", range(1, 7))
@pytest.mark.parametrize("width", range(8, 41))
def test_no_line_is_wider_than_the_card_and_there_are_no_more_of_them(width: int, height: int) -> None:
    for stale in (False, True):
        lines = shown(width, height, stale=stale)
        assert len(lines) <= height
        assert all(cell_len(line) <= width for line in lines)


def test_the_details_go_before_the_trend_and_the_value_last() -> None:
    assert [line.split()[0] for line in shown(18, 4)][:3] == ["Hit", "93.4", "1h"]
    assert shown(18, 3)[2].endswith(" 6h")
    assert shown(18, 2)[1] == "93.4 %   ▲ +1.6 pt"


def test_a_state_keeps_its_glyph_and_its_word_at_80_columns() -> None:
    assert shown(18, 4)[0] == "Hit rate ── ✓ good"


def test_a_card_that_is_not_live_says_so_in_place_of_the_change() -> None:
    assert shown(18, 4, stale=True)[1] == "93.4 % ◐ STALE 12s"
    assert shown(14, 4, stale=True)[1] == "93.4 % ◐ STALE"


def test_what_is_not_known_is_muted() -> None:
    lines = card_lines(CardFace("Latency", "–"), None, 18, 4)
    assert lines[1][0].style == "muted"


def test_without_history_there_is_no_trend() -> None:
    assert card_lines(CardFace("Items", "3"), None, 18, 4)[-1] == ()


def test_the_tone_of_the_state_is_worn_by_the_state_alone() -> None:
    assert [run for run in card_lines(FACE, None, 30, 4)[0] if run.style == "good"] == [Run("✓ good", "good")]
