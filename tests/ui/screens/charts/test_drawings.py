"""The charts as values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mctop.store.base.window import TimeWindow
from mctop.store.series.ratio_scale import RatioScale
from mctop.ui.screens.charts.drawings import Drawing, drawings
from mctop.ui.screens.charts.picture import FIRST_CHOICE, Earlier
from mctop.ui.stats import GROUPS, STATS
from mctop.ui.words.format import Unit
from tests.ui import samples
from tests.ui.screens.charts.pictures import DAY, WHOLE, earlier, live, of_servers

if TYPE_CHECKING:
    from mctop.ui.screens.charts.picture import ChartsPicture

ALL = replace(WHOLE, choice=replace(FIRST_CHOICE, on=frozenset(STATS)))


def by_title(picture: ChartsPicture = WHOLE) -> dict[str, Drawing]:
    return {one.title: one for one in drawings(picture) if one is not None}


def labels(drawing: Drawing) -> list[str]:
    return [line.label for line in drawing.plot.lines] if drawing.plot else []


def test_each_group_with_something_on_is_a_chart_in_its_place() -> None:
    drawn = drawings(WHOLE)
    assert len(drawn) == len(GROUPS)
    assert [one.title for one in drawn if one] == ["Hit rates", "Traffic", "Memory", "Evictions"]
    assert drawn[4:] == (None,) * (len(GROUPS) - 4)


def test_units_that_differ_have_two_axes() -> None:
    plot = by_title()["Memory"].plot
    assert plot is not None
    assert plot.right is not None
    assert (plot.left.unit, plot.right.unit) == (Unit.BYTES, Unit.COUNT)
    alone = by_title(replace(WHOLE, choice=FIRST_CHOICE.switched("bytes")))["Memory"].plot
    assert alone is not None
    assert (alone.left.unit, alone.right) == (Unit.COUNT, None)


def test_hit_rates_have_their_bands_and_memory_its_limits() -> None:
    drawn = by_title()
    levels = {title: [level.label for level in one.plot.thresholds] for title, one in drawn.items() if one.plot}
    assert levels["Hit rates"] == ["good from 80 %", "fair from 50 %"]
    assert levels["Memory"] == ["limit 1.10 GiB", "plan 1.00 GiB"]
    assert levels["Traffic"] == []


def test_the_limit_is_not_drawn_twice() -> None:
    memory = by_title(replace(WHOLE, choice=FIRST_CHOICE.switched("max_bytes")))["Memory"]
    assert "limit" in labels(memory)
    assert memory.plot is not None
    assert [level.label for level in memory.plot.thresholds] == ["plan 1.00 GiB"]


def test_memory_reaches_its_limit_only_where_that_leaves_something_to_see() -> None:
    near = by_title()["Memory"].plot
    assert near is not None
    assert near.left.reach > 1e9
    assert WHOLE.insight is not None
    little = tuple(
        one.model_copy(update={"values": (2.0**20,) * len(one.times)}) if one.stat == "bytes" else one
        for one in WHOLE.insight.series
    )
    far = by_title(replace(WHOLE, insight=replace(WHOLE.insight, series=little)))["Memory"].plot
    assert far is not None
    assert far.left.reach == 0


def test_a_server_has_the_same_charts_with_its_name_in_their_titles() -> None:
    drawn = by_title(replace(WHOLE, choice=FIRST_CHOICE.of_server(samples.SERVERS[2])))
    assert list(drawn) == [f"{title} \u203a mc3" for title in ("Hit rates", "Traffic", "Memory", "Evictions")]
    plot = drawn["Memory \u203a mc3"].plot
    assert plot is not None
    assert [level.label for level in plot.thresholds] == ["limit 374 MiB"]


def test_servers_are_compared_stat_by_stat() -> None:
    choice = replace(FIRST_CHOICE, on=frozenset({"hit_rate", "bytes", "duration"})).of_each()
    drawn = by_title(replace(WHOLE, choice=choice))
    assert list(drawn) == ["Hit rates: all", "Memory: used", "Latency"]
    assert all(labels(one) == ["mc1", "mc2", "mc3"] for one in drawn.values())


def test_of_many_servers_those_that_stand_out_are_drawn_and_the_rest_counted() -> None:
    choice = FIRST_CHOICE.only(frozenset({"hit_rate"})).of_each()
    found = by_title(replace(WHOLE, per_server=of_servers(100), choice=choice, cache=None))["Hit rates: all"]
    assert len(labels(found)) == 10
    assert any(label.startswith("mc99") for label in labels(found))
    assert found.left_out == 90


def test_no_more_charts_are_compared_than_there_are_places() -> None:
    assert len(drawings(replace(ALL, choice=ALL.choice.of_each()))) == len(GROUPS)


def test_the_day_before_is_a_ghost_of_each_line() -> None:
    assert WHOLE.insight is not None
    choice = replace(FIRST_CHOICE, earlier=Earlier.DAY)
    plot = by_title(replace(WHOLE, before=earlier(WHOLE.insight, DAY), choice=choice))["Traffic"].plot
    assert plot is not None
    assert [line.label for line in plot.lines if line.ghost] == ["day before"] * 4


def test_live_samples_and_series_share_a_chart() -> None:
    picture = replace(WHOLE, window=TimeWindow(900), stats=live(180), choice=FIRST_CHOICE.switched("cas_badval_rate"))
    assert picture.insight is not None
    known = next(one for one in picture.insight.series if one.stat == "request_rate")
    conflicts = known.model_copy(update={"stat": "cas_badval_rate"})
    insight = replace(picture.insight, series=(*picture.insight.series, conflicts))
    plot = by_title(replace(picture, insight=insight))["Traffic"].plot
    assert plot is not None
    buckets = {str(line.label): line.bucket for line in plot.lines}
    assert (buckets["requests"], buckets["cas conflict"]) == (5, 60)


def test_all_charts_show_the_same_time_and_all_marks_in_it() -> None:
    plots = [one.plot for one in by_title().values() if one.plot]
    assert {(plot.start, plot.end) for plot in plots} == {(samples.LAST - samples.WINDOW, samples.LAST)}
    assert all(plot.marks == WHOLE.marks for plot in plots)
    assert len({plot.margins for plot in plots}) == 1


def test_what_is_not_known_is_a_chart_without_a_plot() -> None:
    assert by_title(replace(WHOLE, scale=RatioScale.UNKNOWN))["Hit rates"].plot is None
    nothing = replace(WHOLE, insight=None, stats=None, cache=None, per_server=None, latency=None)
    assert all(one.plot is None for one in by_title(nothing).values())
