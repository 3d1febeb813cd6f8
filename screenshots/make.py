"""Takes the README's picture from the demo: `python screenshots/make.py`."""

import asyncio
from pathlib import Path

from mctop import wiring
from mctop.config import Settings
from mctop.service.base.served_cache import SimulatedCache
from mctop.service.process.child import spawn

PICTURE = Path(__file__).parent / "overview.svg"
SCENARIO = "stampede"
SIZE = (140, 40)
PATIENCE = 30.0
"""Seconds the demo has to be live."""
SETTLED = 12.0
"""Seconds after which it has rates, a log and the latency of every server."""


async def make() -> None:
    """Let the demo run until it has something to show, and draw it."""
    child = spawn(SimulatedCache(SCENARIO, 1))
    try:
        app = wiring.dashboard(wiring.simulated(Settings(label="shop"), child))
        async with app.run_test(size=SIZE) as pilot:
            async with asyncio.timeout(PATIENCE):
                while "LIVE" not in app.export_screenshot():
                    await pilot.pause(0.2)
            await pilot.pause(SETTLED)
            PICTURE.write_text(app.export_screenshot(title=f"mctop demo --scenario {SCENARIO}"))
    finally:
        child.close()


if __name__ == "__main__":
    asyncio.run(make())
