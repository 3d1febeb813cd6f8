"""The dialogs before and after something is done to the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import SecretStr

from mctop.store.changes.outcome import Outcome, Result
from tests.snapshots.comparing import MIDDLE, SMALL, Compare, after
from tests.ui.acting import acting, pressed, settle, typed

if TYPE_CHECKING:
    from textual.pilot import Pilot


def test_flush(snap_compare: Compare) -> None:
    stage, _ = acting()

    async def half_typed(pilot: Pilot[int]) -> None:
        await after("F")(pilot)
        await typed(pilot, stage, "prod-")
        stage.overview.frame.tick()  # the time of typing, whether a second of the machine passed meanwhile or not
        await pilot.pause()

    assert snap_compare(stage.app, terminal_size=SMALL, run_before=half_typed)
    assert stage.app.frame_filter.hits == 0


def test_actions(snap_compare: Compare) -> None:
    stage, _ = acting()
    assert snap_compare(stage.app, terminal_size=MIDDLE, run_before=after("a"))


def test_a_secret_is_masked(snap_compare: Compare) -> None:
    stage, fake = acting()
    fake.outcome = Outcome(Result.DONE, secret=SecretStr("canary-8d1f-canary"))

    async def rotated(pilot: Pilot[int]) -> None:
        await settle(pilot)
        await pressed(pilot, stage, "a", "down", "down", "enter")
        await typed(pilot, stage, "prod-cache")
        await pressed(pilot, stage, "enter")

    assert snap_compare(stage.app, terminal_size=MIDDLE, run_before=rotated)
