"""A state as a person reads it: glyph, word and colour, so that none of the three must be trusted alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Tone = Literal["", "good", "fair", "poor", "muted", "accent"]
"""The colours of a state; "" is that of plain text."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A state; the tone colours it."""

    glyph: str
    word: str
    tone: Tone

    @property
    def text(self) -> str:
        """Glyph and word."""
        return f"{self.glyph} {self.word}"

    def saying(self, more: str) -> Badge:
        """The same state with more behind its word."""
        return replace(self, word=f"{self.word} {more}") if more else self


LIVE = Badge("●", "LIVE", "good")
STALE = Badge("◐", "STALE", "fair")
FROZEN = Badge("❚❚", "FROZEN", "accent")
OFFLINE = Badge("○", "OFFLINE", "poor")
CONNECTING = Badge("◌", "CONNECTING", "muted")
WAITING = Badge("◌", "waiting", "muted")
REFUSED = Badge("✗", "refused", "poor")

GOOD = Badge("✓", "good", "good")
FAIR = Badge("◆", "fair", "fair")
POOR = Badge("✗", "poor", "poor")
HIGH = Badge("!", "high", "fair")
QUIET = Badge("✓", "quiet", "good")
FIRES = Badge("!", "would fire", "poor")
UNKNOWN = Badge("?", "not known", "muted")
