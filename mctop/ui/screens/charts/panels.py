"""The panels of the Charts and their places: charts on as many pages as it takes, the list of stats, the readout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.message import Message
from textual.reactive import var

from mctop.ui.layout.bands import GUTTER, LEAST_CHART, MARGIN, SMALLEST, WIDE, Arrangement, Place
from mctop.ui.registry.commands import Where, bindings
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.screens.charts.drawings import legend_names, points, recovers, servers
from mctop.ui.screens.charts.picture import ChartsChoice, Of
from mctop.ui.stats import GROUPS, LATENCY, STATS, Stat, StatGroup
from mctop.ui.widgets.chart import Chart
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.widgets.panel import Panel, SlicePanel
from mctop.ui.words.format import NOTHING, duration
from mctop.ui.words.freshness_text import explain
from mctop.ui.words.recovery_text import recovery_words
from mctop.ui.words.runs import Run, longest, merged
from mctop.ui.words.text import Clean
from mctop.ui.words.time_text import bucketed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.binding import BindingType

    from mctop.store.base.health import Failure
    from mctop.store.store import SeriesSlice, Store
    from mctop.ui.renderables.plot import Plot
    from mctop.ui.screens.charts.drawings import Drawing
    from mctop.ui.screens.charts.picture import ChartsPicture
    from mctop.ui.words.badge import Tone
    from mctop.ui.words.freshness_text import Explanation
    from mctop.ui.words.runs import Glyphs


PICKER, READOUT = "picker", "readout"
LIST, WIDE_LIST = 32, 48
"""Columns of the list, and where there is room for the names that the API gives to its stats."""
ROOMY = 150
"""Columns from which there is."""


def arrange(width: int, height: int, charts: Sequence[str], full: str | None = None, *, picking: bool) -> Arrangement:
    """Place the charts on pages of `width` by `height`; `picking` asks for the list where it would cost them much.

    `full` names a panel that has all but the readout to itself.
    """
    if width < SMALLEST[0] or height < SMALLEST[1] - 2:
        return Arrangement()
    inner, rows = width - 2 * MARGIN, height - 1
    if full is not None:
        return Arrangement((Place(full, 0, MARGIN, 0, inner, rows), _readout(0, inner, rows)))
    list_width = WIDE_LIST if width >= ROOMY else LIST
    beside = list_width + GUTTER if picking or width >= WIDE else 0
    pages = _paged(charts, max(1, rows // LEAST_CHART)) or [()]
    places: list[Place] = []
    for page, shown in enumerate(pages):
        y = 0
        for index, chart in enumerate(shown):
            bottom = rows * (index + 1) // len(shown)
            places.append(Place(chart, page, MARGIN, y, inner - beside, bottom - y))
            y = bottom
        if beside:
            places.append(Place(PICKER, page, MARGIN + inner - list_width, 0, list_width, rows))
        places.append(_readout(page, inner, rows))
    return Arrangement(tuple(places), len(pages))


def _paged(charts: Sequence[str], fitting: int) -> list[Sequence[str]]:
    """As few pages as it takes, as evenly filled as that allows."""
    pages = -(-len(charts) // fitting)
    edges = [len(charts) * page // pages for page in range(pages + 1)] if pages else [0]
    return [charts[first:last] for first, last in pairwise(edges)]


def _readout(page: int, inner: int, rows: int) -> Place:
    return Place(READOUT, page, MARGIN, rows, inner, 1)


PICKER_COLUMNS = (
    Column("series", "series", 18, 22),
    Column("name", "name", 16, priority=1),
    Column("value", "value", 8, align="right"),
)
GROUP, SERVER, CACHE, EACH = "group:", "server:", "of:cache", "of:each"
"""What the keys of rows begin with, or are; the key of a stat is its name."""
ON, OFF, CHOSEN, OTHER = "✓", "·", "●", "○"


def picker_rows(picture: ChartsPicture) -> tuple[Row, ...]:
    """The list, in the order of the charts; a row's key says what it switches."""
    choice = picture.choice
    listed: list[Row] = []
    for group in GROUPS:
        count = sum(stat.id in choice.on for stat in group.stats)
        listed.append(_row(GROUP + group.id, group.title, f"{count}/{len(group.stats)}", "accent" if count else ""))
        listed += (_stat(picture, stat) for stat in group.stats)
    listed.append(_row(CACHE, f"{CHOSEN if choice.of is Of.CACHE else OTHER} the cache", "", ""))
    names = legend_names(servers(picture))
    if names:
        listed.append(_row(EACH, f"{CHOSEN if choice.of is Of.EACH else OTHER} each server", str(len(names)), ""))
    for server, name in names.items():
        listed.append(_row(SERVER + server, f"{CHOSEN if choice.server == server else OTHER} {name}", "", ""))
    return tuple(listed)


def switched(choice: ChartsChoice, key: str) -> ChartsChoice:
    """What is drawn once the row of this key has been switched."""
    if key == CACHE:
        return choice.of_cache()
    if key == EACH:
        return choice.of_each()
    if key.startswith(SERVER):
        return choice.of_server(key.removeprefix(SERVER))
    group = _group(key)
    return choice.switched_group(group) if group else choice.switched(key)


def only(choice: ChartsChoice, key: str) -> ChartsChoice:
    """What is drawn once the row of this key has been chosen alone."""
    if key in STATS:
        return choice.only(frozenset({key}))
    group = _group(key)
    return choice.only_group(group) if group else switched(choice, key)


def _group(key: str) -> StatGroup | None:
    return next((group for group in GROUPS if key == GROUP + group.id), None)


def _stat(picture: ChartsPicture, stat: Stat) -> Row:
    on = stat.id in picture.choice.on
    text = f"  {ON if on else OFF} {stat.legend}"
    return _row(stat.id, text, _value(picture, stat) if on else "", "" if on else "muted", stat.id)


def _value(picture: ChartsPicture, stat: Stat) -> str:
    """What the stat reads at the cursor, or else at last; nothing where there is a value for each server."""
    if picture.choice.of is Of.EACH:
        return ""
    line, cursor = points(picture, stat, picture.choice.server), picture.window.cursor
    value = None if line is None else line.at(cursor) if cursor is not None else line.values[-1]
    return NOT_TOLD if value is None and picture.lacks(stat) else stat.text(value)


NOT_TOLD = "not told"
"""The value of a stat that no counter tells."""


def _row(key: str, text: str, value: str, tone: Tone, name: str = "") -> Row:
    return Row(key, (Cell(Clean(text), tone), Cell(Clean(name), "muted"), Cell(Clean(value), tone)))


FINEST = 20
"""Seconds of the API's finest buckets; what is finer are live samples."""


class ChartPanel(SlicePanel):
    """One chart; what it is about changes with what is switched on."""

    def __init__(self, store: Store, *, id: str) -> None:
        self._chart = Chart()
        self._chart.can_focus = True
        self._store = store
        super().__init__("", self._chart, store.insight, store, id=id)

    def show(self, drawing: Drawing, picture: ChartsPicture, glyphs: Glyphs) -> None:
        """Put a drawing on the chart, and say how long its window and its buckets are."""
        self._live_by(self._slice(drawing, picture))
        self.title = drawing.title
        self._chart.glyphs = glyphs
        self._chart.plot = drawing.plot
        window = duration(picture.window.seconds)
        is_untold = bool(drawing.stats) and all(map(picture.lacks, drawing.stats))
        nothing = "the server does not tell it" if is_untold else f"nothing in these {window}"
        self.lacks = "" if drawing.plot else nothing
        self.notes = _notes(drawing, window, picture)

    def _slice(self, drawing: Drawing, picture: ChartsPicture) -> SeriesSlice:
        if LATENCY in drawing.stats:
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

    def show(self, picture: ChartsPicture) -> None:
        """List it."""
        self.grid.rows = picker_rows(picture)


SPACE = "   "
"""Between two series of the readout."""


def moment(time: float, bucket: int) -> str:
    """A moment as date and time, to the minute, or to the second where buckets are shorter: `21 Sep 12:51Z`."""
    at = datetime.fromtimestamp(time, UTC)
    return f"{at.day} {at:%b %H:%M}Z" if bucket >= 60 else f"{at.day} {at:%b %H:%M:%S}Z"


def readout(drawings: Sequence[Drawing], width: int, api: str) -> tuple[Run, ...]:
    """At most `width` columns: the moment of the cursor, how long before the end it is, and every series then.

    Without a cursor it says from when to when the charts reach.
    """
    plots = [drawing.plot for drawing in drawings if drawing.plot]
    if not plots:
        return ()
    bucket = min(plot.bucket for plot in plots)
    start, end, cursor = plots[0].start, plots[0].end, plots[0].cursor
    if cursor is None:
        length = duration(end - start)
        each = bucketed(api, duration(bucket))
        whole = f"{moment(start, bucket)} \u2013 {moment(end, bucket)} \u00b7 {length} {each}"
        return (Run(longest(width, (whole, whole.partition(" \u00b7 ")[0], length)), "muted"),)
    ago = f" {duration(end - cursor)} before the end" if end - cursor >= bucket else ""
    at = moment(cursor, bucket)
    line = [Run(at, "accent"), Run(ago, "muted")] if len(at + ago) <= width else [Run(longest(width, (at,)), "accent")]
    return _packed(
        line, [part for drawing in drawings if drawing.plot for part in _readings(drawing, drawing.plot)], width
    )


def _packed(line: list[Run], parts: list[tuple[Run, ...]], width: int) -> tuple[Run, ...]:
    """The line with the parts that have room; how many have none is said at its end."""
    used = sum(cell_len(run.text) for run in line)
    for index, part in enumerate(parts):
        needed = len(SPACE) + sum(cell_len(run.text) for run in part)
        more = f" +{len(parts) - index}"
        if used + needed + (len(more) if index < len(parts) - 1 else 0) > width:
            line.append(Run(longest(width - used, (more,)), "muted"))
            break
        line += (Run(SPACE), *part)
        used += needed
    return merged(line)


def _readings(drawing: Drawing, plot: Plot) -> Iterator[tuple[Run, ...]]:
    """Each line with its value, the first with the chart's title, and with the value of its ghost."""
    title: tuple[Run, ...] = (Run(f"{drawing.title} ", "heading"),)
    ghosts = {(line.colour, line.side): line for line in plot.lines if line.ghost}
    for line in (line for line in plot.lines if not line.ghost):
        unit, ghost = plot.unit(line.side), ghosts.get((line.colour, line.side))
        before = unit.text(plot.read(ghost)) if ghost else NOTHING
        was = (Run(f" (was {before})", "muted"),) if before != NOTHING else ()
        yield (*title, Run(f"{line.label} ", "muted"), Run(unit.text(plot.read(line)), "value"), *was)
        title = ()


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


def _notes(drawing: Drawing, window: str, picture: ChartsPicture) -> tuple[str, ...]:
    """The window and its buckets, how many servers have no line, and what stands behind the lines, longest first."""
    if drawing.plot is None:
        return (window,)
    each = duration(drawing.plot.bucket)
    sampled = picture.live and drawing.plot.bucket < FINEST
    buckets = f"{window} of live samples, one each {each}" if sampled else f"{window} {bucketed(picture.api, each)}"
    if drawing.left_out:
        near = f"{drawing.left_out} more servers near the median"
        return (f"{near} · {buckets}", near, window)
    words = recovery_words(picture.recovery) if recovers(drawing.stats[0], picture) else ()
    if words:
        return (f"{words[0]} · {buckets}", *words, window)
    earlier = picture.choice.earlier.label
    if not earlier or any(line.ghost for line in drawing.plot.lines):
        return (buckets, window)
    return (f"no {earlier} known · {buckets}", f"no {earlier} known", window)
