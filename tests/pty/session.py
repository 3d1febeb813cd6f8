"""A program in a pseudo-terminal of its own, seen and handled as a person would."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from typing import TYPE_CHECKING

from tests.pty.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

_CLOSED = -1


class Session:
    """A running program; read its screen, send keys, wait for what should appear, and end it.

    `answer` plays a terminal that talks back: it is given every piece of output and returns what to type.
    """

    def __init__(
        self,
        argv: Sequence[str | Path],
        *,
        columns: int = 80,
        lines: int = 24,
        env: Mapping[str, str] | None = None,
        answer: Callable[[bytes], bytes] | None = None,
    ) -> None:
        self.raw = bytearray()
        self.emulator = Emulator(columns, lines)
        self._answer = answer
        self._master, self._slave = pty.openpty()
        self.resize(columns, lines)
        self.process = subprocess.Popen(
            [str(part) for part in argv],
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            env=_environment(env or {}),
            preexec_fn=_own_terminal,
        )

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the program, whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.hang_up()

    @property
    def lines(self) -> tuple[str, ...]:
        """The text on screen, line by line, without trailing blanks."""
        return self.emulator.lines

    @property
    def text(self) -> str:
        """The text on screen."""
        return "\n".join(self.lines)

    @property
    def echoes(self) -> bool:
        """Whether the terminal echoes and edits lines, as a shell expects to find it."""
        flags = int(termios.tcgetattr(self._master)[3])
        return bool(flags & termios.ECHO and flags & termios.ICANON and flags & termios.ISIG)

    def read(self, timeout: float = 0.0) -> bool:
        """Take what the program has written, waiting at most `timeout` seconds for it; False if there was nothing."""
        if self._master == _CLOSED or not select.select([self._master], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.raw += data
        self.emulator.feed(data)
        if self._answer is not None and (reply := self._answer(data)):
            self.send(reply)
        return bool(data)

    def read_for(self, seconds: float) -> None:
        """Take everything that the program writes in the next `seconds`."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not self.read(min(left, 0.05)) and self.process.poll() is not None:
                return

    def wait_for(self, seen: str | Callable[[Session], bool], timeout: float = 30.0) -> None:
        """Read until a text is on screen, or a condition holds; fail with the screen after `timeout` seconds."""
        end = time.monotonic() + timeout
        while not (seen in self.text if isinstance(seen, str) else seen(self)):
            if time.monotonic() > end or (self.process.poll() is not None and not self.read()):
                raise AssertionError(
                    f"{seen!r} did not come; exit code {self.process.poll()}; the screen:\n{self.text}"
                )
            self.read(0.05)

    def wait(self, timeout: float = 30.0) -> int:
        """Read until the program has ended, and return its exit code, negative for a signal that killed it."""
        end = time.monotonic() + timeout
        while self.process.poll() is None:
            if time.monotonic() > end:
                raise AssertionError(f"still running after {timeout} s; the screen:\n{self.text}")
            if not self.read(0.01):
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(0.01)
        while self.read():
            pass
        return self.process.returncode

    def send(self, keys: str | bytes) -> None:
        """Type: text, or bytes as a terminal would send them."""
        os.write(self._master, keys.encode() if isinstance(keys, str) else keys)

    def kill(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def resize(self, columns: int, lines: int) -> None:
        """Change the terminal's size; the kernel tells the program."""
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.emulator.resize(columns, lines)

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does."""
        for end in (self._slave, self._master):
            if end != _CLOSED:
                os.close(end)
        self._master = self._slave = _CLOSED


def _environment(extra: Mapping[str, str]) -> dict[str, str]:
    """This process's environment for a usual terminal, and `extra`."""
    unwanted = {"NO_COLOR", "COLUMNS", "LINES", "TEXTUAL"}
    inherited = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8", **extra}


def _own_terminal() -> None:
    """In the new process: lead a session whose controlling terminal is standard input."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
