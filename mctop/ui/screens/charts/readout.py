"""The line that reads every series at the cursor, or says what is seen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len

from mctop.ui.renderables.runs import Run, longest, merged
from mctop.ui.words.format import NOTHING, duration
from mctop.ui.words.time_text import bucketed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mctop.ui.renderables.plot import Plot
    from mctop.ui.screens.charts.drawings import Drawing

SPACE = "   "


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
    return _packed(line, [part for drawing in drawings if drawing.plot for part in _read(drawing, drawing.plot)], width)


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


def _read(drawing: Drawing, plot: Plot) -> Iterator[tuple[Run, ...]]:
    """Each line with its value, the first with the chart's title, and with the value of its ghost."""
    title: tuple[Run, ...] = (Run(f"{drawing.title} ", "heading"),)
    ghosts = {(line.colour, line.side): line for line in plot.lines if line.ghost}
    for line in (line for line in plot.lines if not line.ghost):
        unit, ghost = plot.unit(line.side), ghosts.get((line.colour, line.side))
        before = unit.text(plot.read(ghost)) if ghost else NOTHING
        was = (Run(f" (was {before})", "muted"),) if before != NOTHING else ()
        yield (*title, Run(f"{line.label} ", "muted"), Run(unit.text(plot.read(line)), "value"), *was)
        title = ()
