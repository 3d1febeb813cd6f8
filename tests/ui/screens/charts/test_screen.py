"""The Charts as a person uses them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mctop.store.base.health import FailureKind
from mctop.store.base.marks import Mark, MarkKind
from mctop.store.base.window import TimeWindow
from mctop.store.series.ratio_scale import RatioScale
from mctop.store.series.series_set import Wanted
from mctop.ui.screens.charts.panels import ChartPanel, PickerGrid, Readout
from mctop.ui.screens.charts.screen import ChartsScreen
from mctop.ui.stats import GROUPS
from mctop.ui.widgets.chart import Chart
from mctop.ui.widgets.key_line import KeyLine
from mctop.ui.words.runs import Glyphs
from tests.ui import samples
from tests.ui.screens.charts.pictures import DAY, earlier, live
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from mctop.ui.renderables.plot import Plot

SIZE = (120, 30)


async def opened(stage: Stage, pilot: Pilot[int], *keys: str) -> None:
    """Fill the store, go to the Charts, and press keys."""
    samples.fill(stage.store)
    await pilot.pause()
    await pilot.press("2")
    for key in keys:
        await pilot.press(key)
    await pilot.pause()


def charts(stage: Stage) -> ChartsScreen:
    assert isinstance(stage.app.screen, ChartsScreen)
    return stage.app.screen


def plots(stage: Stage) -> dict[str, Plot | None]:
    """What is drawn, by the titles of the charts that have a place."""
    return {panel.title: panel.query_one(Chart).plot for panel in charts(stage).shown}


def labels(plot: Plot | None) -> list[str]:
    return [str(line.label) for line in plot.lines] if plot else []


def read(stage: Stage) -> str:
    readout = charts(stage).query_one(Readout)
    return "".join(run.text for run in readout.lines(300, 1)[0])


async def switch(stage: Stage, pilot: Pilot[int], key: str, press: str = "space") -> None:
    """Press a key on a row of the list."""
    grid = charts(stage).query_one(PickerGrid)
    grid.focus()
    grid.cursor = key
    await pilot.press(press)
    await pilot.pause()


async def test_what_matters_most_is_drawn_at_first() -> None:
    stage = Stage()
    async with stage.app.run_test(size=SIZE) as pilot:
        await opened(stage, pilot)
        assert list(plots(stage)) == ["Hit rates", "Traffic", "Memory", "Evictions"]
        assert all(plots(stage).values())


async def test_only_what_is_on_is_asked_for_and_only_while_it_is_seen() -> None:
    stage = Stage()
    async with stage.app.run_test(size=SIZE) as pilot:
        await opened(stage, pilot)
        store = stage.store
        assert store.insight.wanted.value.seconds == samples.WINDOW
        assert "hit_rate" in store.insight.wanted.value.names
        assert "cas_rate" not in store.insight.wanted.value.names
        assert not store.per_server.followed
        assert not store.latency.followed
        await pilot.press("v")
        assert store.per_server.followed
        assert not store.insight.followed
        await pilot.press("1")
        await pilot.pause()
        assert store.insight.followed
        await pilot.press("2")
        await pilot.press("q")
        await pilot.pause()
        assert store.insight_before.wanted.value == Wanted()


async def test_space_switches_a_series_and_enter_shows_it_alone() -> None:
    stage = Stage()
    async with stage.app.run_test(size=SIZE) as pilot:
        await opened(stage, pilot)
        await switch(stage, pilot, "get_rate")
        assert labels(plots(stage)["Traffic"]) == ["requests", "set", "delete"]
        await switch(stage, pilot, "connections")
        assert list(plots(stage))[-1] == "Connections"
        await switch(stage, pilot, "group:memory", "enter")
        assert list(plots(stage)) == ["Memory"]
        await switch(stage, pilot, "group:memory", "enter")
        assert len(plots(stage)) == 5
        assert stage.store.still.since.value is None


async def test_with_nothing_on_it_says_what_to_press() -> None:
    stage = Stage()
    async with stage.app.run_test(size=SIZE) as pilot:
        await opened(stage, pilot)
        for group in GROUPS[:4]:
            await switch(stage, pilot, f"group:{group.id}")
        assert plots(stage) == {}
        assert "p, then space" in charts(stage).pages.saying
        assert not stage.store.insight.followed


async def test_servers_are_compared_and_one_of_them_chosen() -> None:
    stage = Stage()
    async with stage.app.run_test(size=SIZE) as pilot:
        await opened(stage, pilot, "v")
        assert labels(plots(stage)["Hit rates: all"]) == ["mc1", "mc2", "mc3"]
        await switch(stage, pilot, f"server:{samples.SERVERS[2]}")
        assert next(iter(plots(stage))) == "Hit rates \u203a mc3"
        await switch(stage, pilot, "of:cache")
        assert next(iter(plots(stage))) == "Hit rates"


async def test_latency_is_asked_for_when_it_is_on() -> None:
    stage = Stage()
    async with stage.app.run_test(size=SIZE) as pilot:
        await opened(stage, pilot)
        await switch(stage, pilot, "duration")
        assert stage.store.latency.followed
        assert labels(plots(stage)["Latency"]) == ["mc1", "mc2", "mc3"]


async def test_the_cursor_reads_every_series() -> None:
    stage = Stage()
    async with stage.app.run_test(size=SIZE) as pilot:
        await opened(stage, pilot)
        assert "6h in buckets of 1m" in read(stage)
        await pilot.press("left_square_bracket")
        await pilot.pause()
        assert read(stage).startswith("21 Sep 12:10Z")
        assert all(f"{title} " in read(stage) for title in plots(stage))
        assert all(plot and plot.cursor for plot in plots(stage).values())
        await pilot.press("grave_accent")
        await pilot.pause()
        assert "6h in buckets of 1m" in read(stage)


async def test_a_short_window_is_drawn_from_live_samples_as_they_come() -> None:
    stage = Stage()
    async with stage.app.run_test(size=SIZE) as pilot:
        await opened(stage, pilot)
        stage.store.stats.value.set(live(60))
        stage.store.window.set(TimeWindow(300))
        await pilot.pause()
        plot = plots(stage)["Traffic"]
        assert plot is not None
        assert (plot.bucket, plot.end) == (5, samples.NOON)
        more = live(60)
        after = replace(more.history[-1], time=samples.NOON + 5)
        stage.store.stats.value.set(replace(more, history=(*more.history, after)))
        await pilot.pause()
        drawn = plots(stage)["Traffic"]
        assert drawn is not None
        assert drawn.end == samples.NOON + 5


async def test_another_range_keeps_what_is_known_until_more_comes() -> None:
    stage = Stage()
    async with stage.app.run_test(size=SIZE) as pilot:
        await opened(stage, pilot, "minus")
        assert stage.store.window.value.seconds == DAY
        assert stage.store.insight.wanted.value.seconds == DAY
        plot = plots(stage)["Traffic"]
        assert plot is not None
        assert plot.end - plot.start == DAY
        assert len(plot.lines[0].times) == samples.WINDOW // 60


async def test_the_day_before_is_asked_for_once_and_drawn_behind() -> None:
    stage = Stage()
    async with stage.app.run_test(size=SIZE) as pilot:
        await opened(stage, pilot, "o")
        wanted = stage.store.insight_before.wanted.value
        assert wanted.end is not None
        assert 0 <= wanted.end - (samples.NOON - DAY) < 300
        assert "hit_rate" in wanted.names
        await pilot.pause()
        assert charts(stage).shown[0].notes[-2] == "no day before known"
        stage.store.insight_before.value.set(earlier(samples.insight(), DAY))
        await pilot.pause()
        assert charts(stage).shown[0].notes[0] == "6h in buckets of 1m"
        assert labels(plots(stage)["Hit rates"]) == ["all", "get", "day before", "day before"]
        await pilot.press("o")
        assert (stage.store.insight_before.wanted.value.end or 0) < samples.NOON - 6 * DAY
        await pilot.press("o")
        await pilot.pause()
        assert stage.store.insight_before.wanted.value == Wanted()
        assert labels(plots(stage)["Hit rates"]) == ["all", "get"]


async def test_the_characters_can_be_changed() -> None:
    stage = Stage()
    async with stage.app.run_test(size=SIZE) as pilot:
        await opened(stage, pilot)
        chart = charts(stage).query(Chart).first()
        seen = []
        for _ in range(3):
            seen.append(chart.glyphs)
            await pilot.press("d")
            await pilot.pause()
        assert seen == list(Glyphs)
        assert chart.glyphs is Glyphs.BRAILLE


async def test_marks_stand_on_every_chart() -> None:
    stage = Stage()
    async with stage.app.run_test(size=SIZE) as pilot:
        await opened(stage, pilot)
        mark = Mark(samples.LAST - 600, MarkKind.PERSON, "deploy")
        stage.store.marks.set((mark,))
        await pilot.pause()
        assert {plot.marks for plot in plots(stage).values() if plot} == {(mark,)}


async def test_on_a_small_screen_the_list_has_room_while_it_has_the_keys() -> None:
    stage = Stage()
    async with stage.app.run_test(size=(80, 24)) as pilot:
        await opened(stage, pilot)
        grid = charts(stage).query_one(PickerGrid)
        assert not grid.region
        await pilot.press("p")
        await pilot.pause()
        assert grid.has_focus
        assert grid.region.width > 20
        await pilot.press("escape")
        await pilot.pause()
        assert not grid.has_focus
        assert not grid.region


async def test_the_list_keeps_the_keys_when_pages_are_turned_and_series_switched() -> None:
    stage = Stage()
    async with stage.app.run_test(size=SIZE) as pilot:
        await opened(stage, pilot, "pagedown", "p")
        assert charts(stage).pages.page == 1
        await switch(stage, pilot, "group:latency")
        assert charts(stage).query_one(PickerGrid).has_focus


async def test_the_footer_names_the_keys_of_what_has_them() -> None:
    stage = Stage()
    async with stage.app.run_test(size=(160, 48)) as pilot:
        await opened(stage, pilot)
        named = {key.shown: key.name for key in charts(stage).query_one(KeyLine).keys}
        assert {"p": "series", "v": "servers", "o": "day before", "space": "freeze"}.items() <= named.items()
        await pilot.press("p")
        await pilot.pause()
        named = {key.shown: key.name for key in charts(stage).query_one(KeyLine).keys}
        assert named["space"] == "switch"


async def test_frozen_the_picture_stands_still_and_the_cursor_moves() -> None:
    stage = Stage()
    async with stage.app.run_test(size=SIZE) as pilot:
        await opened(stage, pilot, "space")
        before = plots(stage)["Traffic"]
        found = samples.insight()
        stage.store.insight.value.set(replace(found, end=found.end - 600))
        await pilot.pause()
        assert plots(stage)["Traffic"] == before
        await pilot.press("left_square_bracket")
        await pilot.pause()
        assert read(stage).startswith("21 Sep 12:10Z")


@pytest.mark.parametrize("lost", [FailureKind.FORBIDDEN, FailureKind.SERVER_FAULT])
async def test_a_chart_that_cannot_be_served_says_why(lost: FailureKind) -> None:
    stage = Stage()
    async with stage.app.run_test(size=SIZE) as pilot:
        stage.store.connecting.set(None)
        samples.fail(stage.store, lost, 403 if lost is FailureKind.FORBIDDEN else 503, "no")
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        panel = charts(stage).query(ChartPanel).first()
        assert panel.notice is not None
        assert panel.badge is not None


async def test_ratios_wait_for_their_scale_and_ask_for_what_tells_it() -> None:
    stage = Stage()
    async with stage.app.run_test(size=SIZE) as pilot:
        samples.fill(stage.store)
        stage.store.ratio_scale.set(RatioScale.UNKNOWN)
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        assert "flush_fraction" in stage.store.insight.wanted.value.names
        assert plots(stage)["Hit rates"] is None
        stage.store.ratio_scale.set(RatioScale.FRACTION)
        await pilot.pause()
        assert plots(stage)["Hit rates"] is not None
        assert "flush_fraction" not in stage.store.insight.wanted.value.names


@pytest.mark.parametrize("size", [(1, 1), (39, 9), (40, 10), (60, 14), (99, 20)])
async def test_no_size_is_too_small_to_say_so(size: tuple[int, int]) -> None:
    stage = Stage()
    async with stage.app.run_test(size=size) as pilot:
        await opened(stage, pilot, "p", "p", "f", "f", "pagedown")
        small = "too small" in charts(stage).pages.saying
        assert small == (size[0] < 40 or size[1] < 10)
