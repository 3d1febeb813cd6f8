"""A canvas: cells that are drawn on, each with a character and the name of a style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.renderables.runs import Run, merged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.ui.renderables.raster import Dots

GRID = "grid"


class Canvas:
    """Rows of cells, row 0 on top; what is there at first is the grid, and gives way to everything."""

    def __init__(self, rows: Iterable[str]) -> None:
        self._text = [list(row) for row in rows]
        self._style = [[GRID] * len(row) for row in self._text]
        self._dots = [[0] * len(row) for row in self._text]
        self.height = len(self._text)
        self.width = len(self._text[0]) if self._text else 0

    def write(self, row: int, column: int, text: str, style: str) -> None:
        """Put text over what is there, as far as there is room."""
        for x, character in enumerate(text[: self.width - column], column):
            self._text[row][x] = character
            self._style[row][x] = style

    def dot(self, row: int, column: int, bits: int, shape: Dots, style: str) -> None:
        """Add dots to those of other lines in the same cell; the newest line colours them all."""
        bits |= self._dots[row][column]
        self._dots[row][column] = bits
        self._text[row][column] = shape.characters[bits]
        self._style[row][column] = style

    def free(self, row: int, column: int, width: int, *, over: tuple[str, str] = ("", GRID)) -> bool:
        """Whether text would cover nothing but the grid, and what is `over`: a character of a style."""
        part = slice(column, column + width)
        cells = zip(self._text[row][part], self._style[row][part], strict=True)
        return 0 <= column <= self.width - width and all(cell == over or cell[1] == GRID for cell in cells)

    def runs(self, row: int) -> tuple[Run, ...]:
        """One line, in as few runs as it has colours."""
        return merged(map(Run, self._text[row], self._style[row]))
