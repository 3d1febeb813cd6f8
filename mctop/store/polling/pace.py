"""Poll intervals, and when to try again after a failure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random


JITTER = 0.1
"""The share of the cadence by which a poll is early or late, so that many dashboards do not poll together."""
SETTLING = 2.0
"""Seconds after a bucket closes at which the server is taken to know it, and by how much more a poll may be late."""
SOONEST = 1.0
"""Seconds between two tries of one endpoint, at least, however often somebody presses the key."""


class Pace(Protocol):
    """The cadence of one endpoint."""

    @property
    def every(self) -> float:
        """Seconds between polls."""

    def after(self, started: float, now: float) -> float:
        """The monotonic time of the poll that follows one that began at `started` and is over at `now`."""


@dataclass(frozen=True, slots=True)
class Steady:
    """Every so many seconds; what was missed is skipped."""

    every: float
    random: Random

    def after(self, started: float, now: float) -> float:
        """A jittered cadence after the start, and as many more as it takes to lie ahead."""
        due = started + self.every * self.random.uniform(1 - JITTER, 1 + JITTER)
        return due + max(0, math.ceil((now - due) / self.every)) * self.every


@dataclass(frozen=True, slots=True)
class Varying:
    """Steady, but `seconds` tells the cadence anew each time."""

    seconds: Callable[[], float]
    random: Random

    @property
    def every(self) -> float:
        """Seconds between polls, as of now."""
        return self.seconds()

    def after(self, started: float, now: float) -> float:
        """The time at which a steady poll at the cadence of now would follow."""
        return Steady(self.every, self.random).after(started, now)


@dataclass(frozen=True, slots=True)
class ByBucket:
    """As each bucket closes; `bucket` tells its seconds, `server_now` epoch seconds on the server's clock."""

    bucket: Callable[[], int]
    server_now: Callable[[], float]
    random: Random

    @property
    def every(self) -> float:
        """Seconds of a bucket."""
        return self.bucket()

    def after(self, started: float, now: float) -> float:
        """A moment after the next close."""
        wait = self.every - (self.server_now() - SETTLING) % self.every
        return now + wait + self.random.uniform(0, SETTLING)


SELDOM = 300.0
"""Seconds after which an API that denies access is asked again: a dozen requests an hour trouble nobody, and lock no
account; the newest credentials work after three minutes."""
RECOVERY, EARLY = 12.0, 8
"""Seconds between the first tries, at most, and how many those are: what was wrong for some seconds is well on the
screen within 15."""


def next_look(now: float, random: Random) -> float:
    """The monotonic time to ask an API again that denied access at `now`."""
    return now + SELDOM * random.uniform(1 - JITTER, 1 + JITTER)


def next_try(started: float, now: float, failures: int, slowest: float, random: Random) -> float:
    """The monotonic time to try again after `failures` in a row: doubling, fully jittered, `slowest` apart at most.

    The time that the failed try took counts, so that a server which hangs is not asked less often.
    """
    longest = min(slowest, 2.0 ** min(failures, 16), RECOVERY if failures <= EARLY else slowest)
    apart = random.uniform(0, longest)
    return max(now + SOONEST, started + apart)


OVERLAP = 0.5
"""The part of a window that may be new to it: half, so that a burst of twice the lines still overlaps."""


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
