"""Named numbers in a line, as many as have room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from mctop.ui.words.runs import Run, merged

if TYPE_CHECKING:
    from collections.abc import Iterable


SPACE = 3
"""Columns between two numbers."""


def named(name: str, value: str) -> tuple[Run, ...]:
    """A number, and before it what it is."""
    return Run(f"{name} ", "muted"), Run(value, "value")


def fitting(parts: Iterable[tuple[Run, ...]], width: int) -> tuple[Run, ...]:
    """The parts that have room in `width` columns, in their order."""
    runs: tuple[Run, ...] = ()
    for part in parts:
        longer = (*runs, Run(" " * SPACE), *part) if runs else part
        if sum(cell_len(run.text) for run in longer) > width:
            break
        runs = longer
    return merged(runs)
