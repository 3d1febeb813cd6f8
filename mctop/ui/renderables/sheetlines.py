"""A sheet as the lines of a file: CSV, or JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mctop.ui.renderables.sheet import Sheet, Value

FORMULA = frozenset("=+-@")
"""What a spreadsheet takes for the beginning of a formula."""


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
    return f"'{value}" if isinstance(value, str) and value[:1] in FORMULA else value
