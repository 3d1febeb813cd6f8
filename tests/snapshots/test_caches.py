"""The Caches in every state, at the sizes people have."""

from __future__ import annotations

import pytest

from mctop.store.base.health import FailureKind
from tests.snapshots.comparing import EACH_SIZE, SMALL, Compare, after
from tests.ui.screens.caches.fleets import NAMES, FleetStage, busy, fail, live

MANY = tuple(f"tenant-{number:02}" for number in range(50))


@EACH_SIZE
def test_full(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = busy()
    assert snap_compare(stage.app, terminal_size=size, run_before=after("0", "down", "down"))
    assert stage.app.frame_filter.hits == 0


@EACH_SIZE
def test_nothing_known_yet(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(FleetStage(*NAMES).app, terminal_size=size, run_before=after("0"))


@EACH_SIZE
def test_stale(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = FleetStage(*NAMES)
    for name in NAMES:
        live(stage.store(name))
    stage.clock.passed = 300
    assert snap_compare(stage.app, terminal_size=size, run_before=after("0"))


@EACH_SIZE
def test_refused(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = FleetStage(*NAMES)
    for name in NAMES:
        fail(stage.store(name), FailureKind.UNAUTHORIZED, 401, "Bad username or password", None)
    assert snap_compare(stage.app, terminal_size=size, run_before=after("0"))


@pytest.mark.parametrize("keys", [(), ("c",), ("c", "s", "e"), ("c", "z", "z")], ids=["many", "pick", "found", "none"])
def test_many_caches(snap_compare: Compare, keys: tuple[str, ...]) -> None:
    stage = FleetStage(*MANY, "search", "sessions")
    for index, name in enumerate((*MANY, "search", "sessions")):
        live(stage.store(name), hit_rate=0.3 + 0.02 * (index % 34), used=0.5 + 0.01 * (index % 50))
    assert snap_compare(stage.app, terminal_size=SMALL, run_before=after("0", *keys))


def test_one_cache(snap_compare: Compare) -> None:
    stage = FleetStage("only")
    live(stage.store("only"))
    assert snap_compare(stage.app, terminal_size=SMALL, run_before=after("0"))


def test_full_screen(snap_compare: Compare) -> None:
    assert snap_compare(busy().app, terminal_size=SMALL, run_before=after("0", "f"))
