"""States as a person reads them."""

from __future__ import annotations

import pytest

from mctop.ui.words import badge
from mctop.ui.words.badge import STALE, Badge
from mctop.ui.words.hit_rate_band import band

BADGES = [value for value in vars(badge).values() if isinstance(value, Badge)]


def test_every_state_has_a_glyph_a_word_and_a_colour() -> None:
    assert BADGES
    assert all(one.glyph and one.word and one.tone for one in BADGES)


def test_no_two_states_look_the_same_without_colour() -> None:
    assert len({one.text for one in BADGES}) == len(BADGES)


def test_more_is_said_behind_the_word() -> None:
    assert STALE.saying("12s").text == "◐ STALE 12s"
    assert STALE.saying("") == STALE


@pytest.mark.parametrize(
    ("hit_rate", "word"), [(100, "good"), (80, "good"), (79.9, "fair"), (50, "fair"), (49.9, "poor"), (0, "poor")]
)
def test_the_bands_of_the_hit_rate(hit_rate: float, word: str) -> None:
    found = band(hit_rate)
    assert found is not None
    assert found.word == word


def test_no_traffic_is_in_no_band() -> None:
    assert band(None) is None
