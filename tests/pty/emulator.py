"""What a terminal makes of the bytes it is sent: the screen, and the modes that are on."""

from __future__ import annotations

import re

import pyte

_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*)?\Z")
# pyte would print the tail of these: private CSI forms with a prefix or an intermediate that it does not know.
_FOREIGN = re.compile(rb"\x1b\[(?:[<>=][0-?]*[ -/]*[@-~]|[0-?]*[ -/]+[@-~])")
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])|\x1b\[(>)[0-9;]*u|\x1b\[(<)[0-9;]*u")
KITTY = "kitty"
"""The name in `modes` of the keyboard protocol that is pushed and popped."""


class Emulator:
    """A screen of `columns` × `lines` cells; `modes` holds the numbers of the private modes that were set."""

    def __init__(self, columns: int, lines: int) -> None:
        self.modes: set[int | str] = {7, 25}
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._rest = b""

    def feed(self, data: bytes) -> None:
        """Take what the program wrote, in pieces of any length."""
        data = self._rest + data
        unfinished = _UNFINISHED.search(data)
        self._rest = unfinished[0] if unfinished else b""
        data = data[: len(data) - len(self._rest)]
        for numbers, switch, pushed, popped in _MODE.findall(data):
            names = {int(number) for number in numbers.split(b";")} if numbers else {KITTY}
            if switch == b"h" or pushed:
                self.modes |= names
            elif switch == b"l" or popped:
                self.modes -= names
        self._stream.feed(_FOREIGN.sub(b"", data))

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the screen."""
        self._screen.resize(lines, columns)

    @property
    def lines(self) -> tuple[str, ...]:
        """The text on screen, line by line, without trailing blanks."""
        # Not pyte's own `display`: it fails at a cell whose wide neighbour has been written over.
        cells = (self._screen.buffer[y] for y in range(self._screen.lines))
        columns = range(self._screen.columns)
        return tuple("".join(row[x].data for x in columns).rstrip() for row in cells)

    def colours(self, column: int, line: int) -> tuple[str, str]:
        """The foreground and background of a cell, counted from 0: a name, six hexadecimal digits or `default`."""
        cell = self._screen.buffer[line][column]
        return str(cell.fg), str(cell.bg)
