"""The modes and the line discipline of the terminal: what it is asked to be, and how it is given back."""

from __future__ import annotations

import os
import termios
from dataclasses import dataclass
from typing import Any


class LineDiscipline:
    """The terminal's line discipline: keys come one by one and unchanged between `take` and `give_back`."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._before: list[Any] | None = None

    def take(self) -> None:
        """Switch off echo, line editing, signals from keys and flow control; remember what was on.

        Raises:
            termios.error: the terminal is gone.
        """
        now = termios.tcgetattr(self._fd)
        if self._before is None:
            self._before = now
        iflag, oflag, cflag, lflag, ispeed, ospeed, characters = now
        iflag &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        lflag &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        characters = [*characters]
        characters[termios.VMIN], characters[termios.VTIME] = 1, 0
        termios.tcsetattr(self._fd, termios.TCSANOW, [iflag, oflag, cflag, lflag, ispeed, ospeed, characters])

    def give_back(self) -> None:
        """Drop what was typed for mctop and is unread, and restore what was on before.

        Raises:
            termios.error: the terminal is gone.
        """
        before, self._before = self._before, None
        if before is not None:
            termios.tcflush(self._fd, termios.TCIFLUSH)
            termios.tcsetattr(self._fd, termios.TCSANOW, before)

    def in_foreground(self) -> bool:
        """Whether this process may touch the terminal without being stopped for it."""
        try:
            return os.tcgetpgrp(self._fd) == os.getpgrp()
        except OSError:
            return True  # not the controlling terminal: nobody else's business

    def size(self) -> tuple[int, int]:
        """Columns and lines; 80 × 24 if the terminal does not know."""
        try:
            columns, lines = os.get_terminal_size(self._fd)
        except OSError:
            columns = lines = 0
        return columns or 80, lines or 24


_ALTERNATE_SCREEN = ("\x1b[?1049h", "\x1b[?1049l")
_NO_CURSOR = ("\x1b[?25l", "\x1b[?25h")
_NO_WRAP = ("\x1b[?7l", "\x1b[?7h")
_FOCUS = ("\x1b[?1004h", "\x1b[?1004l")
_PASTE = ("\x1b[?2004h", "\x1b[?2004l")
MOUSE_AT_REST = "\x1b[?1003l"
"""No reports of where the mouse is while no button is pressed."""
_MOUSE = ("\x1b[?1000h\x1b[?1003h\x1b[?1006h", "\x1b[?1006l\x1b[?1003l\x1b[?1000l")
# Keys as unambiguous sequences, all of them, with their text. The terminal keeps a stack of this per screen.
_KITTY_KEYS = ("\x1b[>25u", "\x1b[<u")
_ASK_ABOUT_SYNC = "\x1b[?2026$p"

SYNC_START = "\x1b[?2026h"
SYNC_END = "\x1b[?2026l"
"""What stands around a frame, so that the terminal shows it at once."""


@dataclass(frozen=True, slots=True)
class Modes:
    """The sequences that begin and end full-screen operation."""

    enter: bytes
    restore: bytes


def modes(*, mouse: bool, kitty_keys: bool) -> Modes:
    """The modes to use; restoring them also ends a frame that was cut short."""
    wanted = [_ALTERNATE_SCREEN, _NO_CURSOR, _NO_WRAP, _FOCUS, _PASTE]
    if mouse:
        wanted.append(_MOUSE)
    if kitty_keys:
        wanted.append(_KITTY_KEYS)
    enter = "".join(on for on, _ in wanted)
    if os.environ.get("TERM_PROGRAM") != "Apple_Terminal":  # it would print the question
        enter += _ASK_ABOUT_SYNC
    restore = SYNC_END + "\x1b[0m" + "".join(off for _, off in reversed(wanted))
    return Modes(enter.encode(), restore.encode())
