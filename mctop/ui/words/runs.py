"""Runs: one line of the screen as pieces of text, each with the name of its style, and shorter ways to say them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Run(NamedTuple):
    """Text in one style; the name is resolved by the widget that draws it, and the empty name is the plain style."""

    text: str
    style: str = ""


Line = tuple[Run, ...]
"""One line of the screen, from left to right."""


def merged(runs: Iterable[Run]) -> Line:
    """The same line in as few runs as possible: every run costs about 40 bytes on the way to the terminal."""
    whole: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if whole and whole[-1].style == run.style:
            whole[-1] = Run(whole[-1].text + run.text, run.style)
        else:
            whole.append(run)
    return tuple(whole)


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """Clean text at exactly `width` columns: padded on the other side, or cut with an ellipsis."""
    length = cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + "…" if width > 1 else "…"[:width]
    return " " * (width - length) + text if right else text + " " * (width - length)


def longest(width: int, variants: Sequence[str]) -> str:
    """The first of `variants`, longest first, that is at most `width` columns wide; "" if none is."""
    return next((text for text in variants if cell_len(text) <= width), "")


def spread(left: Sequence[Run], right: Sequence[Run], width: int, fill: Run | None = None) -> Line:
    """One line with text at both ends, and between them blanks, or a `fill` of one character with a blank each side."""
    room = width - sum(cell_len(run.text) for run in (*left, *right))
    if fill is None or room < 3:
        return merged((*left, Run(" " * max(0, room)), *right))
    start, end = 1 if left else 0, 1 if right else 0
    rule = Run(fill.text * (room - start - end), fill.style)
    return merged((*left, Run(" " * start), rule, Run(" " * end), *right))


def difference(old: Sequence[Run], new: Sequence[Run], width: int) -> tuple[int, int] | None:
    """The columns, from and to, between which two lines of `width` columns differ, or None where they look the same.

    Only those are sent to the terminal again.
    """
    before, after = _columns(old, width), _columns(new, width)
    if before is None or after is None:
        return (0, width) if tuple(old) != tuple(new) else None
    differing = [column for column in range(width) if before[column] != after[column]]
    return (differing[0], differing[-1] + 1) if differing else None


def _columns(line: Sequence[Run], width: int) -> list[tuple[str, str]] | None:
    """One character and its style a column; None where characters are not one column each.

    A blank looks the same in every ink.
    """
    cells = [(character, style if character != " " else "") for text, style in line for character in text]
    if sum(cell_len(text) for text, _ in line) != len(cells):
        return None
    return cells[:width] + [(" ", "")] * (width - len(cells))


class Glyphs(Enum):
    """Braille is finest, blocks where a font draws braille badly, ASCII where a terminal knows nothing else."""

    BRAILLE = "braille"
    BLOCK = "block"
    ASCII = "ascii"
