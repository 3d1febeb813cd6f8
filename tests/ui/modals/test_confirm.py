"""The one question before something is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.app import App

from mctop.ui.modals.confirm import Answers, Confirm
from mctop.ui.renderables.runs import Run
from mctop.ui.theme import DARK

if TYPE_CHECKING:
    from textual.pilot import Pilot


class Asking(App[None]):
    """Asks at once, and keeps the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[bool | None] = []
        self.register_theme(DARK)
        self.theme = DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return DARK.variables

    def on_mount(self) -> None:
        self.push_screen(Confirm("Watch a prefix", ((Run("Watch user:?"),),), "Watch"), self.answers.append)


async def answered(pilot: Pilot[None], *keys: str) -> bool | None:
    """What the dialog answers to these keys."""
    await pilot.pause()
    await pilot.press(*keys)
    await pilot.pause()
    assert isinstance(pilot.app, Asking)
    (answer,) = pilot.app.answers
    return answer


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (("enter",), False),
        (("escape",), None),
        (("q",), None),
        (("right", "enter"), True),
        (("tab", "enter"), True),
        (("l", "enter"), True),
        (("right", "left", "enter"), False),
        (("right", "escape"), None),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else str(value),
)
async def test_only_a_choice_and_enter_say_yes(keys: tuple[str, ...], answer: bool | None) -> None:
    async with Asking().run_test(size=(80, 24)) as pilot:
        assert await answered(pilot, *keys) is answer


@pytest.mark.parametrize("key", ["y", "w", "space", "down", "1"])
async def test_no_other_key_answers(key: str) -> None:
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        assert app.answers == []
        assert app.screen.query_one(Answers).chosen == 0


async def test_a_click_chooses_and_does_not_answer() -> None:
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(Answers, offset=(16, 0))
        await pilot.pause()
        assert app.screen.query_one(Answers).chosen == 1
        assert app.answers == []


async def test_both_answers_are_seen_however_short_the_question_is() -> None:
    async with Asking().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = "\n".join(line.text for line in pilot.app.screen._compositor.render_strips())
        assert "[ Cancel ]     Watch" in shown
