"""The terminal is asked how wide it draws, and is called slow only where every answer was."""

from __future__ import annotations

from itertools import count

import pytest

from mctop.ui.terminal.drawing.probe import SLOW, TRIPS, Probe, signs_by
from mctop.ui.terminal.keyboard import Keyboard
from mctop.ui.words.signs import SignSet


class Link:
    """A clock that moves by what each answer takes."""

    def __init__(self) -> None:
        self.now = 100.0
        self.probe = Probe(lambda: self.now)

    def ask(self, seconds: float, column: int = 1) -> None:
        """Ask, and have it answered after so many seconds."""
        self.probe.question()
        self.now += seconds
        assert self.probe.answered(2, column)


def test_the_first_question_draws_two_signs_asks_and_wipes_them_away() -> None:
    probe = Probe(lambda: 0.0)
    assert probe.question() == "\x1b[2;1H·⣿\x1b[6n\x1b[2K"
    probe.answered(2, 3)
    assert probe.question() == "\x1b[2;1H\x1b[6n"


@pytest.mark.parametrize("signs", [SignSet.NARROW, SignSet.CONSOLE, SignSet.ASCII])
def test_nothing_is_drawn_where_fewer_signs_are_used_anyway(signs: SignSet) -> None:
    probe = Probe(lambda: 0.0, signs)
    assert probe.question() == "\x1b[2;1H\x1b[6n"
    assert probe.answered(2, 1)
    assert probe.cells is None


@pytest.mark.parametrize(
    ("cells", "signs"),
    [(2, SignSet.UNICODE), (3, SignSet.NARROW), (5, SignSet.ASCII), (0, SignSet.UNICODE)],
)
def test_what_the_signs_took_says_which_can_be_used(cells: int, signs: SignSet) -> None:
    link = Link()
    link.ask(0.01, cells + 1)
    link.ask(0.01)
    assert link.probe.cells == cells
    assert signs_by(cells, SignSet.UNICODE) is signs


@pytest.mark.parametrize("signs", [SignSet.CONSOLE, SignSet.ASCII, SignSet.NARROW])
def test_an_answer_never_adds_signs_that_the_environment_does_not_allow(signs: SignSet) -> None:
    assert [signs_by(cells, signs) for cells in range(6)] == [signs] * 6


def test_the_bytes_of_the_signs_are_letters_where_utf_8_is_not_understood() -> None:
    as_letters = "·⣿".encode().decode("latin-1")
    assert as_letters.isprintable()
    assert signs_by(len(as_letters), SignSet.UNICODE) is SignSet.ASCII


@pytest.mark.parametrize("row", [1, 3, 24])
def test_an_answer_about_another_row_is_none(row: int) -> None:
    probe = Probe(lambda: 0.0)
    probe.question()
    assert not probe.answered(row, 3)
    assert probe.answered(2, 3)
    assert probe.cells == 2


def test_an_answer_that_nobody_asked_for_is_none() -> None:
    assert not Probe(lambda: 0.0).answered(2, 3)


def test_one_quick_answer_proves_a_quick_link() -> None:
    link = Link()
    link.ask(0.9)  # while mctop starts
    assert link.probe.undecided
    link.ask(SLOW / 2)
    assert (link.probe.undecided, link.probe.slow) == (False, None)


def test_a_link_is_slow_when_every_answer_was_and_by_its_quickest() -> None:
    link = Link()
    for trip in range(TRIPS):
        assert (link.probe.undecided, link.probe.slow) == (True, None)
        link.ask(0.5 - trip / 10)
    assert not link.probe.undecided
    assert link.probe.slow == pytest.approx(0.5 - (TRIPS - 1) / 10)


def test_without_an_answer_nothing_is_known() -> None:
    moments = count()
    probe = Probe(lambda: float(next(moments)))
    probe.question()
    assert (probe.undecided, probe.slow) == (True, None)


def test_the_answer_is_never_a_key_however_it_is_split() -> None:
    answer = b"\x1b[2;3R"
    for at in range(1, len(answer)):
        keyboard = Keyboard()
        messages = [*keyboard.feed(answer[:at]), *keyboard.feed(answer[at:])]
        assert [type(message).__name__ for message in messages] == ["CursorPosition"]
