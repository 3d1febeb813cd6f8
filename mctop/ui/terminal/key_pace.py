"""The pace of keys, which tells a hand that has read the question from a held key, a paste or a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.store.base.clock import Clock


REST = 0.3
"""Seconds without any key before one that may answer."""
POUR = 0.05
"""Seconds within which no hand types as many characters as MANY."""
MANY = 3


class Pacing:
    """Notes when keys come, on a clock; opening counts as one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._times: tuple[float, ...] = (clock.monotonic(),)
        self.rested = False
        """Whether the newest key came after a rest."""
        self.poured = False
        """Whether the newest key came with so many others that nobody typed them."""

    def note(self) -> None:
        """A key has come; what pours goes on until there is a rest."""
        now = self._clock.monotonic()
        self.rested = now - self._times[-1] >= REST
        self._times = (*self._times, now)[-MANY:]
        fast = len(self._times) == MANY and now - self._times[0] < POUR
        self.poured = fast or (self.poured and not self.rested)
