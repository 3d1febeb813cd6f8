"""Keys that the user gives to commands: what is refused, and that what is accepted works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.ui.modals.help import Help
from mctop.ui.modals.prompts import Ranges
from mctop.ui.registry.commands import ALL, commands_here
from mctop.ui.registry.custom_keys import BadKey, keymap
from mctop.ui.registry.options import UiOptions
from mctop.ui.widgets.key_line import KeyLine
from tests.ui import samples
from tests.ui.acting import text
from tests.ui.stage import Stage, ready

if TYPE_CHECKING:
    from mctop.ui.registry.commands import Command


def filled(**choices: str) -> Stage:
    """A stage whose commands have other keys; their ids are written with underscores."""
    stage = Stage(UiOptions(keymap=keymap({name.replace("_", "-"): keys for name, keys in choices.items()})))
    samples.fill(stage.store)
    return stage


@pytest.mark.parametrize(
    ("keys", "spelt"),
    [
        ("f", "f"), ("F", "F"), ("shift+f", "F"), ("ctrl+F", "ctrl+f"), ("?", "question_mark"), ("+", "plus"),
        ("shift+ctrl+up", "ctrl+shift+up"), ("f5 , pagedown", "f5,pagedown"), ("ctrl++", "ctrl+plus"), ("é", "é"),
        ("comma", "comma"),
    ],
)  # fmt: skip
def test_keys_are_spelt_as_they_come(keys: str, spelt: str) -> None:
    table = {"flush": keys, "full": "f24", "next-page": "f23", "next-panel": "f22", "help": "f21", "zoom-in": "f20"}
    assert keymap(table)["flush"] == spelt


@pytest.mark.parametrize("command", ALL, ids=lambda command: command.id)
def test_every_command_can_have_another_key(command: Command) -> None:
    assert keymap({command.id: "f24"}) == {command.id: "f24"}


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"flsh": "x"}, "no command 'flsh'; the nearest is flush"),
        ({"log.flter": "x"}, "no command 'log.flter'; the nearest is log.filter"),
        ({"flush": "ctrl+"}, "flush: no key 'ctrl+'"),
        ({"flush": ""}, "flush: no key ''"),
        ({"flush": "control+f"}, "flush: no key 'control+f'"),
        ({"flush": "x,pgdn"}, "flush: no key 'pgdn'"),
        ({"flush": "q"}, "flush: 'q' is a key of leave already"),
        ({"flush": "x", "mark": "x"}, "flush: 'x' is a key of mark already"),
        ({"grid.sort": "n"}, "grid.sort: 'n' is a key of grid.next already"),
        ({"flush": "x,x"}, "flush: 'x' is written twice"),
        ({"quit": "x"}, "quit: 'x' is text"),
        ({"quit": "ctrl+q,+"}, "quit: '+' is text"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(choices: dict[str, str], words: str) -> None:
    with pytest.raises(BadKey) as error:
        keymap(choices)
    assert str(error.value).startswith(words)
    assert "\n" not in str(error.value)


def test_two_commands_may_change_their_keys() -> None:
    assert keymap({"flush": "q", "leave": "F"}) == {"flush": "q", "leave": "F"}


async def test_a_command_is_run_by_its_new_key_and_no_longer_by_its_old_one() -> None:
    stage = filled(range="ctrl+r,f6")
    async with stage.app.run_test() as pilot:
        await ready(pilot)
        await pilot.press("t")
        assert not stage.app.screen.is_modal
        for key in ("ctrl+r", "f6"):
            await pilot.press(key)
            assert isinstance(stage.app.screen, Ranges)
            await pilot.press("escape")


async def test_footer_help_and_palette_name_the_new_keys() -> None:
    stage = filled(help="f1", range="ctrl+r", freeze="z", leave="x")
    async with stage.app.run_test(size=(240, 90)) as pilot:
        await ready(pilot)
        footer = stage.app.screen.query_one(KeyLine)
        assert all(words in footer.render_line(0).text for words in ("f1 help", "ctrl+r range", "z freeze", "x quit"))
        here = {command.id: command for command in commands_here(stage.app.screen)}
        assert (here["range"].key, here["range"].shown) == ("ctrl+r", "ctrl+r")
        await pilot.press("z")
        assert "z resume" in footer.render_line(0).text
        await pilot.press("f1")
        assert isinstance(stage.app.screen, Help)
        assert "ctrl+r     Choose how much time is shown" in text(pilot)


async def test_the_first_frame_names_the_new_keys() -> None:
    stage = filled(help="f1", palette="f2")
    async with stage.app.run_test():
        line = stage.app.screen_stack[0].query_one("FirstKeys").render()
        assert str(line) == "f1 help  f2 commands  ctrl+c quit"


async def test_the_footer_turns_pages_with_the_new_keys() -> None:
    stage = filled(next_page="ctrl+n", previous_page="ctrl+p,f3", palette="colon")
    async with stage.app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        footer = stage.app.screen.query_one(KeyLine)
        pages = stage.overview.pages.turned[1]
        assert f"ctrl+n page 1/{pages}" in footer.render_line(0).text
        await pilot.press(*["ctrl+n"] * (pages - 1))
        await pilot.pause()
        assert f"ctrl+p page {pages}/{pages}" in footer.render_line(0).text
