"""Where the thumb of the scrollbar is."""

from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.widgets.tail import thumb_lines


def test_there_is_none_where_everything_is_in_view() -> None:
    assert thumb_lines(range(5), 5, 5) == range(0)


def test_it_shows_which_part_is_in_view() -> None:
    assert thumb_lines(range(0, 10), 40, 10) == range(0, 2)
    assert thumb_lines(range(15, 25), 40, 10) == range(4, 6)
    assert thumb_lines(range(30, 40), 40, 10) == range(8, 10)


@given(st.integers(1, 60), st.integers(1, 60_000), st.data())
def test_it_is_always_on_the_page(page: int, more: int, data: st.DataObject) -> None:
    rows = page + more
    top = data.draw(st.integers(0, more))
    thumb = thumb_lines(range(top, top + page), rows, page)
    assert 1 <= len(thumb) <= page
    assert thumb.start >= 0
    assert thumb.stop <= page
    assert (thumb.start == 0) or top > 0
