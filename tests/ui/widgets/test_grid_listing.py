"""What a person does with a table: sort, filter, find, copy, and take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.app import App, ComposeResult

from mctop.ui.app.theme import DARK
from mctop.ui.renderables.sheet import Sheet
from mctop.ui.renderables.table import Cell, Column, Listing, Row, Sort
from mctop.ui.widgets.filter_line import FilterLine
from mctop.ui.widgets.grid import Grid, copied
from mctop.ui.widgets.panel import Panel
from mctop.ui.words.text import Clean

if TYPE_CHECKING:
    from mctop.ui.terminal.clipboard import Copy

COLUMNS = (Column("name", "Name", 8, most=20), Column("size", "Size", 9, align="right"))
SIZES = {"beta": 9.0, "alpha": 10.0, "gamma": None, "delta": 2.0}


def rows(sizes: dict[str, float | None] = SIZES) -> tuple[Row, ...]:
    return tuple(
        Row(name, (Cell(Clean(name)), Cell(Clean("–" if size is None else f"{size:.0f} B"), value=size)))
        for name, size in sizes.items()
    )


class Host(App[None]):
    """A table in a panel, and what it sent."""

    CSS = "Panel { height: 12; }"

    def __init__(self, *, opens: bool = True) -> None:
        super().__init__()
        self.grid = Grid(COLUMNS, opens=opens)
        self.copies: list[Copy] = []
        self.selected: list[str] = []
        self.register_theme(DARK)
        self.theme = DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return DARK.variables

    def compose(self) -> ComposeResult:
        self.grid.rows = rows()
        yield Panel("Things", self.grid, id="things")

    def on_mount(self) -> None:
        self.grid.focus()

    def on_copy(self, message: Copy) -> None:
        self.copies.append(message)

    def on_grid_selected(self, message: Grid.Selected) -> None:
        self.selected.append(message.key)

    @property
    def listed(self) -> str:
        """The first letters of the rows."""
        return "".join(row.key[0] for row in self.grid.shown)

    @property
    def foot(self) -> FilterLine | None:
        """The line in which a filter is typed, while it is there."""
        return next(iter(self.query(FilterLine)), None)


async def test_s_sorts_by_each_column_in_turn_and_the_header_says_so() -> None:
    app = Host()
    async with app.run_test() as pilot:
        await pilot.press("s")
        assert (app.listed, "Name▲" in app.grid.render_line(0).text) == ("abdg", True)
        await pilot.press("s")
        assert (app.listed, "▼Size" in app.grid.render_line(0).text) == ("abdg", True)
        await pilot.press("S")
        assert (app.listed, "▲Size" in app.grid.render_line(0).text) == ("dbag", True)
        await pilot.press("s")
        assert (app.listed, app.grid.ordered) == ("bagd", None)


async def test_the_order_stays_when_new_rows_come_and_the_cursor_stays_on_its_row() -> None:
    app = Host()
    async with app.run_test() as pilot:
        await pilot.press("s", "g")
        assert app.grid.cursor == "alpha"
        app.grid.rows = rows({"zeta": 1.0, **SIZES, "aa": 3.0})
        await pilot.pause()
        assert (app.listed, app.grid.cursor) == ("aabdgz", "alpha")


async def test_reversing_rows_that_come_sorted_turns_that_order_round() -> None:
    app = Host()
    async with app.run_test() as pilot:
        app.grid.sort = Sort("size", descending=True)
        await pilot.press("S")
        assert (app.listed, app.grid.ordered) == ("dbag", Sort("size"))


async def test_a_filter_works_while_it_is_typed_and_says_what_is_left() -> None:
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("slash", "t", "a")
        await pilot.pause()
        assert app.listed == "bd"
        assert app.foot is not None
        assert "/ ta▏" in app.foot.render_line(0).text
        assert "2 of 4" in app.foot.render_line(0).text
        await pilot.press("backspace", "backspace", "backspace")
        await pilot.pause()
        assert app.listed == "bagd"


async def test_enter_keeps_the_filter_and_escape_shows_all_rows_again() -> None:
    app = Host()
    async with app.run_test() as pilot:
        await pilot.press("slash", "g", "a", "enter")
        await pilot.pause()
        assert (app.listed, app.focused, app.foot is not None) == ("g", app.grid, True)
        await pilot.press("escape")
        await pilot.pause()
        assert (app.listed, app.foot) == ("bagd", None)


async def test_escape_while_typing_drops_the_filter() -> None:
    app = Host()
    async with app.run_test() as pilot:
        await pilot.press("slash", "g", "escape")
        await pilot.pause()
        assert (app.listed, app.focused, app.foot) == ("bagd", app.grid, None)


async def test_keys_that_are_commands_elsewhere_are_text_while_typing() -> None:
    app = Host()
    async with app.run_test() as pilot:
        await pilot.press("slash", "s", "space", "n", "y", "question_mark")
        await pilot.pause()
        assert app.grid.listing == Listing(filter="s ny?")
        assert app.copies == []


async def test_up_and_down_move_in_the_table_while_typing() -> None:
    app = Host()
    async with app.run_test() as pilot:
        await pilot.press("slash", "a", "down", "down", "enter")
        await pilot.pause()
        assert app.grid.cursor == app.grid.shown[2].key


async def test_a_long_filter_can_be_cleared_at_once_or_word_by_word() -> None:
    app = Host()
    async with app.run_test() as pilot:
        await pilot.press("slash", *"alpha", "space", *"ten", "ctrl+w")
        await pilot.pause()
        assert app.grid.listing.filter == "alpha"
        await pilot.press("ctrl+u")
        await pilot.pause()
        assert app.grid.listing.filter == ""


async def test_n_goes_to_the_next_row_that_has_what_was_typed_round_and_round() -> None:
    app = Host()
    async with app.run_test() as pilot:
        await pilot.press("slash", *"ta", "enter", "escape", "g")
        await pilot.pause()
        seen = []
        for key in ("n", "n", "N"):
            await pilot.press(key)
            seen.append(app.grid.cursor)
        assert seen == ["delta", "beta", "delta"]


async def test_rows_that_come_while_filtered_pass_the_filter_too() -> None:
    app = Host()
    async with app.run_test() as pilot:
        await pilot.press("slash", *"ta", "enter")
        app.grid.rows = rows({"iota": 1.0, **SIZES})
        await pilot.pause()
        assert app.listed == "ibd"


async def test_y_copies_the_name_then_the_row_then_the_table() -> None:
    app = Host()
    async with app.run_test() as pilot:
        await pilot.press("s", "g", "y", "y", "y", "y")
        await pilot.pause()
        assert [copy.text for copy in app.copies] == [
            "alpha", "alpha\t10 B", "Name\tSize\nalpha\t10 B\nbeta\t9 B\ndelta\t2 B\ngamma\t–", "alpha",
        ]  # fmt: skip
        await pilot.press("y", "j", "y")
        await pilot.pause()
        assert app.copies[-1].text == "beta"


async def test_a_sheet_has_what_is_shown() -> None:
    app = Host()
    async with app.run_test() as pilot:
        await pilot.press("slash", *"ta", "enter", "s")
        await pilot.pause()
        assert app.grid.to_sheet() == Sheet(("Name", "Size"), (("beta", 9.0), ("delta", 2.0)))


async def test_enter_is_left_to_others_where_nothing_is_behind_a_row() -> None:
    app = Host(opens=False)
    async with app.run_test() as pilot:
        await pilot.press("g", "enter")
        await pilot.click(Grid, offset=(2, 2))
        assert app.selected == []
        assert "enter" not in app.screen.active_bindings


@pytest.mark.parametrize("naming", ["key", "cache"])
def test_the_name_of_a_row_is_what_it_is_about_and_not_its_rank_or_state(naming: str) -> None:
    columns = (Column("rank", "rank", 4), Column(naming, naming, 9))
    row = Row("user:1", (Cell(Clean("2")), Cell(Clean("user:1"))))
    assert copied(columns, row, (row,), 0).text == "user:1"


def test_a_copied_row_and_table_hold_no_formula_but_the_name_is_as_it_is() -> None:
    key = Clean("=cmd|' /C calc'!A0")
    row = Row("a", (Cell(key), Cell(Clean("x;=1+1")), Cell(Clean("\uff1d1"))))
    columns = (Column("key", "key", 9), Column("b", "b", 9), Column("c", "c", 9))
    copies = [copied(columns, row, (row,), level).text for level in range(3)]
    assert copies[0] == key
    assert copies[1] == f"'{key}\tx;'=1+1\t'\uff1d1"
    assert copies[2] == f"key\tb\tc\n{copies[1]}"
