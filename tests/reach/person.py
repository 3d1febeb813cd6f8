"""Somebody at the keyboard of the real dashboard on the real service, who types as a hand does and reads the screen."""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from pydantic import SecretStr
from textual import events

from mctop.api.login import Login
from mctop.api.transport import Transport
from mctop.store.base.clock import SystemClock
from mctop.store.polling.fleet import Fleet, Watched
from mctop.store.polling.session import Session
from mctop.ui.app.app import UiOptions
from mctop.ui.modals.change_dialogs import Sent
from mctop.ui.modals.list_dialog import ListDialog
from mctop.ui.screens.base import FramedScreen
from mctop.ui.widgets.change_guard import Guard
from mctop.wiring import SessionConnection
from tests.scenarios.oncall import stop_collecting
from tests.ui.stage import StagedApp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from textual.pilot import Pilot
    from textual.screen import Screen

    from mctop.store.store import Store
    from tests.contract.server import RunningService

SIZE = (80, 24)
PATIENCE = 10.0
"""Seconds after which what did not come will not come."""
GLANCE = 0.05
"""Seconds between two looks."""
HAND = 0.4
"""Seconds that pass between two keys, on the clock that guards go by."""
TOKEN = re.compile(r"~\S+|'[^']*'|\S+")


class HandClock(SystemClock):
    """Runs ahead where a test lets time pass without waiting for it."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def monotonic(self) -> float:
        """Seconds."""
        return super().monotonic() + self.ahead


class Person:
    """Presses keys and waits for what the screen says."""

    def __init__(self, pilot: Pilot[int], clock: HandClock) -> None:
        self._pilot = pilot
        self._clock = clock

    async def press(self, keys: str) -> None:
        """Press what a way says."""
        for token in TOKEN.findall(keys):
            if token.startswith("~"):
                pattern = token[1:].replace("_", " ")
                await self.until(partial(self._shows, pattern), token)
            elif token.startswith("="):
                self._pilot.app.post_message(events.Paste(token[1:]))
                await self._settle()
            elif token.startswith("'"):
                for character in token[1:-1]:
                    await self._key(character)
            else:
                await self._key(token)

    async def until(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, f"{what} did not come on\n{self.screen}"
            await asyncio.sleep(GLANCE)
        await self._settle()

    async def go_home(self) -> None:
        """Read what came of what was sent, and close every dialog and page."""
        await self.until(lambda: not (isinstance(self._top, Sent) and self._top.outcome is None), "an outcome")
        while self._top.is_modal or (isinstance(self._top, FramedScreen) and self._top.page):
            await self._key("escape" if self._top.is_modal else "q")

    @property
    def screen(self) -> str:
        """The text that is on the screen, line by line."""
        return "\n".join(strip.text.rstrip() for strip in self._top._compositor.render_strips())

    def _shows(self, pattern: str) -> bool:
        """Whether it is on the screen, and what asks there takes the keys; an empty list and what tells take none."""
        asks = self._top.is_modal and not isinstance(self._top, ListDialog | Sent)
        if not all(guard.pacing.opened for guard in self._top.query(Guard)):
            return False
        return (not asks or self._top.focused is not None) and re.search(pattern, self.screen) is not None

    @property
    def _top(self) -> Screen[object]:
        return self._pilot.app.screen

    async def _settle(self) -> None:
        """Let everything happen that follows from what was sent, and from what that caused."""
        for _ in range(2):
            await self._pilot.pause(0)

    async def _key(self, key: str) -> None:
        self._clock.ahead += HAND
        self._pilot.app.simulate_key(key)
        await self._settle()


@asynccontextmanager
async def at_the_keyboard(service: RunningService, api: str) -> AsyncIterator[Person]:
    """Open mctop in the Caches; it asks for the cache id itself where that is v1's `login`."""
    clock = HandClock()
    login = Login(service.username, SecretStr(service.password))

    async def connect(store: Store, turn: AbstractAsyncContextManager[None]) -> SessionConnection:
        transport = Transport(service.url, login)
        cache_id = None if api == "v1" else service.cache_id
        return SessionConnection(Session(store, transport, cache_id, api=api, turn=turn), transport)

    fleet = Fleet((Watched("cache", connect),), "cache", SystemClock())
    app = StagedApp(lambda: fleet, clock=clock, options=UiOptions(view="Caches"))
    async with app.run_test(size=SIZE) as pilot:
        person = Person(pilot, clock)
        try:
            await person.press("~LIVE")
            yield person
        finally:
            await stop_collecting(app)
