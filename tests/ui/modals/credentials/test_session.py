"""Credentials from the keyboard against the service itself: created, edited, promoted, deleted."""

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
from tests.ui.modals.credentials.keyring import screen_text
from tests.ui.stage import ready

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from textual.pilot import Pilot

    from tests.contract.server import RunningService

PATIENCE = 10.0
"""Seconds after which what is not on the screen will not come."""
SENT = ('"write_capability": false', '"flush_capability": true', '"api_capability": true')
"""What a PATCH says in full."""
CHANGES = ("POST", "PATCH", "DELETE", "PUT")


def audit_log(state: Path) -> str:
    """What was recorded."""
    return next(state.rglob("audit.jsonl")).read_text()


async def sees(pilot: Pilot[int], *patterns: str) -> str:
    """Wait until every pattern is on the screen; the text that is."""
    end = time.monotonic() + PATIENCE
    while missing := [one for one in patterns if not re.search(one, screen_text(pilot.app))]:
        assert time.monotonic() < end, f"nothing matches {missing} on\n{screen_text(pilot.app)}"
        await pilot.pause(0.1)
    return screen_text(pilot.app)


def changes(service: RunningService) -> list[tuple[str, str]]:
    """What was sent that changes something: method and path."""
    return [(one.method, one.path) for one in service.exchanges if one.method in CHANGES]


def found(text: str, pattern: str) -> str:
    """What the group of a pattern is in the text."""
    match = re.search(pattern, text)
    assert match is not None
    return match.group(1)


async def rested(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, each after a rest."""
    for key in keys:
        await pilot.pause(REST)
        await pilot.press(key)


async def confirmed(pilot: Pilot[int]) -> str:
    """Say yes to what is asked, and wait until it is done; what is told then."""
    await rested(pilot, "right", "enter")
    return await sees(pilot, "✓ done")


async def test_a_credential_is_created_edited_promoted_and_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with running_service(Simulation(seed=1, scenario="steady", started=time.time())) as service:
        app = dashboard(
            Settings(url=service.url, cache_id=service.cache_id, username=service.username,
                     password=Secret(service.password), label="shop")
        )  # fmt: skip
        async with app.run_test(size=(120, 30)) as pilot:
            await ready(pilot)
            await pilot.press("C")
            await sees(pilot, service.username + r".*★ primary.*▸ mctop")
            await pilot.press("n")
            await sees(pilot, "POST .*/credentials", "up to 3 minutes")
            name = found(await confirmed(pilot), r"username +([0-9A-F]{6,})")
            await pilot.press("v")
            password = found(await sees(pilot, r"password +[0-9A-F]{16,}"), r"password +([0-9A-F]{16,})")
            await pilot.press("escape")
            assert password not in await sees(pilot, name + ".*✓ yes +✓ yes +✓ yes")
            await pilot.press("j", "e", "space", "enter")
            await sees(pilot, f"PATCH .*/credentials/{name}", "write .*→", *SENT)
            await confirmed(pilot)
            await pilot.press("escape")
            await sees(pilot, name + ".*· no +✓ yes +✓ yes")
            for promoted, key in ((name, "j"), (service.username, "k")):
                await pilot.press(key, "p")
                await sees(pilot, "Heroku", f"credentials/primary/{promoted}")
                await confirmed(pilot)
                await pilot.press("escape")
                await sees(pilot, promoted + ".*★ primary")
            await pilot.press("j", "d")
            await sees(pilot, f"DELETE .*/{name}", "not the primary")
            await rested(pilot, *name, "enter")
            await sees(pilot, "✓ done")
            await pilot.press("escape", "e", "k", "space", "enter")
            await sees(pilot, "stops working with this cache", "lock me out")
            await rested(pilot, "enter", "enter")
            await pilot.press("escape", "escape")
            assert password not in screen_text(app)
            await stop_collecting(app)
        path = f"/api/v2/caches/{service.cache_id}/credentials"
        assert changes(service) == [
            ("POST", path), ("PATCH", f"{path}/{name}"), ("POST", f"{path}/primary/{name}"),
            ("POST", f"{path}/primary/{service.username}"), ("DELETE", f"{path}/{name}"),
        ]  # fmt: skip
        known = service.account.credentials.all()
        assert [one.sasl_username for one in known] == [service.username]
        assert not any(secret in audit_log(tmp_path) for secret in (password, service.password))
