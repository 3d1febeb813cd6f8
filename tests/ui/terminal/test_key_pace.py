"""Which keys a hand gives."""

from __future__ import annotations

from mctop.ui.terminal.key_pace import Pacing
from tests.ui.stage import StillClock


def noted(*gaps: float) -> Pacing:
    """Keys that come so many seconds after one another, the first after the opening."""
    clock = StillClock()
    pacing = Pacing(clock)
    for gap in gaps:
        clock.passed += gap
        pacing.note()
    return pacing


def test_a_key_that_comes_as_soon_as_the_dialog_is_not_rested() -> None:
    assert not noted(0.29).rested
    assert noted(0.31).rested


def test_a_key_that_is_held_down_is_never_rested_however_long() -> None:
    assert not noted(1, *[0.03] * 200).rested
    assert not noted(1, 0.29).rested
    assert noted(1, *[0.03] * 200, 0.31).rested


def test_three_characters_at_once_pour_and_go_on_pouring_until_there_is_a_rest() -> None:
    assert noted(1, 0.001, 0.001).poured
    assert noted(1, 0.001, 0.001, 0.2, 0.2).poured
    assert not noted(1, 0.001, 0.001, 0.2, 0.31).poured


def test_neither_a_fast_hand_nor_key_repeat_pours() -> None:
    assert not noted(1, *[0.03] * 50).poured
    assert not noted(1, 0.1, 0.001, 0.1, 0.001).poured
