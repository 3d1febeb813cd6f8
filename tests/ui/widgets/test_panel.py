"""Panels."""

from __future__ import annotations

from textual.app import App, ComposeResult

from mctop.ui.app.theme import DARK
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.panel import Panel
from mctop.ui.words.badge import STALE
from mctop.ui.words.freshness_text import Explanation
from mctop.ui.words.text import clean


class Host(App[None]):
    """An app with one panel."""

    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.grid = Grid((Column("key", "key", 10),))
        self.panel = Panel("Keys", self.grid, id="keys")
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield self.panel

    def heading(self) -> str:
        """The first line."""
        return self.panel.render_line(0).text


async def test_a_badge_takes_the_place_of_the_note_and_gives_it_back() -> None:
    host = Host()
    async with host.run_test(size=(30, 8)):
        host.panel.notes = ("last 3m",)
        assert host.heading() == "Keys ───────────────── last 3m"
        host.panel.badge = STALE.saying("12s")
        assert host.heading() == "Keys ───────────── ◐ STALE 12s"
        host.panel.badge = None
        assert host.heading() == "Keys ───────────────── last 3m"


async def test_a_notice_takes_the_place_of_the_content_and_the_keys() -> None:
    host = Host()
    async with host.run_test(size=(30, 8)) as pilot:
        host.grid.rows = (Row("a", (Cell(clean("a")),)),)
        assert host.panel.target is host.grid
        host.panel.notice = Explanation("403: not on this plan", "r tries again")
        await pilot.pause()
        assert host.panel.render_line(1).text.rstrip() == "403: not on this plan"
        assert not host.grid.display
        assert host.panel.target is None
        host.panel.notice = None
        await pilot.pause()
        assert host.grid.display
        assert host.panel.render_line(1).text.strip() == ""


async def test_the_heading_shows_where_the_keys_go() -> None:
    host = Host()
    async with host.run_test(size=(30, 8)) as pilot:
        await pilot.pause()
        host.grid.focus()
        await pilot.pause()
        assert "━" in host.heading()
        host.set_focus(None)
        await pilot.pause()
        assert "━" not in host.heading()
