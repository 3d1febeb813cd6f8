"""The pace of the log: leisurely, or as fast as it takes for two polls to overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.pace import SOONEST, Steady

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

OVERLAP = 0.5
"""How much of a window may be new to it, so that a burst of twice the lines is still seen whole."""


class Overlapping:
    """Every `leisurely` seconds; while `hurried`, as much faster as windows turn over, but at most once a second.

    `turnover` tells how much of a window was new at the newest poll, None where that is not known.
    """

    def __init__(
        self, leisurely: float, hurried: Callable[[], bool], turnover: Callable[[], float | None], random: Random
    ) -> None:
        self._leisurely = leisurely
        self._hurried = hurried
        self._turnover = turnover
        self._random = random
        self._every = leisurely

    @property
    def every(self) -> float:
        """Seconds between polls."""
        return self._every

    def after(self, started: float, now: float) -> float:
        """The monotonic time of the next poll; the cadence never more than doubles from one poll to the next."""
        turnover = self._turnover()
        if not self._hurried():
            self._every = self._leisurely
        elif turnover is None:
            self._every = SOONEST
        else:
            slower = min(self._leisurely, 2 * self._every)
            self._every = max(SOONEST, min(slower, self._every * OVERLAP / turnover if turnover else slower))
        return Steady(self._every, self._random).after(started, now)
