"""Someone on call, who was just paged: the real dashboard on the real service, and eight keys."""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from textual.worker import WorkerCancelled

from mctop.config import Secret, Settings
from mctop.service.simulation.simulation import SINCE, Simulation
from mctop.ui.terminal.key_pace import REST
from mctop.wiring import dashboard
from tests.contract.server import running_service
from tests.scenarios.moment import in_the_evening

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

    from mctop.ui.app.app import Mctop

SIZE = (120, 30)
MOST_KEYS = 8
PATIENCE = 10.0
"""Seconds after which what is not on the screen will not come."""
GLANCE = 0.1
"""Seconds between two looks at the screen."""


class OnCall:
    """Presses keys, which are counted, and reads the screen."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self._pilot = pilot
        self._pressed = 0

    async def press(self, *keys: str) -> None:
        """Press some of the keys that there are."""
        self._pressed += len(keys)
        assert self._pressed <= MOST_KEYS, f"more than {MOST_KEYS} keys"
        await self._pilot.press(*keys)

    async def confirm(self) -> None:
        """Choose what changes something, rest as a hand that reads does, and say yes to it."""
        await self.press("tab")
        await asyncio.sleep(REST)
        await self.press("enter")

    async def sees(self, *patterns: str) -> None:
        """Wait until every pattern is found in a line of the screen; all of them at once."""
        end = time.monotonic() + PATIENCE
        while missing := [one for one in patterns if not re.search(one, self.screen)]:
            assert time.monotonic() < end, f"nothing matches {missing} on\n{self.screen}"
            await asyncio.sleep(GLANCE)

    @property
    def screen(self) -> str:
        """The text that is on the screen, line by line."""
        strips = self._pilot.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)


@asynccontextmanager
async def paged(scenario: str, *, age: float = SINCE) -> AsyncIterator[OnCall]:
    """Open the dashboard while an incident goes on that began `age` seconds ago."""
    with (
        in_the_evening() as clock,
        running_service(Simulation(1, scenario, started=clock() + SINCE - age, clock=clock)) as service,
    ):
        settings = Settings(
            url=service.url,
            cache_id=service.cache_id,
            username=service.username,
            password=Secret(service.password),
            label="shop",
        )
        app = dashboard(settings)
        async with app.run_test(size=SIZE) as pilot:
            try:
                yield OnCall(pilot)
            finally:
                await stop_collecting(app)


async def stop_collecting(app: Mctop) -> None:
    """Wait until every connection is closed: the loop ends with the test."""
    for worker in tuple(app.workers):
        worker.cancel()
        with suppress(WorkerCancelled):
            await worker.wait()
