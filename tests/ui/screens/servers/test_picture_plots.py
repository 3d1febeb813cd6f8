"""The charts of one server."""

from dataclasses import replace

from mctop.store.base.marks import Mark, MarkKind
from mctop.store.base.window import TimeWindow
from mctop.store.series.ratio_scale import RatioScale
from mctop.ui.screens.servers.picture import (
    ServersPicture,
    connections_plot,
    hits_plot,
    latency_plot,
    memory_plot,
    typical_latency,
)
from tests.ui import samples
from tests.ui.screens.servers.bad_server import SLOW, picture


def test_the_latency_of_a_server_stands_beside_the_median_of_all() -> None:
    shown = picture()
    plot = latency_plot(shown, SLOW, typical_latency(shown))
    assert plot is not None
    own, median = plot.lines
    assert (own.label, median.label) == ("latency", "median of all")
    assert (own.values[-1] or 0) > 3 * (median.values[-1] or 0)


def test_one_server_has_no_median_to_compare_with() -> None:
    found = samples.latency()
    alone = replace(found, series=found.series[:1])
    assert typical_latency(ServersPicture(latency=alone)) is None


def test_ratios_wait_until_their_scale_is_known() -> None:
    shown = replace(picture(), scale=RatioScale.UNKNOWN)
    plot = hits_plot(shown, SLOW)
    assert plot is not None
    assert [line.label for line in plot.lines] == ["requests"]
    plot = hits_plot(picture(), SLOW)
    assert plot is not None
    assert [line.label for line in plot.lines] == ["hit rate", "requests"]
    assert 40 < (plot.lines[0].values[-1] or 0) < 50


def test_every_chart_shows_the_window_and_the_marks_in_it() -> None:
    inside, before = Mark(samples.LAST - 60, MarkKind.FLUSH), Mark(samples.LAST - 30_000, MarkKind.FLUSH)
    shown = replace(picture(), time=TimeWindow(3_600), marks=(before, inside))
    others = (hits_plot(shown, SLOW), memory_plot(shown, SLOW), connections_plot(shown, SLOW))
    for plot in (latency_plot(shown, SLOW, None), *others):
        assert plot is not None
        assert (plot.start, plot.end, plot.marks) == (samples.LAST - 3_600, samples.LAST, (inside,))
        assert min(plot.lines[0].times) >= plot.start


def test_a_server_without_series_has_no_chart() -> None:
    assert latency_plot(picture(), "mc9", typical_latency(picture())) is None
    assert memory_plot(picture(), "mc9") is None
    assert hits_plot(ServersPicture(), SLOW) is None
