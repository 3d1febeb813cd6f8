"""Textual's driver for a terminal that may stall, stop, vanish or answer back."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import termios
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from textual import constants, events
from textual.driver import Driver
from textual.geometry import Size

from mctop.ui.terminal.drawing.lean_pace import PROMPT, LeanPace
from mctop.ui.terminal.drawing.probe import Probe
from mctop.ui.terminal.drawing.screen_diff import TerminalCells
from mctop.ui.terminal.keyboard import Keyboard, escape_patience
from mctop.ui.terminal.modes import MOUSE_AT_REST, SYNC_END, SYNC_START, LineDiscipline, modes
from mctop.ui.terminal.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.message import Message

    from mctop.ui.terminal.drawing.abilities import Abilities
    from mctop.ui.terminal.textual_private import OpenApp

_PATIENCE = 1.0
_BETWEEN_QUESTIONS = 1.0


class HardenedDriver(Driver):
    """Reads standard input on the event loop, writes standard error in a thread, and always gives the terminal back."""

    def __init__(
        self, app: OpenApp, *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        self._in, self._out = _descriptor(sys.__stdin__, 0), _descriptor(sys.__stderr__, 2)
        self._line = LineDiscipline(self._in)
        super().__init__(app, debug=debug, mouse=mouse, size=size or self._line.size())
        self._open_app = app
        self._events = asyncio.get_running_loop()
        self._modes = modes(mouse=mouse, kitty_keys=not constants.DISABLE_KITTY_KEY)
        self._keyboard = Keyboard(escape_patience(os.environ))
        self._impatience: asyncio.TimerHandle | None = None
        self._read_at = monotonic()
        self._writer: Writer | None = None
        self._frame: list[str] | None = None
        self._sync = False
        self._pace = LeanPace(self._events.time())
        self._held: asyncio.TimerHandle | None = None
        self._cells = TerminalCells(app.abilities, lean=app.lean)
        self._probe = Probe(self._events.time, app.abilities.signs)
        self._asks = app.in_question
        self._size_sent: Size | None = None
        self._resumes = False

    @property
    def can_suspend(self) -> bool:
        """Whether the app may be sent to the background: yes."""
        return True

    def start_application_mode(self) -> None:
        """Take the terminal."""
        try:
            self._line.take()
        except termios.error:
            self._open_app.terminal_gone()
            return
        lost = _soon(self._events, self._open_app.terminal_gone)
        self._writer = Writer(self._out, drained=_soon(self._events, self.repaint), lost=lost)
        self._writer.start()
        self._events.add_reader(self._in, self._read)
        self._events.add_signal_handler(signal.SIGWINCH, self._resized)
        self._events.add_signal_handler(signal.SIGTSTP, self._suspend)
        self._events.add_signal_handler(signal.SIGCONT, self._continue)
        self._cells.forget()
        self._writer.send(self._modes.enter)
        self._ask()
        self._tell_size()  # it may have changed before anybody listened

    def stop_application_mode(self) -> None:
        """Give the terminal back; again does nothing."""
        self._resumes = False
        writer, self._writer = self._writer, None
        if writer is None:
            return
        self.disable_input()
        if not self._line.in_foreground():
            return
        writer.stop(self._modes.restore, _PATIENCE)
        try:
            self._line.give_back()
        except termios.error:
            return  # there is no terminal to restore any more

    def disable_input(self) -> None:
        """Read no more."""
        self._events.remove_reader(self._in)

    def write(self, data: str) -> None:
        """Send something to the terminal, as part of the frame if one is being written."""
        if self._frame is not None:
            self._frame.append(data)
        elif self._writer is not None:
            self._writer.send(data.encode("utf-8", "replace"))

    def begin_frame(self) -> None:
        """Gather what is written from here on."""
        self._frame = []

    def end_frame(self, *, sync: bool) -> None:
        """Send what was gathered as one frame, marked as one if the terminal understands that."""
        frame, self._frame, self._sync = "".join(self._frame or ()), None, sync
        self._paint(self._cells.draw(frame))
        wait = self._pace.wait(self._events.time()) if self._cells.lean and not self._open_app.screen.is_modal else 0.0
        if not wait:
            self._paint_all()
        else:
            self._paint(self._cells.difference(PROMPT))
            if self._held is None:
                self._held = self._events.call_later(wait, self._paint_all)
        if self._open_app.screen.size != self._size_sent:
            self._cells.forget()  # drawn for another size, so the terminal clamped or dropped some of it

    def _paint_all(self) -> None:
        """Send everything that was drawn and is not shown yet."""
        if self._held is not None:
            self._held.cancel()
            self._held = None
        self._pace.painted(self._events.time())
        self._paint(self._cells.difference())

    def _paint(self, frame: str) -> None:
        """Send what changes the screen, marked as one frame if the terminal understands that."""
        if frame and self._writer is not None:
            marked = SYNC_START + frame + SYNC_END if self._sync else frame
            self._writer.paint(marked.encode("utf-8", "replace"))

    def _read(self) -> None:
        """Take what was typed."""
        try:
            data = os.read(self._in, 4096)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.disable_input()
            self._open_app.terminal_gone()
            return
        self._read_at = monotonic()
        self._pass_on(self._keyboard.feed(data))

    def draw(self, abilities: Abilities, *, lean: bool) -> None:
        """Draw anew with other signs and colours, or in a leaner way."""
        self._cells.abilities, self._cells.lean = abilities, lean
        if lean and self._mouse:
            self.write(MOUSE_AT_REST)
        self.repaint()

    def _ask(self) -> None:
        """Ask the terminal where its cursor stands, if the answer can matter."""
        if self._asks and self._writer is not None:
            self._writer.send(self._probe.question().encode())

    def _answered(self, row: int, column: int) -> None:
        """Take the terminal's answer, and ask again as long as that tells more; places are counted from 1."""
        if not self._probe.answered(row, column):
            return
        self._open_app.signs_drawn(self._probe.cells or 0)
        if self._probe.undecided:
            self._events.call_later(_BETWEEN_QUESTIONS, self._ask)
            return
        self._asks = False
        if (seconds := self._probe.slow) is not None:
            self._open_app.terminal_slow(seconds)

    def _pass_on(self, messages: Iterable[Message]) -> None:
        """Send messages to the app, with the time at which they were read, and wait for the rest of what has begun."""
        for message in messages:
            message.time = self._read_at
            if isinstance(message, events.CursorPosition):
                self._answered(message.y + 1, message.x + 1)
            else:
                self._pace.touched(self._events.time())
                self.process_message(message)
        if self._impatience is not None:
            self._impatience.cancel()
            self._impatience = None
        if (patience := self._keyboard.patience) is not None:
            self._impatience = self._events.call_later(patience, lambda: self._pass_on(self._keyboard.give_up()))

    def _tell_size(self) -> None:
        """Tell the app how large the terminal is."""
        self._size_sent = Size(*self._line.size())
        self.process_message(events.Resize(self._size_sent, self._size_sent))

    def _resized(self) -> None:
        """Draw for the new size, even if it is the old one again: a terminal moves or drops what it shows."""
        self._tell_size()
        self.repaint()

    def repaint(self) -> None:
        """Have everything drawn anew, because the terminal may show anything."""
        self._pace.touched(self._events.time())
        self._cells.forget()
        self._open_app.refresh()

    def _suspend(self) -> None:
        """Give the terminal back and stop, as the shell asked."""
        runs = self._writer is not None
        self.stop_application_mode()
        self._resumes = runs
        os.kill(os.getpid(), signal.SIGSTOP)

    def _continue(self) -> None:
        """Go on after a stop; in the background that means to stop again before the terminal is touched."""
        resumes = self._resumes
        if not resumes and self._writer is None:
            return
        if not self._line.in_foreground():
            os.kill(os.getpid(), signal.SIGSTOP)
            return
        self.stop_application_mode()  # whoever stopped the process without asking may have changed the terminal
        self.start_application_mode()
        self._resized()
        if resumes:
            self.send_message(self.SignalResume())


def _soon(loop: asyncio.AbstractEventLoop, call: Callable[[], object]) -> Callable[[], None]:
    """The same call, for another thread to make, on the event loop."""

    def post() -> None:
        with suppress(RuntimeError):  # the loop has closed: there is nothing left to tell
            loop.call_soon_threadsafe(call)

    return post


def _descriptor(stream: object, usual: int) -> int:
    """The file descriptor of a standard stream, the usual one if Python has closed the stream."""
    return stream.fileno() if hasattr(stream, "fileno") else usual
