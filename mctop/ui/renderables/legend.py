"""The legend of a chart: what each line is, and its value at the cursor, or else its newest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from mctop.ui.renderables.glyphs import Glyphs
from mctop.ui.renderables.runs import Run, fitted, merged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mctop.ui.renderables.plot import Plot

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
    entries = tuple(_entries(plot, glyphs))
    for index, entry in enumerate(entries):
        needed = sum(cell_len(run.text) for run in entry)
        left = len(entries) - index
        more = f"+{left - 1}" if left > 1 else ""
        if used and used + needed + (SPACE + len(more) if more else 0) > width:
            runs.append(Run(f"+{left}", "label"))
            break
        runs += (*entry, Run(" " * SPACE if more else ""))
        used += needed + SPACE
    return _cut(runs, width)


def _entries(plot: Plot, glyphs: Glyphs) -> Iterator[tuple[Run, ...]]:
    """One for each line, and one for all ghosts that are called the same."""
    for index, line in enumerate(plot.lines):
        if not line.ghost:
            read = plot.unit(line.side).text(plot.read(line))
            yield Run(sign(index, glyphs), line.colour), Run(f" {line.label} ", "label"), Run(read, line.colour)
    for label in dict.fromkeys(line.label for line in plot.lines if line.ghost):
        yield (Run(f"{'.' if glyphs is Glyphs.ASCII else '┈'} {label}", "ghost"),)


def _cut(runs: list[Run], width: int) -> tuple[Run, ...]:
    cut: list[Run] = []
    for run in runs:
        room = width - sum(cell_len(before.text) for before in cut)
        cut.append(run if cell_len(run.text) <= room else Run(fitted(run.text, max(0, room)), run.style))
    return merged(cut)
