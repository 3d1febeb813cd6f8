"""The pace at which a terminal at the end of a slow link is sent what changes by itself."""

from __future__ import annotations

PERIOD = 10.0
"""Seconds between two pictures that nobody asked for: two polls of the counters. What is replaced meanwhile is never
sent."""
ATTENTIVE = 10.0
"""Seconds after a key, a click or a start in which everything is sent at once: views fetch what they show meanwhile."""
PROMPT = 1
"""Lines from the top that never wait: they say how honest the picture is."""


class LeanPace:
    """Says how long a picture may wait. All times are monotonic, in seconds."""

    def __init__(self, now: float) -> None:
        self._touched = self._painted = now

    def touched(self, now: float) -> None:
        """Somebody has done something, and wants to see what it does."""
        self._touched = now

    def painted(self, now: float) -> None:
        """Everything was sent."""
        self._painted = now

    def wait(self, now: float) -> float:
        """Seconds for which a picture of this moment is held back; 0 if it is not."""
        if now - self._touched < ATTENTIVE:
            return 0.0
        return max(0.0, self._painted + PERIOD - now)
