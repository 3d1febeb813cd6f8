"""The chart of the Overview."""

from __future__ import annotations

from dataclasses import replace

from mctop.store.base.window import TimeWindow
from mctop.store.series.ratio_scale import RatioScale
from mctop.store.series.series_set import SeriesSet
from mctop.ui.screens.overview.picture import OverviewPicture, plot
from tests.ui import samples
from tests.ui.screens.overview.pictures import full


def test_memory_and_limit_stand_left_and_the_hit_rate_right_in_percent() -> None:
    drawn = plot(full())
    assert drawn is not None
    assert [(line.label, line.side) for line in drawn.lines] == [
        ("hit rate", "right"), ("memory", "left"), ("limit", "left"),
    ]  # fmt: skip
    assert drawn.right is not None
    assert drawn.right.reach == 100
    assert max(value for value in drawn.lines[0].values if value is not None) > 90


def test_it_spans_the_window_up_to_the_last_complete_bucket() -> None:
    drawn = plot(full())
    assert drawn is not None
    assert (drawn.start, drawn.end) == (samples.LAST - samples.WINDOW, samples.LAST)
    assert all(drawn.start <= time < drawn.end for line in drawn.lines for time in line.times)


def test_while_the_scale_is_unknown_there_is_no_hit_rate_to_draw() -> None:
    drawn = plot(replace(full(), scale=RatioScale.UNKNOWN))
    assert drawn is not None
    assert [line.label for line in drawn.lines] == ["memory", "limit"]


def test_marks_outside_the_window_are_not_drawn() -> None:
    drawn = plot(replace(full(), time=TimeWindow(3_600)))
    assert drawn is not None
    assert drawn.marks == ()


def test_without_data_there_is_nothing_to_draw() -> None:
    assert plot(OverviewPicture()) is None
    assert plot(OverviewPicture(insight=SeriesSet((), 60, samples.LAST))) is None
