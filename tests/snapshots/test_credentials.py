"""The credentials, and the switches of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.snapshots.comparing import after
from tests.ui import samples
from tests.ui.modals.credentials import keyring
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from tests.snapshots.comparing import Compare

SMALL, WIDE = (80, 24), (120, 30)


@pytest.fixture
def stage() -> Stage:
    built = Stage()
    keyring.fill(built.store)
    built.store.cache_id.set(1561)
    return built


def opened(*keys: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Open the credentials, press keys, and wait until everything that was sent has been shown."""

    async def go(pilot: Pilot[int]) -> None:
        await after("C")(pilot)
        while pilot.app.screen.focused is None:
            await pilot.pause()
        await after(*keys)(pilot)

    return go


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["80x24", "120x30"])
def test_list(stage: Stage, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(stage.app, terminal_size=size, run_before=opened("down"))
    assert stage.app.frame_filter.hits == 0


def test_of_a_development_cache(stage: Stage, snap_compare: Compare) -> None:
    stage.store.cache.value.set(samples.cache().model_copy(update={"can_manage_credentials": False}))
    assert snap_compare(stage.app, terminal_size=SMALL, run_before=opened())


def test_switches(stage: Stage, snap_compare: Compare) -> None:
    assert snap_compare(stage.app, terminal_size=SMALL, run_before=opened("down", "e", "space", "up", "space"))
