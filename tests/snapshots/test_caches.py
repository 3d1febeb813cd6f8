"""The Caches in every state, at the sizes people have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.store.base.health import FailureKind
from tests.snapshots.comparing import EACH_SIZE, SMALL, Compare
from tests.ui.screens.caches.fleets import NAMES, FleetStage, busy, fail, live

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

MANY = tuple(f"tenant-{number:02}" for number in range(50))


def opened(*keys: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Go to the Caches, press keys, and wait until everything that was sent has been shown."""

    async def go(pilot: Pilot[int]) -> None:
        await pilot.pause()
        for key in ("0", *keys):
            await pilot.press(key)
            await pilot.pause()
        await pilot.pause()

    return go


@EACH_SIZE
def test_full(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = busy()
    assert snap_compare(stage.app, terminal_size=size, run_before=opened("down", "down"))
    assert stage.app.frame_filter.hits == 0


@EACH_SIZE
def test_nothing_known_yet(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(FleetStage(*NAMES).app, terminal_size=size, run_before=opened())


@EACH_SIZE
def test_stale(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = FleetStage(*NAMES)
    for name in NAMES:
        live(stage.store(name))
    stage.clock.passed = 300
    assert snap_compare(stage.app, terminal_size=size, run_before=opened())


@EACH_SIZE
def test_refused(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = FleetStage(*NAMES)
    for name in NAMES:
        fail(stage.store(name), FailureKind.UNAUTHORIZED, 401, "Bad username or password", None)
    assert snap_compare(stage.app, terminal_size=size, run_before=opened())


@pytest.mark.parametrize("keys", [(), ("c",), ("c", "s", "e"), ("c", "z", "z")], ids=["many", "pick", "found", "none"])
def test_many_caches(snap_compare: Compare, keys: tuple[str, ...]) -> None:
    stage = FleetStage(*MANY, "search", "sessions")
    for index, name in enumerate((*MANY, "search", "sessions")):
        live(stage.store(name), hit_rate=0.3 + 0.02 * (index % 34), used=0.5 + 0.01 * (index % 50))
    assert snap_compare(stage.app, terminal_size=SMALL, run_before=opened(*keys))


def test_one_cache(snap_compare: Compare) -> None:
    stage = FleetStage("only")
    live(stage.store("only"))
    assert snap_compare(stage.app, terminal_size=SMALL, run_before=opened())


def test_full_screen(snap_compare: Compare) -> None:
    assert snap_compare(busy().app, terminal_size=SMALL, run_before=opened("f"))
