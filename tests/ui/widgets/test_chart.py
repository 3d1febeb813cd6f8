"""What a chart on the screen paints, and when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mctop.ui.app.theme import LIGHT
from mctop.ui.renderables.plot import Axis, Plot, PlotLine
from mctop.ui.widgets.chart import Chart
from mctop.ui.words.format import Unit
from mctop.ui.words.runs import Glyphs
from mctop.ui.words.text import Clean
from tests.ui.widgets.themed import Themed

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.strip import Strip

START = 1_700_006_400
LINE = PlotLine(Clean("rate"), tuple(range(START, START + 3600, 60)), tuple(float(index) for index in range(60)))
PLOT = Plot(START, START + 3600, Axis(Unit.RATE), (LINE,))


class CountingChart(Chart):
    """Remembers which lines it was asked for."""

    def __init__(self) -> None:
        super().__init__("waiting for series")
        self.lines: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.lines.append(y)
        return super().render_line(y)


class Host(Themed):
    """A chart."""

    def compose(self) -> ComposeResult:
        yield CountingChart()

    @property
    def chart(self) -> CountingChart:
        return self.query_one(CountingChart)

    def shown(self) -> str:
        return "\n".join(self.chart.render_line(y).text for y in range(self.chart.size.height))


async def test_without_a_plot_it_says_what_it_waits_for() -> None:
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        assert "waiting for series" in app.shown()
        app.chart.placeholder = "not on this plan"
        await pilot.pause()
        assert "not on this plan" in app.shown()
        app.chart.plot = PLOT
        await pilot.pause()
        assert "not on this plan" not in app.shown()


async def test_an_equal_plot_paints_nothing() -> None:
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        app.chart.plot = PLOT
        await pilot.pause()
        app.chart.lines.clear()
        app.chart.plot = replace(PLOT)
        await pilot.pause()
        assert app.chart.lines == []


async def test_only_lines_that_look_different_are_painted() -> None:
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        app.chart.plot = PLOT
        await pilot.pause()
        app.chart.lines.clear()
        app.chart.plot = replace(PLOT, lines=(replace(LINE, label=Clean("get rate")),))
        await pilot.pause()
        assert app.chart.lines == [0]


async def test_it_is_drawn_again_at_a_new_size_and_in_other_characters() -> None:
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        app.chart.plot = PLOT
        await pilot.resize_terminal(40, 9)
        await pilot.pause()
        assert len(app.shown().splitlines()) == 9
        app.chart.glyphs = Glyphs.ASCII
        await pilot.pause()
        assert app.shown().isascii()


async def test_a_new_theme_repaints_in_its_colours() -> None:
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        app.chart.plot = PLOT
        await pilot.pause()
        before = app.chart.render_line(0)
        app.theme = LIGHT.name
        await pilot.pause()
        assert app.chart.render_line(0) != before


async def test_without_colours_signs_stand_along_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Host()
    async with app.run_test(size=(60, 12)) as pilot:
        app.chart.plot = PLOT
        await pilot.pause()
        assert app.shown().count("●") > 2


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (23, 8), (60, 2)])
async def test_no_size_is_too_small(size: tuple[int, int]) -> None:
    app = Host()
    async with app.run_test(size=size) as pilot:
        app.chart.plot = PLOT
        await pilot.pause()
        assert {len(line) for line in app.shown().splitlines()} == {size[0]}
