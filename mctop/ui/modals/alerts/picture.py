"""The back-test as a chart: the last day, the threshold, and the stretches over which it would have fired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.backtest import HIT_RATE, firing
from mctop.ui.format import Unit
from mctop.ui.renderables.plot import Axis, Line, Plot, Threshold
from mctop.ui.text import Clean

if TYPE_CHECKING:
    from mctop.store.backtest import BackTest, Levels

LOWS = (80.0, 60.0, 0.0)
"""Where the axis may begin, so that it ends at 100 however it is divided."""


def plot(over: Levels, found: BackTest, trigger_type: str, threshold: float) -> Plot | None:
    """The chart; None without a single value."""
    known = [value for value in over.values if value is not None]
    if not known:
        return None
    low = next((low for low in LOWS if low <= min(*known, threshold)), 0.0)
    label, side = ("hit rate", "below") if trigger_type == HIT_RATE else ("memory", "above")
    lines = (
        Line(Clean("would fire"), over.times, firing(over, found), "line6"),
        Line(Clean(label), over.times, over.values, "line3" if trigger_type == HIT_RATE else "line1"),
    )
    return Plot(
        over.start, over.end, Axis(Unit.PERCENT, low, 100), lines if found.stretches else lines[1:],
        thresholds=(Threshold(threshold, Clean(f"fires {side} {threshold:g} %"), "poor"),), bucket=over.bucket,
    )  # fmt: skip
