"""Which columns fit, and what a row looks like in them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mctop.ui.renderables.table import GAP, Cell, Column, Row, Sort, changed, fit, header, line, name_cell
from mctop.ui.words.text import Clean

NAME = Column("name", "Server", 8, most=12)
RATE = Column("rate", "Requests", 9, align="right")
MEMORY = Column("memory", "Memory", 10, align="right", priority=2)
COLUMNS = (NAME, MEMORY, RATE)


def row(*texts: str) -> Row:
    return Row(texts[0], tuple(Cell(Clean(text)) for text in texts))


@given(
    st.lists(
        st.builds(
            Column, st.just("c"), st.just("T"), st.integers(1, 20), st.integers(0, 40), priority=st.integers(0, 3)
        ),
        min_size=1,
        max_size=8,
    ),
    st.integers(0, 120),
)
def test_what_is_placed_fits_and_never_overlaps(columns: list[Column], width: int) -> None:
    places = fit(tuple(columns), width)
    assert places
    assert places[-1].x + places[-1].width <= width
    for left, right in itertools.pairwise(places):
        assert left.x + left.width + GAP == right.x


def test_columns_leave_by_priority_and_keep_their_order() -> None:
    assert [place.column.id for place in fit(COLUMNS, 31)] == ["name", "memory", "rate"]
    assert [place.column.id for place in fit(COLUMNS, 30)] == ["name", "rate"]
    assert [place.column.id for place in fit(COLUMNS, 18)] == ["name"]


def test_spare_room_goes_to_columns_that_can_grow() -> None:
    assert [place.width for place in fit(COLUMNS, 33)] == [10, 10, 9]
    assert [place.width for place in fit(COLUMNS, 90)] == [12, 10, 9]


def test_numbers_stand_at_the_right_of_their_column() -> None:
    places = fit((NAME, RATE), 19)
    assert "".join(run.text for run in line(places, row("mc1", "42/s"))) == "mc1            42/s"


def test_a_long_text_ends_in_an_ellipsis_and_wide_letters_count_twice() -> None:
    places = fit((Column("name", "Name", 6),), 6)
    assert line(places, row("abcdefgh"))[0].text == "abcde…"
    assert cell_len(line(places, row("日本語日本語"))[0].text) == 6


def test_a_missing_cell_is_blank() -> None:
    assert "".join(run.text for run in line(fit((NAME, RATE), 19), row("mc1"))).rstrip() == "mc1"


def test_the_sorted_column_says_which_way() -> None:
    places = fit((NAME, RATE), 19)
    assert header(places, None)[0].text == "Server     Requests"
    assert header(places, Sort("rate", descending=True))[0].text == "Server    ▼Requests"
    assert header(places, Sort("name"))[0].text == "Server▲    Requests"


def test_the_arrow_may_stand_in_the_gap() -> None:
    places = fit((Column("a", "Hits", 4, align="right"), Column("b", "Rate", 4, align="right")), 10)
    assert header(places, Sort("b", descending=True))[0].text == "Hits ▼Rate"
    assert header(places, Sort("a"))[0].text == "▲Hi…  Rate"


def test_only_the_span_that_differs_has_changed() -> None:
    places = fit(COLUMNS, 31)
    old, new = row("mc1", "1 MiB", "3/s"), row("mc1", "1 MiB", "4/s")
    assert changed(places, old, old) is None
    assert changed(places, old, new) == (22, 31)


@pytest.mark.parametrize(("name", "cell"), [
    ("^[", Cell(Clean("^["), "accent")), ("\x1b", Cell(Clean("~^["), "fair")), ("key", Cell(Clean("key"), "accent")),
])  # fmt: skip
def test_a_name_that_is_not_shown_as_it_is_has_a_sign_and_a_tone(name: str, cell: Cell) -> None:
    assert name_cell(name, "accent") == cell
