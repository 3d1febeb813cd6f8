"""The same cells with the whole program in front, without a terminal, in the view that shows the answers."""

from __future__ import annotations

import asyncio
import os
import tempfile
from typing import TYPE_CHECKING

from mctop.store.polling.fleet import Fleet, Watched
from mctop.ui.app.app import Mctop, UiOptions
from tests.hostile.matrix.cell import World

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from mctop.store.polling.session import Session
    from mctop.store.store import Store
    from tests.hostile.matrix.operations import Operation
    from tests.hostile.matrix.server import Control

SIZE = (120, 30)
GLANCE = 0.02
"""Seconds between two looks whether the program still runs."""
VIEWS = {
    "per_server": "Servers",
    "latency": "Servers",
    "popular_items": "Keys",
    "key_stats": "Keys",
    "recent_logs": "Log",
    "compound_stats": "Prefixes",
    "prefixes": "Prefixes",
    "prefix_stats": "Prefixes",
    "prefix_items": "Prefixes",
    "info": "Caches",
    "v1_stats": "Servers",
}
"""The view by operation, where it is not the Overview."""


class Screens(World):
    """The session as the program runs it."""

    def __init__(self, control: Control, operation: Operation, *, patient: bool) -> None:
        super().__init__(control, operation, patient=patient)
        self._view = VIEWS.get(operation.name, "Overview")
        self._app: Mctop | None = None

    async def watch(self) -> None:
        """Run the program until it ends; raise what ended it."""

        async def connect(store: Store, turn: AbstractAsyncContextManager[None]) -> Session:
            return self.session

        fleet = Fleet((Watched("cache", connect, store=self.store),), "cache", self.clock)
        with tempfile.TemporaryDirectory() as state:
            os.environ["XDG_STATE_HOME"] = state
            app = self._app = Mctop(lambda: fleet, clock=self.clock, options=UiOptions(view=self._view))
            async with app.run_test(size=SIZE):
                while True:
                    await asyncio.sleep(GLANCE)
                    if not app.is_running:
                        break

    def look(self) -> None:
        """Read the screen: nothing may have come to it around the gate for foreign text."""
        if self._app is not None and self._app.frame_filter.hits:
            self.problems.append(f"{self._app.frame_filter.hits} times text came around the gate")
