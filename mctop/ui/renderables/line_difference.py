"""The columns in which two versions of a line of the screen differ, so that only those are sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.ui.renderables.runs import Run


def difference(old: Sequence[Run], new: Sequence[Run], width: int) -> tuple[int, int] | None:
    """The columns, from and to, between which two lines of `width` columns differ, or None where they look the same."""
    before, after = _cells(old, width), _cells(new, width)
    if before is None or after is None:
        return (0, width) if tuple(old) != tuple(new) else None
    differing = [column for column in range(width) if before[column] != after[column]]
    return (differing[0], differing[-1] + 1) if differing else None


def _cells(line: Sequence[Run], width: int) -> list[tuple[str, str]] | None:
    """One character and its style a column; None where characters are not one column each.

    A blank looks the same in every ink.
    """
    cells = [(character, style if character != " " else "") for text, style in line for character in text]
    if sum(cell_len(text) for text, _ in line) != len(cells):
        return None
    return cells[:width] + [(" ", "")] * (width - len(cells))
