"""Levels of the hit rate on a chart."""

from __future__ import annotations

import pytest

from mctop.store.counters.flush_recovery import Recovery
from mctop.ui.screens.shared.chart_levels import recovery_levels


def test_the_level_is_what_is_to_be_reached_and_gone_once_it_is() -> None:
    (level,) = recovery_levels(Recovery(100, 0.9, 280, 0.63), "right")
    assert level.value == pytest.approx(81)
    assert level.side == "right"
    assert str(level.label) == "90 % of before the flush"
    assert recovery_levels(Recovery(100, 0.9, 280, 0.9, 100)) == recovery_levels(None) == ()
