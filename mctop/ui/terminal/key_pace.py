"""The pace of keys, which tells a hand that has read the question from a held key, a paste or a stream."""

from __future__ import annotations

from math import inf

REST = 0.3
"""Seconds without any key before one that may answer, or after it."""
QUIET = 0.1
"""Seconds without any key after one that came after a rest: a key that is held repeats within less."""
POUR = 0.05
"""Seconds within which the next key comes in one go with the one before; a link may deliver many keys in one read."""
MANY = 3
"""Keys in one go, an enter among them, that no hand gives: two may be rolled over."""


class Pacing:
    """Notes when keys were read, in seconds of one clock; those of one read have one time."""

    def __init__(self) -> None:
        self._opened = self._newest = inf
        self._enters = self._others = 0
        self.early = True
        """Whether the newest key was read before the question stood there."""
        self.patience: float | None = None
        """Seconds of silence after which the newest key counts as pressed by a hand alone; None where it does not."""

    @property
    def opened(self) -> bool:
        """Whether the question stands there."""
        return self._opened < inf

    @property
    def together(self) -> int:
        """How many keys have come in one go, up to the newest."""
        return self._enters + self._others

    @property
    def mixed(self) -> bool:
        """Whether an enter and another key came in one go."""
        return self._enters > 0 and self._others > 0

    @property
    def poured(self) -> bool:
        """Whether the keys that came in one go are what a paste of a line is: text and an enter."""
        return self.mixed and self.together >= MANY

    def opens(self, now: float) -> None:
        """The question stands there from now on."""
        self._opened = self._newest = now
        self._enters, self._others = 1, 0

    def interrupt(self, now: float) -> None:
        """Something has come that is no key of a hand: an enter right after it may be a part of it."""
        if now - self._newest >= POUR:
            self._others = 0
        self._enters = 1
        self._newest = max(self._newest, now)

    def note(self, read: float, *, enter: bool = False) -> None:
        """A key has come whose bytes were read at a time.

        An enter right after one letter of a hand counts if silence follows; after another enter it may be one that is
        held, and after several keys in one go the end of a stream.
        """
        gap, lone_letter = read - self._newest, (self._enters, self._others) == (0, 1)
        self.early = read <= self._opened
        if gap >= POUR:
            self._enters = self._others = 0
        self._enters, self._others = self._enters + enter, self._others + (not enter)
        self._newest = read if self._newest == inf else max(read, self._newest)
        if self.early or gap < POUR:
            self.patience = None
        elif gap >= REST:
            self.patience = QUIET
        else:
            self.patience = REST if lone_letter else None
