"""The cells that the terminal shows and those that it shall show, so that only those that differ are sent."""

from __future__ import annotations

import re
from itertools import repeat
from typing import TYPE_CHECKING

from rich.cells import get_character_cell_size

from mctop.ui.terminal.drawing.abilities import USUAL, Colours
from mctop.ui.terminal.drawing.pen import PLAIN, Pen, blank, look
from mctop.ui.words.signs import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mctop.ui.terminal.drawing.abilities import Abilities
    from mctop.ui.terminal.drawing.pen import Cell, Look


_TOKEN = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b\[([0-9;]*)m|([^\x1b\n]+)|(\n)|(.)", re.DOTALL)
_WORTH_A_JUMP = 9


Row = list["Cell | None"]
"""The cells of one line, None where nothing was drawn."""
Span = tuple[int, int, list["Cell"]]
"""Cells beside each other, and the line and column, counted from 1, where they begin."""


class TerminalCells:
    """The cells that were drawn and sent. It is wrong after the terminal has changed by itself: then `forget`.

    Everything is drawn with the signs and in the colours of `abilities`; change them, and `forget`.
    """

    def __init__(self, abilities: Abilities = USUAL, *, lean: bool = False) -> None:
        self.abilities = abilities
        self.lean = lean
        """Whether no more than the palette's colours are sent, and no cursor that nobody sees."""
        self._drawn: dict[int, Row] = {}
        self._shown: dict[int, Row] = {}
        self._differing: dict[int, None] = {}
        self._cursor = self._cursor_shown = ""
        self._pen = Pen()

    def forget(self) -> None:
        """Nothing is known about the terminal any more: the next frame is sent whole."""
        self._drawn.clear()
        self._shown.clear()
        self._differing.clear()
        self._cursor_shown = ""
        self._pen.lift()

    def draw(self, frame: str) -> str:
        """Take a frame, whose cells `difference` then sends; what is no such frame is returned, to be sent as it is."""
        frame = drawn(frame, self.abilities.signs)
        spans = _spans(frame, min(self.abilities.colours, Colours.PALETTE) if self.lean else self.abilities.colours)
        if spans is None:
            rest = self.difference() + self._pen.plain()
            self.forget()
            return rest + frame
        for line, column, cells in spans:
            row, start = self._drawn.setdefault(line, []), column - 1
            row.extend(repeat(None, start + len(cells) - len(row)))
            if row[start : start + len(cells)] != cells:
                row[start : start + len(cells)] = cells
                self._differing[line] = None
        self._cursor = frame[frame.rfind("\x1b") :] if frame.endswith("H") and not self.lean else ""
        return ""

    def difference(self, last: int | None = None) -> str:
        """What must be sent so that the terminal shows what was drawn, down to the line `last` if one is given."""
        before = len(self._differing)
        for line in [line for line in self._differing if last is None or line <= last]:
            del self._differing[line]
            row, shown = self._drawn[line], self._shown.setdefault(line, [])
            shown.extend(repeat(None, len(row) - len(shown)))
            for start, end in _stretches(shown, row):
                self._pen.draw(line, start + 1, [cell for cell in row[start:end] if cell is not None])
            self._shown[line] = row.copy()
        if len(self._differing) == before and self._cursor == self._cursor_shown:
            return ""
        self._cursor_shown = self._cursor
        return self._pen.finish(self._cursor)


def _stretches(shown: Row, row: Row) -> Iterator[tuple[int, int]]:
    """From where to where a line must be drawn anew; whole parts of it where a cell is not one narrow character."""
    changed = [at for at, (old, new) in enumerate(zip(shown, row, strict=True)) if old != new]
    if not changed:
        return
    if any(cell is not None and len(cell[1]) != 1 for cells in (shown, row) for cell in cells):
        changed = [at for at, cell in enumerate(row) if cell is not None]
    start = last = changed[0]
    for at in changed:
        if at - last > _WORTH_A_JUMP or any(cell is None for cell in row[last:at]):
            yield start, last + 1
            start = at
        last = at
    yield start, last + 1


def _spans(frame: str, colours: Colours) -> list[Span] | None:
    """The cells of a frame; None if it holds anything but places, styles and text."""
    spans: list[Span] = []
    style = PLAIN
    for line, column, styled, text, end, other in _TOKEN.findall(frame):
        if other or (text and not spans):
            return None
        if line:
            spans.append((int(line), int(column), []))
        elif text:
            _lay(text, style, spans[-1][2])
        elif not end:
            style = look(styled, colours)
    return spans


def _lay(text: str, style: Look, cells: list[Cell]) -> None:
    """Lay a text out in cells behind those that are there."""
    unwritten = blank(style)
    if text.isascii():
        cells.extend((unwritten if character == " " else style, character) for character in text)
        return
    for character in text:
        width = get_character_cell_size(character)
        if width:
            cells.append((unwritten if character == " " else style, character))
            cells.extend(repeat((style, ""), width - 1))
        elif cells:
            cells[-1] = (cells[-1][0], cells[-1][1] + character)
