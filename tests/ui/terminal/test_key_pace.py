"""Which keys a hand gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.terminal.key_pace import MANY, POUR, QUIET, REST, Pacing

OPENED = 100.0
ENTER = "\r"
HELD = st.lists(st.sampled_from([0.0, 0.001, 0.02, 0.03, 0.04, 0.1, 0.25]), min_size=1, max_size=40)
"""Seconds between two enters of a key that is held, over any link."""


def noted(*keys: tuple[float, str]) -> Pacing:
    """Keys that are read so many seconds after one another, the first after the opening."""
    pacing, now = Pacing(), OPENED
    pacing.opens(now)
    for gap, key in keys:
        now += gap
        pacing.note(now, enter=key == ENTER)
    return pacing


def read(gap: float, keys: str) -> list[tuple[float, str]]:
    """Keys of one read."""
    return [(0.0 if index else gap, key) for index, key in enumerate(keys)]


def test_a_key_after_a_rest_counts_once_it_is_quiet() -> None:
    assert noted((0.31, ENTER)).patience == QUIET
    assert noted((1, "x"), (0.31, ENTER)).patience == QUIET
    assert noted(*read(1, "shop"), (0.31, ENTER)).patience == QUIET


def test_an_enter_right_after_the_last_letter_of_a_hand_counts_after_a_rest_of_its_own() -> None:
    assert noted((1, "p"), (0.06, ENTER)).patience == REST
    assert noted((1, "o"), (0.06, "p"), (0.29, ENTER)).patience == REST


def test_an_enter_right_after_a_paste_or_a_click_does_not_count() -> None:
    pacing = noted((1, "p"))
    pacing.interrupt(OPENED + 1.1)
    pacing.note(OPENED + 1.2, enter=True)
    assert pacing.patience is None
    pacing.note(OPENED + 1.51, enter=True)
    assert pacing.patience == QUIET


def test_a_click_among_keys_that_come_in_one_go_does_not_part_them() -> None:
    pacing = noted(*read(1, "sh"))
    pacing.interrupt(OPENED + 1)
    pacing.note(OPENED + 1, enter=True)
    assert pacing.poured


def test_a_key_that_comes_as_soon_as_the_question_does_not_count() -> None:
    assert noted((0.29, ENTER)).patience is None
    assert noted((0.0, ENTER)).early
    assert not noted((0.01, ENTER)).early
    unasked = Pacing()
    unasked.note(OPENED)
    assert unasked.early
    unasked.opens(OPENED + 1)
    unasked.note(OPENED + 0.5, enter=True)
    assert unasked.early, "read before, handled late"
    unasked.note(OPENED + 1.2, enter=True)
    assert unasked.patience is None, "the rest begins when the question stands there"


@given(HELD)
def test_no_enter_of_a_key_that_is_held_counts_but_the_first(gaps: list[float]) -> None:
    assert noted((1, ENTER), *((gap, ENTER) for gap in gaps)).patience is None
    assert noted(*((gap, ENTER) for gap in gaps)).patience is None, "held since before the question"


@given(st.text("abc", min_size=1, max_size=9), st.text("abc\r", max_size=9), st.sampled_from([0.06, 0.5, 9.0]))
def test_no_enter_counts_that_is_read_with_keys_before_it(letters: str, more: str, gap: float) -> None:
    pacing = noted(*read(gap, letters + more + ENTER))
    assert pacing.patience is None
    assert pacing.poured == (len(letters + more) + 1 >= MANY)


@given(st.text("abc", min_size=2, max_size=20), st.sampled_from([0.0, 0.001, 0.01, 0.049]))
def test_a_paste_pours_however_slowly_it_comes_and_its_enter_does_not_count(letters: str, gap: float) -> None:
    pacing = noted((1, letters[0]), *((gap, key) for key in letters[1:]), (gap, ENTER))
    assert pacing.poured
    assert pacing.patience is None
    assert noted((1, letters[0]), *((gap, key) for key in letters[1:]), (POUR, ENTER)).patience is None


@given(st.text("abc", min_size=1, max_size=40), st.sampled_from([0.0, 0.03, 0.1]))
def test_letters_alone_never_pour(letters: str, gap: float) -> None:
    assert not noted((1, letters[0]), *((gap, key) for key in letters[1:])).poured


@pytest.mark.parametrize("burst", ["sh\rop", "\rshop", "shop\r\r"])
def test_an_enter_anywhere_in_a_burst_spoils_all_of_it(burst: str) -> None:
    assert noted(*read(1, burst)).poured
    assert not noted(*read(1, burst), (0.06, "s")).poured
