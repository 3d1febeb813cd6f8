"""Widgets that draw their own lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.reactive import var

from mctop.ui.app.theme import DARK, LIGHT
from mctop.ui.widgets.line_widget import Lines
from mctop.ui.words.runs import Run

if TYPE_CHECKING:
    import pytest


class Two(Lines):
    """Two lines, the second of which changes."""

    DEFAULT_CSS = "Two { height: 2; }"
    word: var[str] = var("one")

    def lines(self, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
        return ((Run("steady"),), (Run("it says ", "muted"), Run(self.word, "good")))

    def watch_word(self) -> None:
        self.redraw()


class Host(App[None]):
    """An app with two lines."""

    def __init__(self) -> None:
        super().__init__()
        self.two = Two()
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield self.two


async def test_only_the_columns_that_differ_are_repainted(monkeypatch: pytest.MonkeyPatch) -> None:
    host = Host()
    async with host.run_test(size=(20, 4)) as pilot:
        await pilot.pause()
        regions: list[Region] = []
        monkeypatch.setattr(host.two, "refresh", lambda *found, **_: regions.extend(found))
        host.two.word = "once"
        assert regions == [Region(10, 1, 2, 1)]


async def test_a_word_that_looks_the_same_repaints_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    host = Host()
    async with host.run_test(size=(20, 4)) as pilot:
        await pilot.pause()
        regions: list[Region] = []
        monkeypatch.setattr(host.two, "refresh", lambda *found, **_: regions.extend(found))
        host.two.word = "one "
        assert regions == []


async def test_a_new_theme_gives_the_same_text_new_colours() -> None:
    host = Host()
    async with host.run_test(size=(20, 4)) as pilot:
        await pilot.pause()
        before = host.two.render_line(1)
        host.theme = LIGHT.name
        await pilot.pause()
        after = host.two.render_line(1)
        assert before.text == after.text
        assert [segment.style for segment in before] != [segment.style for segment in after]


async def test_every_line_is_exactly_as_wide_as_the_widget() -> None:
    host = Host()
    async with host.run_test(size=(7, 4)) as pilot:
        await pilot.pause()
        assert [host.two.render_line(y).cell_length for y in range(3)] == [7, 7, 7]
