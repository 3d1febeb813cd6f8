"""Drawing stays fast, measured against plotext on the same machine at the same time."""

from mctop.ui.renderables.chart import draw
from tests.benchmarks.drawing import HEIGHT, WIDTH, by_plotext, plot
from tests.benchmarks.registry import milliseconds


def test_a_chart_takes_a_tenth_of_the_time_of_plotext_or_less() -> None:
    drawn = plot(2, 2_160)
    assert milliseconds(lambda: draw(drawn, WIDTH, HEIGHT)) < milliseconds(lambda: by_plotext(drawn), rounds=1) / 10
