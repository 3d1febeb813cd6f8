"""Questions to the terminal about where its cursor stands: how wide it draws signs, and how long an answer takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.words.signs import SignSet

if TYPE_CHECKING:
    from collections.abc import Callable


AMBIGUOUS, NARROW = "·", "⣿"
"""A sign that some terminals draw two cells wide, and one that all of them draw one wide. The bytes of both are letters
where UTF-8 is not understood, which then takes five cells."""
ROW = 2
"""Where it is asked: the answer in the first row is spelled like F3 with shift."""
SLOW = 0.15
"""Seconds for an answer, there and back, from which on every byte that is not sent is felt."""
TRIPS = 4
"""Answers that are waited for, at most, before a terminal is called slow: the first ones come while mctop starts, and
one that is quick proves that the link is."""


class Probe:
    """Asks one question at a time, and never waits: an answer that does not come leaves everything as it is."""

    def __init__(self, monotonic: Callable[[], float], signs: SignSet = SignSet.UNICODE) -> None:
        self._monotonic = monotonic
        self._draws = signs is SignSet.UNICODE  # with any others, there is nothing to find out
        self._asked: float | None = None
        self.cells: int | None = None
        """How many cells the terminal needed for the two signs, None until it has said that."""
        self._trips: tuple[float, ...] = ()

    def question(self) -> str:
        """What to send; the first question draws two signs and wipes them away again, so ask it before any frame.

        It draws none where fewer signs are used anyway.
        """
        self._asked = self._monotonic()
        drawn, wiped = (AMBIGUOUS + NARROW, "\x1b[2K") if self._draws else ("", "")
        return f"\x1b[{ROW};1H{drawn}\x1b[6n{wiped}"

    def answered(self, row: int, column: int) -> bool:
        """Take an answer, counted from 1; whether it was one to the question that waits for it."""
        if self._asked is None or row != ROW:
            return False
        self._trips = (*self._trips, self._monotonic() - self._asked)
        self._asked = None
        if self._draws:
            self._draws, self.cells = False, column - 1
        return True

    @property
    def undecided(self) -> bool:
        """Whether another answer would tell whether the terminal is slow."""
        return len(self._trips) < TRIPS and not any(trip < SLOW for trip in self._trips)

    @property
    def slow(self) -> float | None:
        """Seconds that the quickest answer took, once all of them were slow; else None."""
        return min(self._trips) if len(self._trips) >= TRIPS and min(self._trips) >= SLOW else None


def signs_by(cells: int, signs: SignSet) -> SignSet:
    """The signs for a terminal that drew the two within so many cells, where `signs` are what was thought of it."""
    if signs is not SignSet.UNICODE or cells < 1:
        return signs
    wide = len(AMBIGUOUS + NARROW) + 1
    return SignSet.ASCII if cells > wide else SignSet.NARROW if cells == wide else signs
