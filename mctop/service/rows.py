"""Series as the API writes them: InfluxDB rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from mctop.service.moments import say_times

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.api.models.series import Series
    from mctop.service.backend import Span
    from mctop.service.shape import Shape


class Tags(TypedDict):
    """Whose values a row holds."""

    server: str


class UntaggedRow(TypedDict):
    """The values of the whole cache: one list a bucket, the time first, in the order of the columns."""

    name: str
    columns: list[str]
    values: list[tuple[str | float | None, ...]]


class Row(UntaggedRow, total=False):
    """The values of the cache, or of the server in its tags."""

    tags: Tags


def series_rows(name: str, series: Iterable[Series], span: Span, shape: Shape) -> list[Row]:
    """Write series over a span, one row for the cache or for each server, with a column for each stat."""
    times = say_times(span)
    by_server: dict[str | None, list[Series]] = {}
    for each in series:
        by_server.setdefault(each.server, []).append(each)
    rows: list[Row] = []
    for server, columns in by_server.items():
        values = [scaled(column, shape.scale(column.stat)) for column in columns]
        row: Row = {
            "name": name,
            "columns": ["time", *(column.stat for column in columns)],
            "values": list(zip(times, *values, strict=True)),
        }
        if server is not None:
            row["tags"] = {"server": server}
        rows.append(row)
    return rows


def scaled(series: Series, scale: float) -> tuple[float | None, ...]:
    """Multiply the values of a series; a gap stays a gap."""
    if scale == 1.0:
        return series.values
    return tuple(None if value is None else value * scale for value in series.values)
