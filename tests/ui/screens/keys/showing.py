"""The Keys, open on a stage."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from mctop.ui.widgets.top_line import WITHIN
from mctop.ui.words.badge import LIVE
from tests.ui import samples
from tests.ui.screens.keys import slices
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot


def busy() -> Stage:
    """A stage on which everything is live, and ten minutes of popular items are known."""
    stage = Stage()
    samples.fill(stage.store)
    slices.fill(stage.store)
    return stage


@asynccontextmanager
async def showing(stage: Stage, *keys: str, size: tuple[int, int] = (120, 30)) -> AsyncIterator[Pilot[int]]:
    """The view, after some keys."""
    async with stage.app.run_test(size=size) as pilot:
        await pilot.pause()
        await press(pilot, "4", *keys)
        yield pilot
        assert stage.app.frame_filter.hits == 0


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and wait until everything that was sent has been shown."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    await pilot.pause()


def lines(pilot: Pilot[int]) -> list[str]:
    """What is on the screen."""
    return [line.text.rstrip() for line in pilot.app.screen._compositor.render_strips()]


def crumbs(pilot: Pilot[int]) -> list[str]:
    """The way to here, as the top line names it, without the state behind it."""
    return [crumb.strip() for crumb in lines(pilot)[0].partition(LIVE.glyph)[0].split(WITHIN)]


def text(pilot: Pilot[int]) -> str:
    """What is on the screen, whole."""
    return "\n".join(lines(pilot))
