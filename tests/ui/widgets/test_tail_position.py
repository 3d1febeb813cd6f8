"""Where a tail is read, whatever happens to its rows."""

from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.widgets.tail import TailPosition
from tests.ui.screens.log.rows import entry

ROWS = tuple(entry(serial, serial // 2) for serial in range(20))
PAGE = 5


def seen(reading: TailPosition, rows: tuple[object, ...] = ROWS) -> tuple[int, int]:
    """The serial of the row on top, and that of the row with the cursor."""
    shown = [row for row in rows if isinstance(row, type(ROWS[0]))]
    return shown[reading.top(shown, PAGE)].serial, shown[reading.index(shown)].serial


def test_the_end_is_followed_until_the_cursor_moves() -> None:
    reading = TailPosition()
    assert reading.follows
    assert seen(reading) == (15, 19)
    assert not reading.moved(ROWS, PAGE, -1).follows
    assert seen(reading.moved(ROWS, PAGE, -1)) == (15, 18)


def test_the_page_goes_along_where_the_cursor_leaves_it() -> None:
    assert seen(TailPosition().moved(ROWS, PAGE, -7)) == (12, 12)
    assert seen(TailPosition().moved(ROWS, PAGE, -7).moved(ROWS, PAGE, 2)) == (12, 14)
    assert seen(TailPosition().moved(ROWS, PAGE, -7).moved(ROWS, PAGE, 5)) == (13, 17)
    assert seen(TailPosition().moved(ROWS, PAGE, -99)) == (0, 0)


def test_the_cursor_goes_along_where_the_page_leaves_it() -> None:
    assert seen(TailPosition().scrolled(ROWS, PAGE, -3)) == (12, 16)
    assert seen(TailPosition().moved(ROWS, PAGE, -7).scrolled(ROWS, PAGE, 3)) == (15, 15)
    assert seen(TailPosition().scrolled(ROWS, PAGE, -99)) == (0, 4)


def test_rows_that_come_or_go_do_not_move_what_is_read() -> None:
    reading = TailPosition().moved(ROWS, PAGE, -7).moved(ROWS, PAGE, 2)
    assert seen(reading) == (12, 14)
    more = (*ROWS, *(entry(serial, serial) for serial in range(20, 30)))
    assert seen(reading, more) == (12, 14)
    assert seen(reading, more[8:]) == (12, 14)
    assert seen(reading, (*more[:4], entry(40, 2), *more[4:])) == (12, 14)


def test_where_the_row_is_gone_the_next_one_is_read() -> None:
    reading = TailPosition().moved(ROWS, PAGE, -6)
    assert seen(reading)[1] == 13
    assert seen(reading, ROWS[:12] + ROWS[14:])[1] == 14
    assert seen(reading, ROWS[:12])[1] == 11
    assert reading.index(()) == -1
    assert reading.top((), PAGE) == 0


def test_a_moment_is_read_in_the_middle_of_the_page() -> None:
    assert seen(TailPosition().at_time(ROWS, PAGE, 5.0)) == (8, 10)
    assert seen(TailPosition().at_time(ROWS, PAGE, -3)) == (0, 0)
    assert seen(TailPosition().at_time(ROWS, PAGE, 99)) == (15, 19)
    assert TailPosition().at_time((), PAGE, 1.0) == TailPosition()


@given(
    st.lists(st.tuples(st.sampled_from(["move", "scroll", "time"]), st.integers(-30, 30)), max_size=12),
    st.integers(0, 20),
    st.integers(1, 9),
)
def test_the_cursor_is_always_on_the_page(moves: list[tuple[str, int]], many: int, page: int) -> None:
    rows, reading = ROWS[:many], TailPosition()
    for move, by in moves:
        if move == "move":
            reading = reading.moved(rows, page, by)
        else:
            reading = reading.scrolled(rows, page, by) if move == "scroll" else reading.at_time(rows, page, by)
        top = reading.top(rows, page)
        assert 0 <= top <= max(0, many - page)
        assert not rows or top <= reading.index(rows) < top + page
