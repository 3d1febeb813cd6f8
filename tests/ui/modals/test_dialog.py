"""How every modal closes."""

from __future__ import annotations

import asyncio

from mctop.ui.modals.help import Help
from mctop.ui.modals.prompts import TextPrompt
from tests.ui.stage import Stage, ready


async def test_it_closes_once_however_often_it_is_told_to() -> None:
    stage, answers = Stage(), list[str | None]()
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        view, below, above = stage.app.screen, Help(()), TextPrompt("Below", "")
        stage.app.push_screen(below)
        stage.app.push_screen(above, answers.append)
        await pilot.pause()
        above.dismiss("first")
        above.dismiss("second")
        await pilot.pause()
        assert answers == ["first"]
        assert stage.app.screen is below
        below.dismiss()
        await pilot.pause()
        assert stage.app.screen is view


async def test_what_lies_below_another_stays_until_that_is_gone() -> None:
    stage = Stage()
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        below, above = Help(()), TextPrompt("Above", "")
        stage.app.push_screen(below)
        stage.app.push_screen(above)
        await pilot.pause()
        below.dismiss()
        assert stage.app.screen is above


async def test_it_closes_though_nobody_waits_for_the_answer_any_more() -> None:
    stage = Stage()
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        view, asked = stage.app.screen, TextPrompt("Asked", "")
        waiting = stage.app.run_worker(stage.app.push_screen_wait(asked))
        while stage.app.screen is view:
            await pilot.pause()
        waiting.cancel()
        await asyncio.sleep(0)
        asked.dismiss("too late")
        await pilot.pause()
        assert stage.app.screen is view


async def test_a_view_that_is_opened_closes_what_lies_over_the_other() -> None:
    stage, answers = Stage(), list[str | None]()
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        stage.app.push_screen(TextPrompt("Asked", ""), answers.append)
        stage.app.navigation.open_view("Servers")
        await pilot.pause()
        assert answers == [None]
        stage.app.navigation.open_view("Overview")
        await pilot.pause()
        assert not stage.app.screen.is_modal


async def test_a_palette_that_is_left_before_it_came_does_no_harm() -> None:
    stage = Stage()
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        stage.app.action_command_palette()
        stage.app.navigation.open_view("Servers")
        await pilot.pause()
        assert not stage.app.screen.is_modal
        assert stage.app.return_code is None
