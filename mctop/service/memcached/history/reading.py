"""Series from the rows of a table: those in the file, and those that are not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.series import Series
from mctop.service.memcached.processed import Processed, needed

if TYPE_CHECKING:
    from collections.abc import Collection

    from mctop.service.backend import Span
    from mctop.service.memcached.history.file import HistoryFile
    from mctop.service.memcached.history.pending import Pending
    from mctop.service.memcached.history.table import Row
    from mctop.service.memcached.processed import Formulas


class Reading:
    """Makes series of one table by its formulas."""

    def __init__(self, file: HistoryFile, pending: Pending, formulas: Formulas) -> None:
        self._file, self._pending, self._formulas = file, pending, formulas

    def series(self, owner: str, server: str | None, names: Collection[str], span: Span) -> tuple[Series, ...]:
        """Each named stat of an owner over a span, one value a bucket, None for a gap or the future."""
        columns = needed(self._formulas, names)
        rows = self._rows(owner, columns, span)
        view = self._pending.table.only(columns)
        values = list(zip(*rows.values(), strict=True)) if rows else [()] * len(view.columns)
        processed = Processed(self._formulas, dict(zip(view.columns, values, strict=True)))
        times = tuple(range(span.start, span.end, span.step))
        result = []
        for name in names:
            known = dict(zip(rows, processed.values(name), strict=True))
            filled = tuple(map(known.get, times))
            result.append(Series.model_construct(stat=name, server=server, times=times, values=filled))
        return tuple(result)

    def _rows(self, owner: str, columns: Collection[str], span: Span) -> dict[int, Row]:
        table = self._pending.table
        view = table.only(columns)
        asked = self._file.ask(view.ask(span.step), {"owner": owner, "start": span.start, "end": span.end})
        rows: dict[int, Row] = {int(bucket or 0): tuple(row) for bucket, *row, _ in asked}
        places = [table.columns.index(name) for name in view.columns]
        for bucket, row in self._pending.of(owner, span.start, span.end, span.step).items():
            later = tuple(row[place] for place in places)
            rows[bucket] = view.together((rows[bucket], later)) if bucket in rows else later
        return rows
