"""The real dashboard on the real service over a tapped wire, and the hands of whoever sits before it."""

from __future__ import annotations

import asyncio
import time
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic import SecretStr
from textual import events
from textual.geometry import Size

from mctop.api.login import Login
from mctop.api.transport import Transport
from mctop.store.base.clock import SystemClock
from mctop.store.polling.fleet import Fleet, Watched
from mctop.store.polling.session import Session
from mctop.ui.app.app import Mctop, UiOptions
from mctop.wiring import SessionConnection
from tests.hostile.sessions.consent import Consent
from tests.hostile.sessions.reading import asked
from tests.hostile.sessions.spy import Spy

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from mctop.store.store import Store
    from tests.contract.server import RunningService

DEADLINE = 0.5
"""Seconds that mctop waits for an answer."""
NAP = 0.1
"""Seconds that anything in the store sleeps at a time, at most."""
AFTER = 0.8
"""Seconds within which a dialog closes that was agreed to."""
QUIET = 0.15
"""Seconds within which it would close upon what does not agree to it."""
TURNS = 6
"""How often all that is queued is worked off, at most: until what has the keys is what had them the time before."""
GLANCE = 0.01
"""Seconds between two looks."""
QUEUED = 0.2
"""Seconds for which a screen that is closing is waited for."""

CHARACTERS = {
    "space": " ", "enter": "\r", "tab": "\t", "backspace": "\x7f", "escape": "\x1b", "ctrl+u": "\x15", "plus": "+",
    "minus": "-", "slash": "/",
}  # fmt: skip
"""Characters of keys that have other names than Unicode has for them."""


class StillClock:
    """The clock that the screen goes by; only a hand moves it."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._day = float(int(time.time()))
        self.passed = 0.003

    def monotonic(self) -> float:
        """Seconds."""
        return self._began + self.passed

    def wall(self) -> float:
        """Epoch seconds."""
        return self._day + self.passed

    async def sleep(self, seconds: float) -> None:
        """Never needed by the screen."""
        raise AssertionError("the screen does not sleep")


class Napping(SystemClock):
    """Sleeps only a little at a time, so that what is looked at again after a lost answer is so at once."""

    async def sleep(self, seconds: float) -> None:
        """Wait, but not for long."""
        await asyncio.sleep(min(seconds, NAP))


class Desk:
    """Every method is what somebody does; `consent` is what they agreed to by it."""

    def __init__(self, service: RunningService, audit: Path, *, api: str, shown: bool, closed: bool, view: str) -> None:
        """`shown` says that the screen knows of read-only, `closed` that the transport does."""
        self.spy = Spy(service.url)
        self.clock = StillClock()
        self.consent = Consent(service.username, self.clock.monotonic())
        self._audit = audit
        login = Login(service.username, SecretStr(service.password))

        async def connect(store: Store, turn: AbstractAsyncContextManager[None]) -> SessionConnection:
            transport = Transport(self.spy.url, login, read_only=closed, deadline=DEADLINE)
            session = Session(
                store, transport, service.cache_id, api=api, clock=Napping(), turn=turn, audit=audit
            )  # fmt: skip
            return SessionConnection(session, transport)

        fleet = Fleet((Watched("shop", connect, read_only=shown),), "shop", SystemClock())
        self.app = Mctop(lambda: fleet, clock=self.clock, options=UiOptions(read_only=shown, view=view))

    @property
    def open(self) -> bool:
        """Whether mctop was not left yet."""
        return self.app.is_running and self.app._driver is not None

    async def strike(self, *keys: str, after: float) -> None:
        """Press keys all at once, so many seconds after the last one."""
        self._look()
        self.clock.passed += after
        agreed = False
        for index, key in enumerate(keys):
            character = character_of(key)
            agreed = self.consent.key(key, character, self.clock.monotonic())
            if agreed and index + 1 < len(keys):
                self.consent.take_back()
            self._send(events.Key(key, character))
        await self.settle()
        if "enter" in keys:
            await self.until(lambda: asked(self.app.screen) is None, AFTER if agreed else QUIET)

    async def click(self, x: int, y: int) -> None:
        """Press the button of the mouse, and let it go."""
        width, height = self.app.size
        x, y = min(x, width - 1), min(y, height - 1)
        for kind in (events.MouseMove, events.MouseDown, events.MouseUp):
            button = 0 if kind is events.MouseMove else 1
            self._send(kind(None, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y))
        await self.settle()

    async def paste(self, text: str) -> None:
        """Let the terminal paste."""
        self._send(events.Paste(text))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        if self.open:
            assert self.app._driver is not None
            size = self.app._driver._size = Size(width, height)
            self._send(events.Resize(size, size))
            await self.settle()

    async def until(self, is_so: Callable[[], bool], seconds: float) -> bool:
        """Wait until something is so, but not longer than so many seconds; whether it is."""
        end = time.monotonic() + seconds
        while not is_so():
            if not self.open or time.monotonic() >= end:
                return False
            await asyncio.sleep(GLANCE)
        return True

    async def settle(self) -> None:
        """Let everything that is queued be worked off."""
        before: object = None
        for _ in range(TURNS):
            done = asyncio.Event()
            if not self.open or not self.app.call_later(self._pass_on, done):
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(QUEUED):
                    await done.wait()
            held, before = before, (self.app.screen, self.app.focused)
            if before == held:
                break
        self._look()

    def under_way(self) -> bool:
        """Whether a change was begun whose end was not recorded."""
        lines = self._audit.read_text().splitlines() if self._audit.exists() else []
        return sum('"intent"' in line for line in lines) > sum('"outcome"' in line for line in lines)

    def _pass_on(self, done: asyncio.Event) -> None:
        """From the app's queue to the screen's, and from there to that of what has the keys."""
        screen = self.app.screen
        screen.call_later(lambda: (screen.focused or screen).call_later(done.set))

    def _look(self) -> None:
        if self.open and self.app._screen_stack:
            self.consent.look(asked(self.app.screen), self.clock.monotonic())

    def _send(self, event: events.Event) -> None:
        if self.open:
            event.time = self.clock.monotonic()
            assert self.app._driver is not None
            self.app._driver.process_message(event)


def character_of(key: str) -> str | None:
    """The character that a terminal sends with a key, None for none."""
    if len(key) == 1:
        return key
    if key in CHARACTERS:
        return CHARACTERS[key]
    try:
        return unicodedata.lookup(key.replace("_", " "))
    except KeyError:
        return None
