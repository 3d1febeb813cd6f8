"""The panels of the Charts: one for each chart, the list of what can be drawn, and the readout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.reactive import var

from mctop.ui.bucketing import bucketed
from mctop.ui.commands import Where, bindings
from mctop.ui.explain import explain
from mctop.ui.format import duration
from mctop.ui.recovering import recovery_words
from mctop.ui.screens.charts.picker import PICKER_COLUMNS, picker_rows
from mctop.ui.screens.charts.arrangement import PICKER, READOUT
from mctop.ui.screens.charts.choice import Of
from mctop.ui.screens.charts.drawings import recovers
from mctop.ui.screens.charts.groups import DURATION
from mctop.ui.screens.charts.readout import readout
from mctop.ui.widgets.chart import Chart
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.lines import Lines
from mctop.ui.widgets.panel import Panel
from mctop.ui.widgets.slicepanel import SlicePanel

if TYPE_CHECKING:
    from textual.binding import BindingType

    from mctop.store.health import Failure
    from mctop.store.store import SeriesSlice, Store
    from mctop.ui.explain import Explanation
    from mctop.ui.renderables.glyphs import Glyphs
    from mctop.ui.renderables.runs import Run
    from mctop.ui.screens.charts.drawings import Drawing
    from mctop.ui.screens.charts.picture import Picture

FINEST = 20
"""Seconds of the API's finest buckets; what is finer are live samples."""


class ChartPanel(SlicePanel):
    """One chart; what it is about changes with what is switched on."""

    def __init__(self, store: Store, *, id: str) -> None:
        self._chart = Chart()
        self._chart.can_focus = True
        self._store = store
        super().__init__("", self._chart, store.insight, store, id=id)

    def show(self, drawing: Drawing, picture: Picture, glyphs: Glyphs) -> None:
        """Put a drawing on the chart, and say how long its window and its buckets are."""
        self._live_by(self._slice(drawing, picture))
        self.title = drawing.title
        self._chart.glyphs = glyphs
        self._chart.plot = drawing.plot
        window = duration(picture.window.seconds)
        self.lacks = "" if drawing.plot else f"nothing in these {window}"
        self.notes = _notes(drawing, window, picture)

    def _slice(self, drawing: Drawing, picture: Picture) -> SeriesSlice:
        if any(stat.id == DURATION for stat in drawing.stats):
            return self._store.latency
        return self._store.insight if picture.choice.of is Of.CACHE else self._store.per_server

    def _why(self, failure: Failure) -> Explanation:
        """What happened and what to do, which nothing else in this view says."""
        return explain(failure)

    def _live_by(self, about: SeriesSlice) -> None:
        self._health = about.health


class PickerGrid(Grid):
    """The list; it tells what is to be switched."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.PICKER)]

    @dataclass
    class Switched(Message):
        """The row of this key is to be switched."""

        key: str

    def action_switch(self) -> None:
        """Switch the row under the cursor."""
        if self.cursor is not None:
            self.post_message(self.Switched(self.cursor))


class PickerPanel(Panel):
    """Everything that can be drawn."""

    def __init__(self) -> None:
        self.grid = PickerGrid(PICKER_COLUMNS)
        super().__init__("Series", self.grid, id=PICKER)
        self.notes = ("space switches · enter alone", "space switches", "space")

    def show(self, picture: Picture) -> None:
        """List it."""
        self.grid.rows = picker_rows(picture)


class Readout(Lines):
    """One line under the charts."""

    drawings: var[tuple[Drawing, ...]] = var(())
    api: var[str] = var("v2")

    def __init__(self) -> None:
        super().__init__(id=READOUT)

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        """The one line."""
        return (readout(self.drawings, width, self.api),)

    def watch_drawings(self) -> None:
        """Read other values."""
        self.redraw()


def _notes(drawing: Drawing, window: str, picture: Picture) -> tuple[str, ...]:
    """The window and its buckets, how many servers have no line, and what stands behind the lines, longest first."""
    if drawing.plot is None:
        return (window,)
    each = duration(drawing.plot.bucket)
    sampled = picture.live and drawing.plot.bucket < FINEST
    told = f"{window} of live samples, one each {each}" if sampled else f"{window} {bucketed(picture.api, each)}"
    if drawing.left_out:
        near = f"{drawing.left_out} more servers near the median"
        return (f"{near} · {told}", near, window)
    words = recovery_words(picture.recovery) if recovers(drawing.stats[0], picture) else ()
    if words:
        return (f"{words[0]} · {told}", *words, window)
    earlier = picture.choice.earlier.label
    if not earlier or any(line.ghost for line in drawing.plot.lines):
        return (told, window)
    return (f"no {earlier} known · {told}", f"no {earlier} known", window)
