"""The frame of a chart."""

from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.renderables.axes import BELOW, Stop, area, frame

LEFT = (Stop(0, "0 B"), Stop(4, "1 GiB"))
RIGHT = (Stop(0, "0 %"), Stop(4, "100 %"))
BOTTOM = (Stop(5, "01:00"), Stop(15, "02:00"))


def test_a_frame_has_ticks_labels_and_grid_lines_where_they_belong() -> None:
    assert frame(40, 8, LEFT, RIGHT, BOTTOM, plain=False) == (
        "      │                          │      ",
        "1 GiB ┤┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈├ 100 %",
        "      │                          │      ",
        "      │                          │      ",
        "      │                          │      ",
        "  0 B ┤                          ├ 0 %  ",
        "      └─────┬─────────┬──────────┘      ",
        "UTC       01:00     02:00               ",
    )


def test_the_plain_frame_is_ascii() -> None:
    rows = frame(40, 8, LEFT, (), BOTTOM, plain=True)
    assert all(row.isascii() and len(row) == 40 for row in rows)


def test_a_frame_is_not_limited_by_the_terminal_it_is_drawn_in() -> None:
    assert {len(row) for row in frame(400, 120, LEFT, RIGHT, BOTTOM, plain=False)} == {400}


@given(st.integers(24, 200), st.integers(6, 60), st.booleans())
def test_a_frame_has_exactly_the_size_asked_for(width: int, height: int, two: bool) -> None:
    top = height - BELOW - 1
    left = (Stop(0, "0/s"), Stop(top, "4,000/s"))
    right = (Stop(0, "0 %"), Stop(top, "100 %")) if two else ()
    rows = frame(width, height, left, right, BOTTOM, plain=False)
    x, across = area(width, left, right)
    assert len(rows) == height
    assert {len(row) for row in rows} == {width}
    assert {row[x - 1] for row in rows[: height - BELOW]} == {"│", "┤"}
    assert {*rows[-1 - BELOW][x : x + across]} == {" "}
