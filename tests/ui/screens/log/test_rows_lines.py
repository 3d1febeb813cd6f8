"""One row of the log on the screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mctop.store.base.marks import Mark, MarkKind
from mctop.ui.screens.log.rows import MarkEntry, ServerNames, named, row_line, titles, tone
from tests.ui.screens.log.rows import SERVER, entry, gap

NAMES = named((SERVER,))
MISS = entry(1, 3_661, "session:9f", status="MISS", size=0)


def text(row: object, width: int = 100, passes: bool | None = None) -> str:
    assert isinstance(row, type(MISS) | type(gap(1, 2)) | MarkEntry)
    return "".join(run.text for run in row_line(row, width, NAMES, passes)).rstrip()


def test_a_line_says_when_where_what_and_of_which_key() -> None:
    assert text(MISS).split() == ["01:01:01Z", "mc1", "GET", "MISS", "session:9f"]
    assert text(entry(1, 3_661, size=2_048)).split()[4:6] == ["2.00", "KiB"]


def test_a_gap_says_how_much_was_lost_and_where() -> None:
    assert text(gap(1, 3_661)) == "01:01:01Z  ◆ gap: about 120 lines of mc1 not seen in 4s"
    assert "some lines of mc1" in text(gap(1, 3_661, lost=None))


def test_a_mark_says_what_it_is() -> None:
    assert text(MarkEntry(-1, 3_661, Mark(3_661, MarkKind.FLUSH))) == "01:01:01Z  ⚑ flush"
    assert text(MarkEntry(-1, 3_661, Mark(3_661, MarkKind.PERSON, "deploy"))) == "01:01:01Z  ⚑ mark: deploy"


def test_rows_that_pass_are_told_from_those_that_do_not_by_more_than_colour() -> None:
    assert text(MISS, passes=True).startswith("▸ 01:01:01Z")
    assert text(MISS, passes=False).startswith("  01:01:01Z")
    assert {run.style for run in row_line(MISS, 100, NAMES, False)} <= {"", "muted"}


@pytest.mark.parametrize(
    ("status", "colour"), [("HIT", "muted"), ("miss", "fair"), ("STORED", ""), ("SERVER_ERROR", "poor"), ("", "")]
)
def test_what_was_not_there_or_went_wrong_stands_out(status: str, colour: str) -> None:
    assert tone(status) == colour


@given(st.text(max_size=300), st.text(max_size=30), st.integers(20, 200), st.sampled_from([None, True, False]))
def test_whatever_comes_a_row_is_no_wider_than_its_place(key: str, word: str, width: int, passes: bool | None) -> None:
    rows = (entry(1, 5, key, word, word), gap(2, 5), MarkEntry(-1, 5, Mark(5, MarkKind.PERSON, key)))
    for row in rows:
        line = row_line(row, width, ServerNames({SERVER: word}, 9), passes)
        assert sum(cell_len(run.text) for run in line) <= width
        assert all(character.isprintable() for run in line for character in run.text)


def test_titles_stand_above_their_columns() -> None:
    for gutter in (False, True):
        title = "".join(run.text for run in titles(100, NAMES, gutter=gutter))
        line = text(MISS, passes=True if gutter else None)
        assert title.index("key") == line.index("session")
        assert title.index("status") == line.index("MISS")


def test_servers_take_as_little_room_as_tells_them_apart() -> None:
    assert named(()).width == 6
    assert named(("cache-one.example.com:1", "cache-two-long.example.com:1")).width == 14
    assert named(("10.0.0.1:11211", "10.0.0.22:11211")).of("10.0.0.22:11211") == "10.0.0.22:11211"
    assert named(("10.0.0.100:11211111",)).width == 16
