"""The window in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mctop.store.window import RANGES
from mctop.ui.format import duration

if TYPE_CHECKING:
    from mctop.store.window import TimeWindow

NAMES = {seconds: name for name, seconds in RANGES.items()}


def length(window: TimeWindow) -> str:
    """How long it is: the name of its range, if it has one."""
    return NAMES.get(window.seconds) or duration(window.seconds)


def spanned(window: TimeWindow) -> str:
    """Which stretch of time it is: `the last 6h`, `6h to Sep 21 03:10Z`."""
    return f"the last {length(window)}" if window.end is None else f"{length(window)} to {moment_text(window.end)}"


def moment_text(time: float) -> str:
    """UTC date and time of an epoch second: `Sep 21 03:10Z`."""
    return datetime.fromtimestamp(time, UTC).strftime("%b %d %H:%MZ")
