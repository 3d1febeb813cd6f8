"""Tables as a person wants to see them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mctop.ui.renderables.table import Cell, Column, Listing, Row, Sort, after, has_words, listed
from mctop.ui.words.text import clean

COLUMNS = (Column("name", "name", 8), Column("size", "size", 8, align="right"))


def row(name: str, size: float | None = None) -> Row:
    text = "–" if size is None else f"{size:.0f} B"
    return Row(name, (Cell(clean(name)), Cell(clean(text), value=size)))


ROWS = (row("b", 9), row("a", 10), row("d"), row("C", 2))


def names(rows: tuple[Row, ...]) -> str:
    return "".join(one.key for one in rows)


def test_rows_stay_as_they_come_unless_an_order_was_chosen() -> None:
    assert listed(ROWS, COLUMNS, Listing()) is ROWS


def test_numbers_are_sorted_as_numbers_and_nothing_comes_last_both_ways() -> None:
    assert names(listed(ROWS, COLUMNS, Listing(Sort("size")))) == "Cbad"
    assert names(listed(ROWS, COLUMNS, Listing(Sort("size", descending=True)))) == "abCd"


def test_text_is_sorted_whatever_its_case() -> None:
    assert names(listed(ROWS, COLUMNS, Listing(Sort("name")))) == "abCd"


def test_a_row_must_have_every_word_in_any_of_its_cells() -> None:
    assert names(listed(ROWS, COLUMNS, Listing(filter="c"))) == "C"
    assert names(listed(ROWS, COLUMNS, Listing(filter="b 9"))) == "b"
    assert names(listed(ROWS, COLUMNS, Listing(filter="d 10"))) == ""
    assert has_words(ROWS[3], "C 2")


def test_an_order_by_a_column_that_went_away_is_none() -> None:
    assert listed(ROWS, COLUMNS, Listing(Sort("gone"))) == ROWS


def test_each_column_has_its_turn_and_then_the_rows_as_they_come() -> None:
    orders: list[Sort | None] = [None]
    for _ in range(3):
        orders.append(after(COLUMNS, orders[-1]))
    assert orders == [None, Sort("name"), Sort("size", descending=True), None]


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.text(max_size=3), st.none() | st.floats(-1e9, 1e9)), max_size=12),
    st.booleans(),
    st.text(max_size=2),
)
def test_sorting_loses_nothing_and_filtering_adds_nothing(
    facts: list[tuple[str, float | None]], descending: bool, text: str
) -> None:
    rows = tuple(row(f"{number}{name}", size) for number, (name, size) in enumerate(facts))
    found = listed(rows, COLUMNS, Listing(Sort("size", descending), text))
    assert sorted(names((one,)) for one in found) == sorted(one.key for one in rows if has_words(one, text))
    sizes = [size for one in found if (size := one.cells[1].value) is not None]
    assert sizes == sorted(sizes, reverse=descending)
