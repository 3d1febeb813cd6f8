"""The band of a hit rate, as a badge and as a colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.counters.hit_rate_bands import FAIR_FROM, GOOD_FROM
from mctop.ui.words.badge import FAIR, GOOD, POOR

if TYPE_CHECKING:
    from mctop.ui.words.badge import Badge, Tone


def band(hit_rate: float | None) -> Badge | None:
    """Whether a hit rate, a percentage 0-100, is good, fair or poor; no traffic is none of them."""
    if hit_rate is None:
        return None
    return GOOD if hit_rate >= GOOD_FROM else FAIR if hit_rate >= FAIR_FROM else POOR


def band_tone(hit_rate: float | None) -> Tone:
    """The colour of a hit rate, a percentage 0-100."""
    badge = band(hit_rate)
    return badge.tone if badge else "muted"
