"""Alerts from the keyboard against the service itself: delivery config and alert created, edited, toggled, deleted."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from mctop.config import Secret, Settings
from mctop.service.simulation.simulation import Simulation
from mctop.ui.terminal.key_pace import REST
from mctop.wiring import dashboard
from tests.contract.server import running_service
from tests.scenarios.oncall import stop_collecting
from tests.ui.stage import ready

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from textual.pilot import Pilot

    from tests.contract.server import RunningService

PATIENCE = 10.0
"""Seconds after which what is not on the screen will not come."""
CHANGES = ("POST", "PUT", "DELETE")


async def sees(pilot: Pilot[int], *patterns: str) -> None:
    """Wait until every pattern is on the screen."""
    end = time.monotonic() + PATIENCE
    while missing := [one for one in patterns if not re.search(one, screen(pilot))]:
        assert time.monotonic() < end, f"nothing matches {missing} on\n{screen(pilot)}"
        await pilot.pause(0.02)


def screen(pilot: Pilot[int]) -> str:
    """What can be seen, and every toast."""
    shown = [strip.text for strip in pilot.app.screen._compositor.render_strips()]
    return "\n".join((*shown, *(note.message for note in pilot.app._notifications)))


def changes(service: RunningService) -> list[str]:
    """What was sent that changes something."""
    root = f"/api/v2/caches/{service.cache_id}/alerts"
    return [f"{one.method} {one.path.removeprefix(root)}" for one in service.exchanges if one.method in CHANGES]


async def confirm(pilot: Pilot[int], request: str, *facts: str) -> None:
    """Read what is asked, rest, and say yes."""
    await sees(pilot, request, *facts)
    await pilot.press("right")
    await pilot.pause(REST)
    await pilot.press("enter")


async def test_a_config_and_an_alert_are_created_edited_toggled_and_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with running_service(Simulation(seed=1, scenario="steady", started=time.time())) as service:
        app = dashboard(
            Settings(url=service.url, cache_id=service.cache_id, username=service.username,
                     password=Secret(service.password), label="shop")
        )  # fmt: skip
        async with app.run_test(size=(80, 24)) as pilot:
            await ready(pilot)
            await pilot.press("A")
            await sees(pilot, "no alerts · n creates one", "N creates a delivery config")
            await pilot.press("N", "tab", *"a@b.io", "enter")
            await confirm(pilot, "POST .*/alerts/configs", "delivers to +a@b.io")
            await sees(pilot, "✓ done")
            await pilot.press("escape")
            await sees(pilot, r"e-mail +a@b\.io +no alert")
            await pilot.press("n", "tab", *"99", "tab", "right", "tab", *"ho")
            await sees(pilot, "would have fired", "e-mail a@b.io", "fires below 99 %")
            await pilot.press("enter")
            await confirm(pilot, "POST .*/alerts", "hit rate below 99 %", "back-test +would have fired")
            await sees(pilot, "✓ done")
            await pilot.press("escape")
            await sees(pilot, "hit rate below 99 % .*would fire", "used by", " ho ")
            await pilot.press("e", "tab", "minus", "minus", "enter")
            await confirm(pilot, "PUT .*/alerts/1", "below 99 % → hit rate below 97 %")
            await sees(pilot, "✓ done")
            await pilot.press("escape")
            await sees(pilot, "hit rate below 97 %")
            await pilot.press("space")
            await confirm(pilot, "PUT .*/alerts/1", "enabled → disabled")
            await sees(pilot, "· off")
            await pilot.press("tab", "d")
            await confirm(pilot, "DELETE .*/alerts/configs/1", "! 1 alert uses it", "1  hit rate below 97 %")
            await sees(pilot, "used by alert 1")
            await pilot.press("escape", "tab", "d")
            await confirm(pilot, "DELETE .*/alerts/1", "hit rate below 97 %")
            await sees(pilot, "✓ done")
            await pilot.press("escape")
            await sees(pilot, "no alerts · n creates one")
            await pilot.press("d")
            await confirm(pilot, "DELETE .*/alerts/configs/1", "no alert uses it")
            await sees(pilot, "✓ done")
            await pilot.press("escape")
            await sees(pilot, "N creates a delivery config")
            await stop_collecting(app)
        assert changes(service) == [
            "POST /configs", "POST ", "PUT /1", "PUT /1", "DELETE /configs/1", "DELETE /1", "DELETE /configs/1",
        ]  # fmt: skip
        created = next(one for one in service.exchanges if one.method == "POST" and one.path.endswith("/alerts"))
        assert created.status == 201
