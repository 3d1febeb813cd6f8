"""What is saved of the log."""

import json
from pathlib import Path

from mctop.api.models.log_filter import parse_filter
from mctop.store.base.marks import Mark, MarkKind
from mctop.store.log.tail import Gap, GapEntry
from mctop.ui.screens.log.rows import LogListing, MarkEntry, json_lines, saved, shown_rows
from tests.ui.screens.log.rows import SERVER, entry, gap

CART = parse_filter("cart")
ROWS = (entry(0, 3_661.25, "a\n\u2028ü"), gap(1, 3_670), MarkEntry(-1, 3_680, Mark(3_680, MarkKind.PERSON, "deploy")))


def test_each_row_is_one_line_of_json_as_it_came() -> None:
    lines = list(json_lines(ROWS))
    assert all(line.isascii() and "\n" not in line for line in lines)
    assert [json.loads(line) for line in lines] == [
        {"time": "1970-01-01T01:01:01.250Z", "server": SERVER, "command": "GET", "key": "a\n\u2028ü", "status": "HIT",
         "size": 10},
        {"gap": {"server": SERVER, "start": "1970-01-01T01:01:06.000Z", "end": "1970-01-01T01:01:10.000Z",
                 "lost": 120}},
        {"mark": {"time": "1970-01-01T01:01:20.000Z", "kind": "mark", "note": "deploy"}},
    ]  # fmt: skip


def test_a_gap_says_whether_it_is_exact_and_which_filters_left_its_lines_out() -> None:
    exact = Gap(SERVER, 1, 2, 9, exact=True)
    (first, second) = map(
        json.loads, json_lines((GapEntry(0, 2, exact), GapEntry(1, 2, exact._replace(left_out=(CART,)))))
    )
    assert first["gap"] == {"server": SERVER, "start": "1970-01-01T00:00:01.000Z", "end": "1970-01-01T00:00:02.000Z",
                            "lost": 9, "exact": True}  # fmt: skip
    assert second["gap"] == {**first["gap"], "left_out_by": ["/cart"]}


def test_a_time_of_no_calendar_is_saved_as_it_is() -> None:
    (line,) = json_lines((entry(0, 1e300),))
    assert json.loads(line)["time"] == "1e+300"


def test_of_a_highlighted_log_the_lines_that_pass_are_saved() -> None:
    rows = (entry(0, 1), entry(1, 2), gap(2, 3))
    assert [row.serial for row in shown_rows(LogListing(rows, b"\x00\x01\x00"))] == [1, 2]
    assert [row.serial for row in shown_rows(LogListing(rows))] == [0, 1, 2]


def test_it_is_said_how_many_lines_of_what_time_were_saved_where() -> None:
    assert saved(ROWS, Path("/tmp/x.jsonl")) == "1 line from 01:01:01Z to 01:01:20Z written to /tmp/x.jsonl"
    assert saved((), Path("/tmp/x.jsonl")) == "0 lines written to /tmp/x.jsonl"
