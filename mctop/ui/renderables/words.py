"""Text that knows shorter ways to say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from mctop.ui.renderables.runs import Run, merged

if TYPE_CHECKING:
    from collections.abc import Sequence


def longest(width: int, variants: Sequence[str]) -> str:
    """The first of `variants`, longest first, that is at most `width` columns wide; "" if none is."""
    return next((text for text in variants if cell_len(text) <= width), "")


def spread(left: Sequence[Run], right: Sequence[Run], width: int, fill: Run | None = None) -> tuple[Run, ...]:
    """One line with text at both ends, and between them blanks, or a `fill` of one character with a blank each side."""
    room = width - sum(cell_len(run.text) for run in (*left, *right))
    if fill is None or room < 3:
        return merged((*left, Run(" " * max(0, room)), *right))
    start, end = 1 if left else 0, 1 if right else 0
    rule = Run(fill.text * (room - start - end), fill.style)
    return merged((*left, Run(" " * start), rule, Run(" " * end), *right))
