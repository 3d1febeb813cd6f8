"""What the terminal answers about itself changes how it is drawn, unless the user has decided that."""

from __future__ import annotations

import pytest

from mctop.ui.registry.options import UiOptions
from mctop.ui.terminal.drawing.abilities import Abilities, Wishes
from mctop.ui.words.signs import SignSet
from tests.ui import samples
from tests.ui.stage import Stage, ready


@pytest.mark.parametrize(("cells", "signs"), [(2, SignSet.UNICODE), (3, SignSet.NARROW), (5, SignSet.ASCII)])
async def test_the_signs_are_those_that_the_terminal_draws_as_they_are_meant(cells: int, signs: SignSet) -> None:
    stage = Stage()
    async with stage.app.run_test():
        stage.app.signs_drawn(cells)
        assert stage.app.abilities.signs is signs


@pytest.mark.parametrize("signs", SignSet)
async def test_signs_that_the_user_chose_stay(signs: SignSet) -> None:
    stage = Stage(UiOptions(abilities=Abilities(signs), wishes=Wishes(signs)))
    async with stage.app.run_test():
        stage.app.signs_drawn(3)
        assert stage.app.abilities.signs is signs


async def test_a_slow_terminal_is_sent_less_and_told_why() -> None:
    stage = Stage()
    samples.fill(stage.store)
    async with stage.app.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        stage.app.terminal_slow(0.31)
        stage.overview.frame.tick()
        await pilot.pause()
        assert stage.app.lean
        assert stage.overview.frame.top.lean
        (note,) = stage.app._notifications
        assert "answers in 0.31 s" in note.message
        assert "--no-lean" in note.message


@pytest.mark.parametrize("lean", [True, False])
async def test_what_the_user_decided_about_lean_stays(lean: bool) -> None:
    stage = Stage(UiOptions(wishes=Wishes(lean=lean)))
    async with stage.app.run_test():
        stage.app.terminal_slow(2.0)
        assert stage.app.lean is lean


@pytest.mark.parametrize(
    ("wishes", "asks"),
    [(Wishes(), True), (Wishes(SignSet.ASCII), True), (Wishes(lean=False), True), (Wishes(SignSet.ASCII, True), False)],
)
async def test_the_terminal_is_asked_only_where_its_answer_matters(wishes: Wishes, asks: bool) -> None:
    assert Stage(UiOptions(wishes=wishes)).app.in_question is asks


@pytest.mark.parametrize(("signs", "named"), [(SignSet.UNICODE, "⏎ goes on"), (SignSet.ASCII, "enter goes on")])
async def test_keys_are_named_as_the_terminal_can_show_them(signs: SignSet, named: str) -> None:
    stage = Stage(UiOptions(abilities=Abilities(signs)))
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        await pilot.press("a")
        await pilot.pause()
        assert named in str(pilot.app.screen.query_one("#box").border_subtitle)
