"""The app: first frame, session, keys that work everywhere, and how it ends."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from textual.command import CommandList, CommandPalette
from textual.geometry import Region
from textual.widgets.option_list import Option

from mctop.store.base.health import AuthenticationFailed
from mctop.ui.app.palette import Palette
from mctop.ui.app.theme import THEMES
from mctop.ui.modals.help import Help
from mctop.ui.registry.options import UiOptions
from mctop.ui.screens.first_frame import Connecting
from mctop.ui.screens.overview.screen import OverviewScreen
from tests.ui import samples
from tests.ui.stage import FakeSession, Stage, ready

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    import pytest
    from textual.content import Content

    from mctop.store.store import Store

HEAVY = ("pydantic", "httpx", "plotext", "starlette", "mctop.store.polling.session", "mctop.ui.screens.overview")


def test_what_the_first_frame_needs_imports_nothing_heavy() -> None:
    loaded = "import sys, mctop.ui.app.app; print([name for name in sys.argv[1:] if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", loaded, *HEAVY], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_the_session_starts_once_the_first_frame_is_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []
    render = Connecting.render

    def painted(doing: Connecting) -> Content:
        events.append("painted")
        return render(doing)

    class Watching(Stage):
        async def _start(self, store: Store, turn: AbstractAsyncContextManager[None]) -> FakeSession:
            events.append("started")
            return await super()._start(store, turn)

    monkeypatch.setattr(Connecting, "render", painted)
    stage = Watching(UiOptions(label="prod-cache"))
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        assert stage.session.running.is_set()
    assert (events[0], events.count("started")) == ("painted", 1)


async def test_the_view_lies_above_the_first_frame(stage: Stage) -> None:
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        assert isinstance(stage.app.screen, OverviewScreen)


async def test_r_polls_now(stage: Stage) -> None:
    samples.fill(stage.store)
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        await pilot.press("r", "r")
        assert stage.session.refreshes == 2


async def test_credentials_that_are_not_accepted_end_with_3_and_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(failure=AuthenticationFailed("the API does not accept this password (401: \x1b[2Jno)"))
    said: list[tuple[int, str]] = []

    def leave(code: int, message: str) -> None:
        said.append((code, message))
        stage.app.exit(code)

    monkeypatch.setattr(stage.app, "leave", leave)
    async with stage.app.run_test() as pilot:
        await pilot.pause()
    assert said == [(3, "the API does not accept this password (401: ^[[2Jno)")]


async def test_q_leaves_full_screen_first_and_then_quits_with_0(stage: Stage) -> None:
    samples.fill(stage.store)
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        await pilot.press("f", "q")
        assert stage.app.is_running
        await pilot.press("q")
    assert stage.app.return_code == 0


async def test_ctrl_c_quits_even_beneath_the_help(stage: Stage) -> None:
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        await pilot.press("question_mark", "ctrl+c")
    assert stage.app.return_code == 0


async def test_the_help_opens_and_closes_with_the_same_key(stage: Stage) -> None:
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        await pilot.press("question_mark")
        assert isinstance(stage.app.screen, Help)
        await pilot.press("question_mark")
        assert isinstance(stage.app.screen, OverviewScreen)


async def test_the_theme_asked_for_is_worn_from_the_start() -> None:
    for theme in THEMES:
        stage = Stage(UiOptions(theme=theme.name))
        async with stage.app.run_test():
            assert stage.app.theme == theme.name


async def test_the_palette_finds_themes_and_puts_them_on(stage: Stage) -> None:
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        provider = Palette(stage.app.screen)
        hits = [hit async for hit in provider.search("contrast")]
        assert len(hits) == 1
        hits[0].command()
        assert stage.app.theme == "contrast"


async def test_the_palette_lists_only_commands_and_themes_of_our_own(stage: Stage) -> None:
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        names = {str(hit.text) async for hit in Palette(stage.app.screen).discover()}
        assert {"Freeze", "Now", "Theme: ansi"} <= names
        assert not any("creenshot" in name for name in names)


async def test_a_command_of_the_palette_does_what_its_key_does(stage: Stage) -> None:
    samples.fill(stage.store)
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        await pilot.press("colon")
        await pilot.pause()
        await pilot.press(*"freeze")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.3)
        screen = stage.app.screen
        assert isinstance(screen, OverviewScreen)
        assert screen.store.still.since.value is not None


async def test_ctrl_l_draws_everything_anew(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(stage.app, "action_redraw", lambda: drawn.append("anew"))
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        await pilot.press("ctrl+l")
    assert drawn == ["anew"]


async def test_the_palette_takes_a_key_that_comes_before_its_list_is_laid_out(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        stage.app.action_command_palette()
        await pilot.pause()
        monkeypatch.setattr(CommandList, "scrollable_content_region", Region())
        commands = stage.app.screen.query_one(CommandList)
        commands.clear_options().add_option(Option("later"))
        commands.set_reactive(CommandList.highlighted, 0)
        await stage.app.screen.run_action("command_list('page_down')")
        assert isinstance(stage.app.screen, CommandPalette)
