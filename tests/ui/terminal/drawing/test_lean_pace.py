"""Lean holds pictures back, but never from somebody who has just pressed a key."""

from __future__ import annotations

from mctop.ui.terminal.drawing.lean_pace import ATTENTIVE, PERIOD, LeanPace


def test_what_a_key_does_is_sent_at_once_and_so_is_what_it_fetches() -> None:
    pace = LeanPace(0.0)
    pace.touched(100.0)
    for late in (0.0, 1.0, ATTENTIVE - 0.1):
        assert pace.wait(100.0 + late) == 0.0
        pace.painted(100.0 + late)
    assert pace.wait(100.0 + ATTENTIVE) > 0


def test_what_changes_by_itself_is_sent_once_in_a_period() -> None:
    pace = LeanPace(0.0)
    pace.painted(100.0)
    assert pace.wait(100.0) == PERIOD
    assert pace.wait(100.0 + PERIOD - 1) == 1
    assert pace.wait(100.0 + PERIOD) == 0.0


def test_nothing_is_held_back_while_mctop_starts() -> None:
    assert LeanPace(50.0).wait(50.0 + ATTENTIVE / 2) == 0.0


def test_after_a_long_silence_nothing_waits() -> None:
    pace = LeanPace(0.0)
    pace.painted(1.0)
    assert pace.wait(1e6) == 0.0
