"""The cells that the terminal shows, so that only those that differ are sent."""

from __future__ import annotations

import re
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import get_character_cell_size

from mctop.ui.terminal.abilities import USUAL, Colours
from mctop.ui.terminal.pen import PLAIN, Pen, blank, look
from mctop.ui.words.signs import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mctop.ui.terminal.abilities import Abilities
    from mctop.ui.terminal.pen import Cell, Look


_TOKEN = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b\[([0-9;]*)m|([^\x1b\n]+)|(\n)|(.)", re.DOTALL)
_WORTH_A_JUMP = 9


class _Span(NamedTuple):
    """Cells beside each other; `even` if each holds one narrow character, so that any of them can be replaced alone."""

    line: int
    column: int
    cells: list[Cell]
    even: bool


class TerminalCells:
    """The cells that were sent. It is wrong after the terminal has changed by itself: then `forget`.

    Everything is drawn with the signs and in the colours of `abilities`; change them, and `forget`.
    """

    def __init__(self, abilities: Abilities = USUAL, *, lean: bool = False) -> None:
        self.abilities = abilities
        self.lean = lean
        """Whether no more than the palette's colours are sent, and no cursor that nobody sees."""
        self._lines: dict[int, list[Cell | None]] = {}
        self._cursor = ""
        self._pen = Pen()

    def forget(self) -> None:
        """Nothing is known about the terminal any more: the next frame is sent whole."""
        self._lines.clear()
        self._cursor = ""
        self._pen.lift()

    def difference(self, frame: str) -> str:
        """What of a frame must be sent; empty if it changes nothing."""
        frame = drawn(frame, self.abilities.signs)
        spans = _spans(frame, min(self.abilities.colours, Colours.PALETTE) if self.lean else self.abilities.colours)
        if spans is None:
            plain = self._pen.plain()
            self.forget()
            return plain + frame
        drew = False
        for span in spans:
            for start, end in self._changes(span):
                self._pen.draw(span.line, span.column + start, span.cells[start:end])
                drew = True
        cursor = frame[frame.rfind("\x1b") :] if frame.endswith("H") and not self.lean else ""
        if drew or cursor != self._cursor:
            self._cursor = cursor
            return self._pen.finish(cursor)
        return ""

    def _changes(self, span: _Span) -> Iterator[tuple[int, int]]:
        """The stretches of a span that the terminal does not show yet; takes note of them."""
        line = self._lines.setdefault(span.line, [])
        end = span.column + len(span.cells)
        if len(line) < end:
            line.extend(repeat(None, end - len(line)))
        shown, line[span.column : end] = line[span.column : end], span.cells
        if shown == span.cells:
            return
        if not span.even or any(cell is not None and len(cell[1]) != 1 for cell in shown):
            yield 0, len(span.cells)
            return
        changed = [at for at, (old, new) in enumerate(zip(shown, span.cells, strict=True)) if old != new]
        start = last = changed[0]
        for at in changed:
            if at - last > _WORTH_A_JUMP:
                yield start, last + 1
                start = at
            last = at
        yield start, last + 1


def _spans(frame: str, colours: Colours) -> list[_Span] | None:
    """The cells of a frame; None if it holds anything but places, styles and text."""
    spans: list[_Span] = []
    style, even = PLAIN, True
    for line, column, styled, text, end, other in _TOKEN.findall(frame):
        if other or (text and not spans):
            return None
        if line:
            spans.append(_Span(int(line), int(column), [], True))
        elif text:
            even = _lay(text, style, spans[-1].cells)
            if not even:
                spans[-1] = spans[-1]._replace(even=False)
        elif not end:
            style = look(styled, colours)
    return spans


def _lay(text: str, style: Look, cells: list[Cell]) -> bool:
    """Lay a text out in cells behind those that are there; whether each character took one."""
    unwritten = blank(style)
    if text.isascii():
        cells.extend((unwritten if character == " " else style, character) for character in text)
        return True
    even = True
    for character in text:
        width = get_character_cell_size(character)
        even = even and width == 1
        if width:
            cells.append((unwritten if character == " " else style, character))
            cells.extend(repeat((style, ""), width - 1))
        elif cells:
            cells[-1] = (cells[-1][0], cells[-1][1] + character)
    return even
