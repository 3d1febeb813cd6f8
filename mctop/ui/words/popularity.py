"""Popularity of keys as a number, as a bar, and the time slice that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.format import duration

if TYPE_CHECKING:
    from mctop.api.models.introspection import PopularItems

BAR = 8
LONGEST_SLICE = 86_400
"""Seconds above which a time slice is not what we think it is, and is not shown."""
EIGHTHS = " ▏▎▍▌▋▊▉█"


def time_slice(popular: PopularItems) -> str:
    """How long the time slice is that popularity is about."""
    seconds = popular.time_slice / 1e9
    return f"last {duration(seconds)}" if 1 <= seconds <= LONGEST_SLICE else ""


def popularity(number: float) -> str:
    """Popularity as it is; it has no unit."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"


def bar(part: float) -> str:
    """A part of the greatest, 0-1, as a bar of at most `BAR` columns."""
    eighths = round(max(0.0, min(1.0, part)) * BAR * 8)
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()
