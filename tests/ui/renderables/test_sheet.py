"""What tables and charts become when they are taken along."""

from __future__ import annotations

import csv
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from mctop.ui.renderables.plot import Axis, Plot, PlotLine
from mctop.ui.renderables.sheet import Sheet, csv_lines, json_lines, plotted, sheet
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.words.format import Unit
from mctop.ui.words.text import Clean, clean

COLUMNS = (Column("name", "key", 8), Column("size", "size", 8), Column("hits", "hits", 8))
values = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=6).map(clean))


def test_a_table_is_told_in_numbers_where_there_are_any() -> None:
    row = Row("a", (Cell(Clean("a")), Cell(Clean("1.00 KiB"), value=1024.0)))
    nothing = Row("b", (Cell(Clean("b")), Cell(Clean("–")), Cell(Clean("many"))))
    assert sheet(COLUMNS, (row, nothing)) == Sheet(("key", "size", "hits"), (("a", 1024.0, None), ("b", None, "many")))


def test_a_chart_is_told_by_moments_without_what_lies_outside_or_behind() -> None:
    lines = (
        PlotLine(Clean("hits"), (0, 60, 120), (1.0, None, 3.0)),
        PlotLine(Clean("misses"), (60,), (9.0,)),
        PlotLine(Clean("a day before"), (60,), (5.0,), ghost=True),
    )
    told = plotted(Plot(60, 180, Axis(Unit.RATE), lines))
    assert told.columns == ("time", "hits", "misses")
    assert told.rows == (("1970-01-01T00:01:00Z", None, 9.0), ("1970-01-01T00:02:00Z", 3.0, None))


def test_text_that_a_spreadsheet_would_run_is_told_to_be_text() -> None:
    lines = list(csv_lines(Sheet(("=name",), (("=cmd|' /C calc'!A0",), (-1.5,), ("a,b",)))))
    assert lines == ["'=name", "'=cmd|' /C calc'!A0", "-1.5", '"a,b"']


@settings(max_examples=60)
@given(st.lists(st.tuples(values, values), max_size=6))
def test_both_forms_are_read_back_with_every_row(rows: list[tuple[str | float | None, str | float | None]]) -> None:
    told = Sheet(("one", "two"), tuple(rows))
    assert [tuple(row.values()) for row in json.loads("\n".join(json_lines(told)))] == rows
    read = list(csv.reader(csv_lines(told)))
    assert [row for row in read if row][1:] == [[_cell(value) for value in row] for row in rows]


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value[:1] in set("=+-@") else str(value)
