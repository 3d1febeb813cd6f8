"""A sheet: what a table or a chart shows as plain values, and the lines of a CSV or JSON file of it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from mctop.ui.words.format import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mctop.ui.renderables.plot import Plot
    from mctop.ui.renderables.table import Cell, Column, Row


Value = str | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Named columns of values; None is nothing."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@runtime_checkable
class Sheeted(Protocol):
    """What can be copied or written as a sheet."""

    def to_sheet(self) -> Sheet | None:
        """What is shown; None while there is nothing."""


def sheet(columns: tuple[Column, ...], rows: tuple[Row, ...]) -> Sheet:
    """The rows of a table: numbers in their plain unit where the cells know them, else the texts."""
    values = (tuple(_value(row.cells[i : i + 1]) for i in range(len(columns))) for row in rows)
    return Sheet(tuple(column.title for column in columns), tuple(values))


def plotted(plot: Plot) -> Sheet:
    """The lines of a chart: a row for each moment, and the values in the unit of their axis."""
    lines = [line for line in plot.lines if not line.ghost]
    points = [dict(zip(line.times, line.values, strict=True)) for line in lines]
    moments = sorted({time for values in points for time in values if plot.start <= time < plot.end})
    rows = ((_stamp(time), *(values.get(time) for values in points)) for time in moments)
    return Sheet(("time", *(line.label for line in lines)), tuple(rows))


def _value(cells: tuple[Cell, ...]) -> Value:
    if not cells or cells[0].text in ("", NOTHING):
        return None
    return cells[0].text if cells[0].value is None else cells[0].value


def _stamp(time: float) -> str:
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


FORMULA = re.compile(r"(^|;)(?=[=+\-@＝＋－＠])")  # noqa: RUF001 - the full-width signs are meant
"""Where a spreadsheet finds the beginning of a formula; in many countries a semicolon separates its cells."""


def harmless(text: str) -> str:
    """Text with an apostrophe before whatever a spreadsheet would run."""
    return FORMULA.sub(r"\1'", text)


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """A header and a line a row; text that a spreadsheet would run has an apostrophe before it."""
    for row in (sheet.columns, *sheet.rows):
        yield _csv_line(row)


def json_lines(sheet: Sheet) -> Iterator[str]:
    """An array with an object a row, each on its line."""
    last = len(sheet.rows) - 1
    yield "["
    for number, row in enumerate(sheet.rows):
        yield json.dumps(dict(zip(sheet.columns, row, strict=True)), ensure_ascii=False) + "," * (number < last)
    yield "]"


def _csv_line(values: Iterable[Value]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([_harmless(value) for value in values])
    return line.getvalue()


def _harmless(value: Value) -> Value:
    return harmless(value) if isinstance(value, str) else value
