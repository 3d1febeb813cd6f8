"""Every key that a footer names does something, in every view, whatever has the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.store.base.window import TimeWindow
from mctop.ui.registry.commands import COMMANDS, Where
from mctop.ui.registry.views import VIEWS, View
from mctop.ui.renderables.table import Listing
from mctop.ui.widgets.grid import Grid
from tests.ui import samples
from tests.ui.screens.keys import slices
from tests.ui.screens.prefixes import watching
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from mctop.ui.screens.base import FramedScreen

SIZE = (240, 40)
"""Wide enough for a footer that leaves no key out."""
LEAST = 4
"""Keys of its own, or of its panels, that every view has, at least."""
SHARED = frozenset(one.name for one in COMMANDS if one.where in (Where.APP, Where.TIME))
"""Commands that are the same code in every view: the first one stands for all."""


def picture(stage: Stage) -> tuple[object, ...]:
    """Everything that a key may change."""
    screen = stage.app.screen
    text = tuple(strip.text for strip in screen._compositor.render_strips())
    said = tuple(note.message for note in stage.app._notifications)
    return tuple(stage.app.screen_stack), screen.focused, text, said, stage.session.refreshes, stage.store.window.value


async def settled(pilot: Pilot[int]) -> None:
    for _ in range(3):
        await pilot.pause()


async def reopened(stage: Stage, pilot: Pilot[int], one: View, tabs: int) -> FramedScreen:
    """The view as it is on opening, with the keys so many panels on."""
    while stage.app.screen.is_modal:
        stage.app.pop_screen()
    await pilot.press("escape")
    stage.store.still.thaw()
    stage.store.window.set(TimeWindow(samples.WINDOW))
    stage.app.clear_notifications()
    screen = stage.app.navigation.open_view(one.name)
    await settled(pilot)
    screen.pages.full = None
    for grid in screen.query(Grid):
        grid.listing = Listing()
    screen.pages.go_home()
    await pilot.press(*["tab"] * tabs)
    await settled(pilot)
    return screen


@pytest.mark.parametrize("one", VIEWS, ids=lambda one: one.name)
async def test_every_footer_key_does_something(one: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    stage = Stage()
    samples.fill(stage.store)
    slices.fill(stage.store)
    watching.fill(stage)
    idle: list[str] = []
    pressed: set[tuple[str, str]] = set()
    async with stage.app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        screen = await reopened(stage, pilot, one, 0)
        for tabs in range(len(screen.pages.placed_panels()) + 1):
            screen = await reopened(stage, pilot, one, tabs)
            for key in [key for key in screen.keys.keys if (key.key, key.name) not in pressed]:
                if (key.key == "q" and stage.app.navigation.at_root) or (key.name in SHARED and one is not VIEWS[0]):
                    continue
                screen = await reopened(stage, pilot, one, tabs)
                if key not in screen.keys.keys:
                    continue
                pressed.add((key.key, key.name))
                before = picture(stage)
                await pilot.press(key.key)
                await settled(pilot)
                if picture(stage) == before:
                    idle.append(f"{key.key} ({key.name}) {tabs} panels on")
        assert stage.app.return_code is None
    assert idle == []
    assert len(pressed) >= LEAST
    assert stage.app.frame_filter.hits == 0
