"""The last line."""

from __future__ import annotations

from textual.app import App, ComposeResult

from mctop.ui.app.theme import DARK
from mctop.ui.widgets.key_line import Key, KeyLine, fitting
from mctop.ui.words.freshness_text import Explanation

KEYS = (Key("space", "freeze", "space"), Key("r", "now", "r"), Key("?", "help", "question_mark", last=True))


class Host(App[None]):
    """An app with one line of keys."""

    def __init__(self) -> None:
        super().__init__()
        self.line = KeyLine()
        self.pressed: list[str] = []
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield self.line

    def on_key_line_pressed(self, message: KeyLine.Pressed) -> None:
        self.pressed.append(message.key)


def text(line: KeyLine) -> str:
    """What the line shows."""
    return "".join(run.text for run in line.lines(line.size.width, 1)[0])


def test_keys_that_have_no_room_go_from_the_right_but_the_lasting_ones_stay() -> None:
    assert [key.shown for key in fitting(KEYS, 40)] == ["space", "r", "?"]
    assert [key.shown for key in fitting(KEYS, 21)] == ["space", "?"]
    assert [key.shown for key in fitting(KEYS, 8)] == ["?"]
    assert fitting(KEYS, 3) == ()


async def test_a_click_on_a_key_presses_it() -> None:
    host = Host()
    async with host.run_test(size=(60, 5)) as pilot:
        host.line.keys = KEYS
        for x in (1, 12, 13, 15, 22, 23, 40):
            await pilot.click(KeyLine, offset=(x, 0))
        assert host.pressed == ["space", "space", "r", "question_mark", "question_mark"]


async def test_a_problem_says_what_to_do_and_leaves_the_lasting_keys() -> None:
    host = Host()
    async with host.run_test(size=(80, 5)):
        host.line.keys = KEYS
        host.line.problem = Explanation("502: the API failed", "tries again by itself · r now")
        line = text(host.line)
        assert line.startswith("✗ 502: the API failed · tries again by itself · r now")
        assert line.endswith("? help")
        host.line.problem = Explanation("502: the API failed", "r now", "mc1: nothing listens there")
        assert text(host.line).startswith("✗ 502: the API failed (mc1: nothing listens there) · r now")
        host.line.problem = Explanation("502: the API failed", "r now", "w" * 60)
        assert text(host.line).startswith("✗ 502: the API failed · r now")


async def test_without_room_a_problem_keeps_the_key_to_press() -> None:
    host = Host()
    async with host.run_test(size=(46, 5)):
        host.line.keys = KEYS
        host.line.problem = Explanation("502: the API failed", "tries again by itself · r now")
        assert text(host.line).startswith("✗ 502: the API failed · r now")
