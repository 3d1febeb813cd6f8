"""The line discipline and the size of a terminal."""

from __future__ import annotations

import os
import termios
from typing import Any


class Line:
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
