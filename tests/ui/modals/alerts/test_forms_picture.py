"""The chart of the back-test."""

from __future__ import annotations

from mctop.store.alerts.backtest import HIT_RATE, MEMORY_USAGE, Levels, backtest
from mctop.ui.modals.alerts.forms import plot

OVER = Levels(0, 300, 60, (0, 60, 120, 240), (90.0, 70.0, None, 95.0))


def test_the_stretches_are_drawn_over_the_line() -> None:
    drawn = plot(OVER, backtest(OVER, HIT_RATE, 80), HIT_RATE, 80)
    assert drawn is not None
    assert [(line.label, line.values) for line in drawn.lines] == [
        ("would fire", (None, 70.0, None, None)),
        ("hit rate", OVER.values),
    ]
    assert [(one.value, one.label) for one in drawn.thresholds] == [(80, "fires below 80 %")]
    assert (drawn.start, drawn.end, drawn.bucket, drawn.left.low) == (0, 300, 60, 60)


def test_where_nothing_fires_there_is_only_the_line() -> None:
    drawn = plot(OVER, backtest(OVER, MEMORY_USAGE, 96), MEMORY_USAGE, 96)
    assert drawn is not None
    assert [line.label for line in drawn.lines] == ["memory"]
    assert drawn.thresholds[0].label == "fires above 96 %"


def test_a_low_threshold_is_on_the_axis() -> None:
    drawn = plot(OVER, backtest(OVER, HIT_RATE, 5), HIT_RATE, 5)
    assert drawn is not None
    assert drawn.left.low == 0


def test_without_a_value_there_is_no_chart() -> None:
    nothing = Levels(0, 300, 60, (0,), (None,))
    assert plot(nothing, backtest(nothing, HIT_RATE, 80), HIT_RATE, 80) is None
