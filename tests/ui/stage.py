"""The app on a stage: a real store, a session that does nothing, and a clock that stands still until it is set."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import events

from mctop.store.polling.fleet import Fleet, Watched
from mctop.store.store import Store
from mctop.ui.app.app import Mctop
from mctop.ui.registry.options import UiOptions
from mctop.ui.screens.first_frame import OpeningScreen
from mctop.ui.screens.overview.screen import OverviewScreen
from tests.ui import samples

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from textual.pilot import Pilot

    from mctop.store.changes.execution import Actions


async def ready(pilot: Pilot[int]) -> None:
    """The view has come, however busy the machine is, and shows everything that was sent."""
    while isinstance(pilot.app.screen, OpeningScreen):
        await pilot.pause()
    await pilot.pause()


class StillClock:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.passed = 0.0

    def monotonic(self) -> float:
        """Seconds."""
        return samples.STARTED + self.passed

    def wall(self) -> float:
        """Epoch seconds."""
        return samples.NOON + self.passed

    async def sleep(self, seconds: float) -> None:
        """Never needed on the stage."""
        raise AssertionError("the screen does not sleep")


class FakeSession:
    """Counts how often it is asked to poll; `failure` ends it."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.refreshes = 0
        self.running = asyncio.Event()
        self.actions: Actions | None = None
        self._failure = failure

    async def run(self) -> None:
        """Run until cancelled."""
        self.running.set()
        if self._failure is not None:
            raise self._failure
        await asyncio.Event().wait()

    def refresh(self) -> None:
        """Count."""
        self.refreshes += 1


class StagedApp(Mctop):
    """The app; its keys are read when the clock of the stage says."""

    async def on_event(self, event: events.Event) -> None:
        """Take an event."""
        if isinstance(event, events.Key):
            event.time = self.clock.monotonic()
        await super().on_event(event)


class Stage:
    """An app and what it was built from."""

    def __init__(self, options: UiOptions | None = None, failure: Exception | None = None) -> None:
        self.store = Store()
        self.clock = StillClock()
        self.session = FakeSession(failure)
        options = options or UiOptions()
        only = Watched("cache", self._start, label=options.label, read_only=options.read_only, store=self.store)
        fleet = Fleet((only,), "cache", self.clock)
        self.app = StagedApp(lambda: fleet, clock=self.clock, options=options)

    @property
    def overview(self) -> OverviewScreen:
        """The view, once it is there."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, OverviewScreen))

    async def _start(self, store: Store, turn: AbstractAsyncContextManager[None]) -> FakeSession:
        return self.session
