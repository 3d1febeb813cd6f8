"""What a trend on the screen paints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App, ComposeResult

from mctop.ui.renderables.glyphs import Glyphs
from mctop.ui.widgets.trend import Trend

if TYPE_CHECKING:
    from textual.strip import Strip


class CountingTrend(Trend):
    """Counts how often it was painted."""

    painted = 0

    def render_line(self, y: int) -> Strip:
        self.painted += 1
        return super().render_line(y)


class Host(App[None]):
    """A trend."""

    def compose(self) -> ComposeResult:
        yield CountingTrend()

    @property
    def trend(self) -> CountingTrend:
        return self.query_one(CountingTrend)


async def test_it_is_painted_only_when_it_looks_different() -> None:
    app = Host()
    async with app.run_test(size=(8, 3)) as pilot:
        app.trend.values = (0.0, 50.0, 100.0)
        await pilot.pause()
        assert app.trend.render_line(0).text == "     ▁▅█"
        painted = app.trend.painted
        app.trend.values = (0.0, 51.0, 100.0)
        await pilot.pause()
        assert app.trend.painted == painted


async def test_it_is_drawn_again_at_a_new_width_and_in_other_characters() -> None:
    app = Host()
    async with app.run_test(size=(8, 3)) as pilot:
        app.trend.values = (0.0, 50.0, 100.0)
        await pilot.resize_terminal(4, 3)
        assert app.trend.render_line(0).text == " ▁▅█"
        app.trend.glyphs = Glyphs.ASCII
        await pilot.pause()
        assert app.trend.render_line(0).text.isascii()
