"""A small app on the hardened base, to be treated badly: `python -m tests.hostile.host BEHAVIOUR`."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from mctop.api.redaction import Redactor
from mctop.ui.terminal import HardenedApp
from mctop.ui.terminal.shutdown import PATIENCE

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

CANARY = "c4n4ry/Secret+of-this-run"
"""A password that no output may ever show."""


class Host(HardenedApp):
    """Shows `ready`, names the keys it is given, and misbehaves on request."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "quit", "Quit"),
        Binding("c", "crash('callback')", "Crash"),
        Binding("t", "crash('task')", "Crash in a task"),
        Binding("T", "crash('thread')", "Crash in a thread"),
        Binding("s", "crash('stuck')", "Crash while a thread hangs"),
        Binding("l", "last_words", "Leave"),
        Binding("b", "spin", "Block the event loop"),
        Binding("h", "hang", "Hang in a handler"),
        Binding("z", "settle", "Show one letter everywhere"),
    ]
    CSS = "#noise { height: 1fr; overflow: hidden; }"

    def __init__(self, behaviour: str) -> None:
        redactor = Redactor()
        redactor.register(CANARY)
        super().__init__(redactor, patience=float(os.environ.get("PATIENCE", PATIENCE)))
        self.behaviour = behaviour
        self.pressed: list[str] = []
        self.settled = False

    def compose(self) -> ComposeResult:
        """A line that tells the state, and room for noise."""
        yield Static("ready", id="state", markup=False)
        yield Static("", id="noise", markup=False)

    async def on_mount(self) -> None:
        """Begin to misbehave."""
        if self.behaviour in ("TERM-while-mounting", "quit-while-mounting"):
            if self.behaviour.startswith("TERM"):
                os.kill(os.getpid(), signal.SIGTERM)
            else:
                self.exit()
            await asyncio.sleep(0)
            Static().mount(Static())
        if self.behaviour == "crash-at-once":
            self.crash()
        if self.behaviour == "noisy":
            self.set_interval(0.05, self.make_noise)
            self.set_interval(0.2, self.beat)

    def on_unmount(self) -> None:
        """Fail at the very end."""
        if self.behaviour == "crash-at-last":
            self.crash()

    def on_key(self, event: events.Key) -> None:
        """Tell which keys have arrived."""
        self.pressed.append(event.key)
        self.query_one("#state", Static).update("keys " + " ".join(self.pressed))

    def on_paste(self, event: events.Paste) -> None:
        """Tell what was pasted."""
        self.query_one("#state", Static).update("pasted " + ascii(event.text))

    def make_noise(self) -> None:
        """Change every cell below the first line."""
        if self.settled:
            return
        noise = "".join(random.choices("abcdefghij", k=self.size.width * self.size.height))
        self.query_one("#noise", Static).update(noise)

    def action_settle(self) -> None:
        """Stop the noise, and leave a screen that can be recognised."""
        self.settled = True
        self.query_one("#noise", Static).update("z" * (self.size.width * self.size.height))

    def beat(self) -> None:
        """Tell the file in the environment that work goes on."""
        with Path(os.environ["BEATS"]).open("a", encoding="ascii") as beats:
            beats.write("beat\n")

    def crash(self) -> None:
        """Fail, with a secret in the message, in a variable, and control characters beside it."""
        password = CANARY
        raise RuntimeError(f"cannot log in with {password}\x1b]0;PWNED\x07")

    async def action_crash(self, where: str) -> None:
        """Fail in a callback, in a task that nobody awaits, or in a thread."""
        if where == "callback":
            self.crash()
        elif where == "stuck":
            asyncio.get_running_loop().run_in_executor(None, time.sleep, 3600)
            self.crash()
        elif where == "task":
            asyncio.get_running_loop().call_soon(self.crash)
        else:
            threading.Thread(target=self.crash).start()

    def action_last_words(self) -> None:
        """Leave as after a refused password."""
        self.leave(3, f"refused \x1b[31m{CANARY}\nsecond line")

    def action_spin(self) -> None:
        """Compute for ever, and never come back to the event loop."""
        while True:
            time.monotonic()

    async def action_hang(self) -> None:
        """Wait for ever in a handler of the app."""
        await asyncio.sleep(3600)


if __name__ == "__main__":
    BEHAVIOUR = sys.argv[1] if len(sys.argv) > 1 else ""
    raise SystemExit(Host(BEHAVIOUR).run_hardened(mouse=BEHAVIOUR != "no-mouse"))
