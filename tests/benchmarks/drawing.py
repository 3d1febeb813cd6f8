"""How long drawing takes: charts against plotext alone in the same run, their frame, trends, and rows of a table."""

import math
import random

import plotext

from mctop.ui.renderables.axes import frame
from mctop.ui.renderables.canvas import trace
from mctop.ui.renderables.chart import draw
from mctop.ui.renderables.plot import COLOURS, Axis, Plot, PlotLine
from mctop.ui.renderables.table import Cell, Column, Row, fit, line
from mctop.ui.renderables.trend import trend
from mctop.ui.words.format import Unit, percent, rate, size
from mctop.ui.words.text import clean
from tests.benchmarks.registry import Figure, benchmark, milliseconds

START, BUCKET = 1_700_006_400, 60
WIDTH, HEIGHT = 140, 20


def plot(lines: int, points: int) -> Plot:
    """Values that jump, the same ones each time; smooth lines cost us the same, and plotext a seventh."""
    chance = random.Random(1)
    times = tuple(range(START, START + points * BUCKET, BUCKET))
    return Plot(
        START,
        START + points * BUCKET,
        Axis(Unit.RATE),
        tuple(
            PlotLine(
                clean(f"server {n}"),
                times,
                tuple(10_000 * chance.random() for _ in range(points)),
                COLOURS[n % len(COLOURS)],
            )
            for n in range(lines)
        ),
    )


def by_plotext(drawn: Plot) -> str:
    """The same chart by plotext alone, as text with escape sequences."""
    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(WIDTH, HEIGHT)
    for each in drawn.lines:
        plotext.plot(each.times, each.values, marker="braille", label=each.label)
    return str(plotext.build())


@benchmark("chart")
def chart() -> tuple[Figure, ...]:
    """The chart of the design: 10 series of 4,320 points."""
    drawn = plot(10, 4_320)

    def anew() -> None:
        trace.cache_clear()
        draw(drawn, WIDTH, HEIGHT)

    ours = milliseconds(anew)
    again = milliseconds(lambda: draw(drawn, WIDTH, HEIGHT))
    theirs = milliseconds(lambda: by_plotext(drawn), rounds=1)
    return (
        Figure("10 series of 4,320 points at 140x20", ours, "ms", 50),
        Figure("the same with another cursor", again, "ms", 20),
        Figure("the same by plotext alone", theirs, "ms"),
        Figure("share of plotext's time", ours / theirs, "", 0.05),
    )


@benchmark("overview-chart")
def overview_chart() -> tuple[Figure, ...]:
    """The chart of the Overview, with its frame drawn before and drawn anew."""
    drawn = plot(2, 360)

    def again() -> None:
        trace.cache_clear()
        draw(drawn, 78, 12)

    def anew() -> None:
        frame.cache_clear()
        again()

    return (
        Figure("2 series of 360 points at 78x12", milliseconds(again), "ms", 10),
        Figure("the same with a new frame", milliseconds(anew), "ms", 20),
    )


@benchmark("table")
def table() -> tuple[Figure, ...]:
    """A screenful of rows, and the trends in them."""
    columns = tuple(Column(name, name, 10, align="right") for name in ("server", "hits", "rate", "memory", "trend"))
    places = fit(columns, 140)
    values = tuple(math.sin(i / 20) for i in range(360))

    def rows() -> None:
        for n in range(40):
            texts = (f"mc{n}", percent(n), rate(n * 100), size(n * 1e6), trend(values, 10))
            line(places, Row(str(n), tuple(Cell(clean(text)) for text in texts)))

    return (
        Figure("40 rows of 5 cells with a trend of 360 values", milliseconds(rows), "ms", 25),
        Figure("one trend of 360 values at 20 columns", milliseconds(lambda: trend(values, 20)), "ms", 1),
    )
