"""What a table paints, and where its cursor stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.ui.app.theme import LIGHT
from mctop.ui.renderables.table import Cell, Column, Row, Sort
from mctop.ui.widgets.grid import Grid
from mctop.ui.words.text import Clean
from tests.ui.widgets.themed import Themed

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.strip import Strip

COLUMNS = (
    Column("name", "Server", 8, most=20),
    Column("rate", "Requests", 9, align="right"),
    Column("memory", "Memory", 10, align="right", priority=2),
)


class CountingGrid(Grid):
    """Remembers which lines it was asked for."""

    def __init__(self) -> None:
        super().__init__(COLUMNS)
        self.lines: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.lines.append(y)
        return super().render_line(y)


class Host(Themed):
    """A table and the messages it sent."""

    CSS = "Grid { height: 1fr; }"

    def __init__(self, rows: tuple[Row, ...] = ()) -> None:
        super().__init__()
        self.first = rows
        self.selected: list[str] = []

    def compose(self) -> ComposeResult:
        grid = CountingGrid()
        grid.rows = self.first
        yield grid

    @property
    def grid(self) -> CountingGrid:
        return self.query_one(CountingGrid)

    def on_grid_selected(self, event: Grid.Selected) -> None:
        self.selected.append(event.key)


def row(number: int, rate: str = "1/s") -> Row:
    return Row(f"mc{number}", (Cell(Clean(f"mc{number}")), Cell(Clean(rate), "good"), Cell(Clean("1 MiB"))))


def rows(count: int) -> tuple[Row, ...]:
    return tuple(row(number) for number in range(count))


def shown(grid: Grid) -> list[str]:
    return [grid.render_line(y).text.rstrip() for y in range(grid.size.height)]


async def test_one_changed_row_of_forty_is_all_that_is_painted() -> None:
    app = Host(rows(40))
    async with app.run_test(size=(60, 50)) as pilot:
        await pilot.pause()
        app.grid.lines.clear()
        app.grid.rows = (*rows(7), row(7, "9/s"), *rows(40)[8:])
        await pilot.pause()
        assert app.grid.lines == [8]
        assert "9/s" in shown(app.grid)[8]


async def test_equal_rows_paint_nothing() -> None:
    app = Host(rows(40))
    async with app.run_test(size=(60, 50)) as pilot:
        await pilot.pause()
        app.grid.lines.clear()
        app.grid.rows = rows(40)
        await pilot.pause()
        assert app.grid.lines == []


async def test_rows_that_are_scrolled_away_are_not_painted() -> None:
    app = Host(rows(40))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        app.grid.lines.clear()
        app.grid.rows = (*rows(39), row(39, "9/s"))
        await pilot.pause()
        assert app.grid.lines == []


async def test_fewer_rows_leave_no_remains() -> None:
    app = Host(rows(5))
    async with app.run_test(size=(60, 10)) as pilot:
        app.grid.rows = rows(2)
        await pilot.pause()
        assert [text.split()[0] for text in shown(app.grid) if text] == ["Server", "mc0", "mc1"]


async def test_the_cursor_follows_the_key_when_rows_move() -> None:
    app = Host(rows(5))
    async with app.run_test(size=(60, 10)) as pilot:
        app.grid.focus()
        await pilot.press("j", "j")
        assert app.grid.cursor == "mc2"
        app.grid.rows = tuple(reversed(rows(5)))
        await pilot.press("enter")
        assert app.selected == ["mc2"]


async def test_the_cursor_stays_near_where_its_key_vanished() -> None:
    app = Host(rows(5))
    async with app.run_test(size=(60, 10)) as pilot:
        app.grid.focus()
        await pilot.press("G")
        app.grid.rows = rows(3)
        await pilot.pause()
        assert app.grid.cursor == "mc2"
        app.grid.rows = ()
        await pilot.pause()
        assert app.grid.cursor is None


async def test_a_cursor_that_was_in_view_stays_in_view() -> None:
    app = Host(rows(40))
    async with app.run_test(size=(60, 10)) as pilot:
        app.grid.focus()
        await pilot.press("j")
        app.grid.rows = tuple(reversed(rows(40)))
        await pilot.pause()
        assert any(text.startswith("mc1 ") for text in shown(app.grid))


async def test_g_and_shift_g_go_to_both_ends() -> None:
    app = Host(rows(40))
    async with app.run_test(size=(60, 10)) as pilot:
        app.grid.focus()
        await pilot.press("G")
        assert (app.grid.cursor, shown(app.grid)[-1].split()[0]) == ("mc39", "mc39")
        await pilot.press("g")
        assert (app.grid.cursor, shown(app.grid)[1].split()[0]) == ("mc0", "mc0")
        await pilot.press("pagedown")
        assert app.grid.cursor == "mc9"


async def test_a_click_chooses_the_row_under_the_pointer() -> None:
    app = Host(rows(5))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.click(CountingGrid, offset=(3, 4))
        assert app.selected == ["mc3"]
        await pilot.click(CountingGrid, offset=(3, 0))
        await pilot.click(CountingGrid, offset=(3, 8))
        assert app.selected == ["mc3"]


async def test_the_header_names_the_sort() -> None:
    app = Host(rows(2))
    async with app.run_test(size=(60, 10)) as pilot:
        app.grid.sort = Sort("rate", descending=True)
        await pilot.pause()
        assert "▼Requests" in shown(app.grid)[0]


async def test_columns_leave_as_the_width_shrinks() -> None:
    app = Host(rows(2))
    async with app.run_test(size=(60, 10)) as pilot:
        assert "Memory" in shown(app.grid)[0]
        await pilot.resize_terminal(22, 10)
        await pilot.pause()
        assert "Memory" not in shown(app.grid)[0]
        assert "Requests" in shown(app.grid)[0]


async def test_the_scrollbar_takes_its_column_from_the_table_and_gives_it_back() -> None:
    app = Host(rows(3))
    async with app.run_test(size=(31, 10)) as pilot:
        await pilot.pause()
        assert "Memory" in shown(app.grid)[0]
        app.grid.lines.clear()
        app.grid.rows = rows(40)
        await pilot.pause()
        assert set(app.grid.lines) == set(range(10))
        assert "Memory" not in shown(app.grid)[0]
        app.grid.lines.clear()
        app.grid.rows = rows(3)
        await pilot.pause()
        assert set(app.grid.lines) == set(range(10))
        assert "Memory" in shown(app.grid)[0]


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (5, 1), (1, 5)])
async def test_no_size_is_too_small(size: tuple[int, int]) -> None:
    app = Host(rows(9))
    async with app.run_test(size=size) as pilot:
        app.grid.focus()
        await pilot.press("j", "G", "pageup", "g")
        app.grid.rows = rows(1)
        await pilot.pause()
        assert app.grid.cursor == "mc0"


async def test_a_new_theme_repaints_in_its_colours() -> None:
    app = Host(rows(2))
    async with app.run_test(size=(60, 10)) as pilot:
        before = app.grid.render_line(1)
        app.theme = LIGHT.name
        await pilot.pause()
        assert app.grid.render_line(1) != before
