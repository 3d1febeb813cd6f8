"""NO_COLOR leaves text that can be read on every theme."""

from __future__ import annotations

from functools import reduce

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from mctop.ui.app.palette import Palette
from mctop.ui.app.theme import THEMES
from mctop.ui.registry.options import UiOptions
from mctop.ui.terminal.drawing.abilities import Abilities, Colours
from tests.ui.stage import Stage


def shown(stage: Stage, style: Style) -> Style:
    """What the terminal is sent for a style."""
    segments = [Segment("text", style)]
    for one in stage.app.get_line_filters():
        segments = one.apply(segments, Color(0, 0, 0))
    return reduce(Style.__add__, (segment.style for segment in segments if segment.style), Style())


@pytest.fixture
def colourless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.mark.usefixtures("colourless")
@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_text_in_the_terminals_own_colours_does_not_vanish(theme: str) -> None:
    stage = Stage(UiOptions(theme=theme))
    async with stage.app.run_test():
        assert stage.app.theme == "ansi"
        style = shown(stage, Style(color="green", bgcolor="default", bold=True))
    assert (style.color, style.bgcolor, style.bold) == (None, None, True)


@pytest.mark.usefixtures("colourless")
async def test_a_row_that_only_its_background_marked_is_shown_in_reverse() -> None:
    stage = Stage(UiOptions(theme="ansi"))
    async with stage.app.run_test():
        assert shown(stage, Style(color="white", bgcolor="blue")) == Style(reverse=True)
        assert shown(stage, Style(color="white")).reverse is not True


@pytest.mark.usefixtures("colourless")
@pytest.mark.parametrize("colours", [Colours.NONE, Colours.SIXTEEN])
async def test_where_themes_cannot_be_told_apart_there_is_the_terminals_own_alone(colours: Colours) -> None:
    stage = Stage(UiOptions(theme="dark", abilities=Abilities(colours=colours)))
    async with stage.app.run_test() as pilot:
        names = [name for name, _, _ in Palette(pilot.app.screen)._all()]
        assert stage.app.theme == "ansi"
        assert not [name for name in names if name.startswith("Theme")]


@pytest.mark.parametrize("colours", [Colours.PALETTE, Colours.TRUE])
async def test_where_they_can_all_are_offered(colours: Colours) -> None:
    stage = Stage(UiOptions(theme="light", abilities=Abilities(colours=colours)))
    async with stage.app.run_test() as pilot:
        names = [name for name, _, _ in Palette(pilot.app.screen)._all()]
        assert stage.app.theme == "light"
        assert len([name for name in names if name.startswith("Theme")]) == len(THEMES)


async def test_a_terminal_without_colours_is_sent_none() -> None:
    stage = Stage(UiOptions(abilities=Abilities(colours=Colours.NONE)))
    async with stage.app.run_test():
        assert shown(stage, Style(color="green", bgcolor="blue")) == Style(reverse=True)
