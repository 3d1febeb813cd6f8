"""The thread that writes to the terminal, so that nobody else ever waits for it."""

from __future__ import annotations

import os
import select
import signal
import termios
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_FRAMES = 8
_CHUNK = 4096
_LAST_PATIENCE = 0.25


class Writer(threading.Thread):
    """Carries what is written to a file descriptor, in order and whole.

    Frames are differences: once more than a few wait for a slow terminal all of them are dropped, and `drained` is
    called when it reads again, to ask for one full repaint. What is not a frame is never dropped. `lost` is called
    when the terminal is gone. Both are called in this thread.
    """

    def __init__(self, fd: int, drained: Callable[[], object], lost: Callable[[], object]) -> None:
        super().__init__(daemon=True, name="terminal-output")
        self._fd = fd
        self._drained = drained
        self._lost = lost
        self._changed = threading.Condition()
        self._waiting: list[tuple[bytes, bool]] = []
        self._behind = False
        self._stopping = False

    def send(self, data: bytes) -> None:
        """Write what must arrive: modes, the clipboard, the bell."""
        with self._changed:
            self._waiting.append((data, False))
            self._changed.notify()

    def paint(self, frame: bytes) -> None:
        """Write a frame, or drop it if the terminal does not keep up."""
        with self._changed:
            if not self._behind and sum(is_frame for _, is_frame in self._waiting) >= _FRAMES:
                self._behind = True
                self._drop_frames()
            if not self._behind and not self._stopping:
                self._waiting.append((frame, True))
                self._changed.notify()

    def stop(self, last: bytes, patience: float) -> None:
        """Write `last` and end; a terminal that has not read it after `patience` seconds loses what it has not read."""
        with self._changed:
            if not self._stopping:
                self._stopping = True
                self._drop_frames()
                self._waiting.append((last, False))
                self._changed.notify()
        self.join(patience)
        if self.is_alive() and self.ident is not None:
            with suppress(termios.error, ProcessLookupError):
                termios.tcflush(self._fd, termios.TCOFLUSH)
                # The kernel does not tell a blocked writer that there is room again; a signal makes it look.
                signal.pthread_kill(self.ident, signal.SIGWINCH)
            self.join(_LAST_PATIENCE)

    def run(self) -> None:
        """Write until told to stop, or until the terminal is gone."""
        try:
            while item := self._next():
                self._write(*item)
        except OSError:
            self._lost()

    def _next(self) -> tuple[bytes, bool] | None:
        """Wait for something to write; None at the end."""
        with self._changed:
            while not self._waiting:
                if self._behind:
                    self._behind = False
                    self._drained()
                if self._stopping:
                    return None
                self._changed.wait()
            return self._waiting.pop(0)

    def _write(self, data: bytes, is_frame: bool) -> None:
        """Write all of it; a frame is cut short when the screen is about to go away."""
        rest = memoryview(data)
        while rest and not (is_frame and self._stopping):
            try:
                rest = rest[os.write(self._fd, rest[:_CHUNK]) :]
            except BlockingIOError:
                # Another program that shares this terminal has made it non-blocking.
                select.select([], [self._fd], [])

    def _drop_frames(self) -> None:
        """Forget the frames that nobody has seen yet."""
        self._waiting = [(data, is_frame) for data, is_frame in self._waiting if not is_frame]
