"""The legend of a chart: what each line is, and its newest value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from mctop.store.seriesset import LATE
from mctop.ui.renderables.glyphs import Glyphs
from mctop.ui.renderables.runs import Run, fitted, merged

if TYPE_CHECKING:
    from mctop.ui.renderables.plot import Line, Plot

SPACE = 3
"""Columns between two entries."""

SIGNS = "●■▲◆▼★"
PLAIN_SIGNS = "*o+x#@"


def sign(index: int, glyphs: Glyphs) -> str:
    """The character that stands for the line at `index`, with colours and without."""
    signs = PLAIN_SIGNS if glyphs is Glyphs.ASCII else SIGNS
    return signs[index % len(signs)]


def legend(plot: Plot, width: int, glyphs: Glyphs) -> tuple[Run, ...]:
    """One line, at most `width` wide; how many lines have no room in it is said at its end."""
    runs: list[Run] = []
    used = 0
    for index, line in enumerate(plot.lines):
        entry = _entry(plot, line, index, glyphs)
        needed = sum(cell_len(run.text) for run in entry)
        left = len(plot.lines) - index
        more = f"+{left - 1}" if left > 1 else ""
        if used and used + needed + (SPACE + len(more) if more else 0) > width:
            runs.append(Run(f"+{left}", "label"))
            break
        runs += (*entry, Run(" " * SPACE if more else ""))
        used += needed + SPACE
    return _cut(runs, width)


def _entry(plot: Plot, line: Line, index: int, glyphs: Glyphs) -> tuple[Run, ...]:
    if line.ghost:
        return (Run(f"{'.' if glyphs is Glyphs.ASCII else '┈'} {line.label}", "ghost"),)
    axis = plot.right if line.side == "right" and plot.right is not None else plot.left
    newest = axis.unit.text(_newest(plot, line))
    return Run(sign(index, glyphs), line.colour), Run(f" {line.label} ", "label"), Run(newest, line.colour)


def _newest(plot: Plot, line: Line) -> float | None:
    """The last value, unless the line ends too long before the plot does."""
    if not line.values or line.times[-1] < plot.end - LATE * plot.bucket:
        return None
    return line.values[-1]


def _cut(runs: list[Run], width: int) -> tuple[Run, ...]:
    cut: list[Run] = []
    for run in runs:
        room = width - sum(cell_len(before.text) for before in cut)
        cut.append(run if cell_len(run.text) <= room else Run(fitted(run.text, max(0, room)), run.style))
    return merged(cut)
