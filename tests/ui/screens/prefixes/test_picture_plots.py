"""The charts of one prefix."""

from dataclasses import replace

import pytest

from mctop.store.base.marks import Mark, MarkKind
from mctop.store.base.window import TimeWindow
from mctop.ui.screens.prefixes.picture import HITS, hit_rate_plot, share_plot, size_plot, traffic_plot
from tests.ui import samples
from tests.ui.screens.prefixes.watching import MIB, picture, series

FEED = series(2_100, 240 * MIB, 300, 280)


def test_the_traffic_has_hits_misses_and_mutations() -> None:
    plot = traffic_plot(picture(), FEED)
    assert plot is not None
    assert [line.label for line in plot.lines] == ["hits", "misses", "mutations"]


def test_ratios_are_worked_out_bucket_by_bucket() -> None:
    ratio, share = hit_rate_plot(picture(), FEED), share_plot(picture(), FEED)
    assert ratio is not None
    assert share is not None
    assert all(value is not None and 30 < value < 80 for value in ratio.lines[0].values)
    assert all(value == pytest.approx(40) for value in share.lines[0].values)


def test_a_share_waits_for_all_keys() -> None:
    assert share_plot(replace(picture(), compound=None), FEED) is None


def test_size_and_keys_have_an_axis_each() -> None:
    plot = size_plot(picture(), FEED)
    assert plot is not None
    assert plot.right is not None
    assert [line.side for line in plot.lines] == ["left", "right"]


def test_charts_show_the_window_its_cursor_and_its_marks() -> None:
    cursor, mark = samples.LAST - 600, Mark(samples.LAST - 900, MarkKind.ACTION, "watched feed:")
    shown = replace(picture(), time=TimeWindow(3_600, None, cursor), marks=(mark, Mark(5, MarkKind.FLUSH)))
    plot = traffic_plot(shown, FEED)
    assert plot is not None
    assert (plot.start, plot.end, plot.cursor, plot.marks) == (samples.LAST - 3_600, samples.LAST, cursor, (mark,))
    assert len(plot.lines[0].times) == 60


def test_there_is_no_chart_of_nothing() -> None:
    assert traffic_plot(picture(), None) is None
    assert hit_rate_plot(picture(), replace(FEED, series=())) is None
    assert FEED.get(HITS) is not None
