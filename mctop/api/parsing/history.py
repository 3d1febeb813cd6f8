"""v1's history, whose times are strings of epoch milliseconds."""

from mctop.api.models.history import HistoryRow
from mctop.api.models.value import Rows
from mctop.api.parsing.rows import as_list, parse_rows, with_time


def parse_history(raw: object) -> Rows[HistoryRow]:
    """Read the rows that make sense. Raise Malformed if the answer is no list."""
    return parse_rows(HistoryRow, [with_time(row) for row in as_list(raw)])
