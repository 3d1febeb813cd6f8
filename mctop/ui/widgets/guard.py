"""What stands between a person and a change: it says yes to a key alone, pressed by a hand that saw what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.reactive import var

from mctop.ui.pacing import Pacing
from mctop.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from textual import events
    from textual.timer import Timer

    from mctop.store.clock import Clock

WIDEST = 58
"""Columns of a remark, at most."""
QUIET = 0.1
"""Seconds without any key after one that answers: keys that waited for a busy program are handled all at once."""
AGAIN = "that came too close to another key: press enter again"
PASTED = "what is pasted does not count: type it"


class Guard(Lines, can_focus=True):
    """Takes keys alone: a click, a paste or a terminal's own reply never gives an answer. The last line remarks."""

    DEFAULT_CSS = """
    Guard { width: auto; height: auto; margin: 1 0 0 0; }
    """

    remark: var[str] = var("")

    @dataclass
    class Given(Message):
        """An answer was given: whether to do it."""

        yes: bool

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.pacing = Pacing(clock)
        self._giving: Timer | None = None

    @property
    def giving(self) -> bool:
        """Whether it says yes, unless another key comes."""
        return self._giving is not None

    def note(self) -> None:
        """A key has come: the one before was not alone."""
        self.pacing.note()
        if self._giving is not None:
            self._giving.stop()
            self._giving, self.remark = None, AGAIN

    def give(self) -> None:
        """Say yes, if the key came after a rest and stays alone."""
        if self.pacing.rested:
            self._giving = self.set_timer(QUIET, self._give)
        else:
            self.remark = AGAIN

    def _give(self) -> None:
        self._giving = None
        self.post_message(self.Given(True))

    def watch_remark(self) -> None:
        """Say something else."""
        self.redraw()

    def on_paste(self, event: events.Paste) -> None:
        """Take nothing of it."""
        event.stop()
        self.note()
        self.remark = PASTED
