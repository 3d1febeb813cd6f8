"""Series as the API writes them: InfluxDB rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

from mctop.service.moments import say_times

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.api.models.series import Series
    from mctop.service.backend import Span
    from mctop.service.shape import Shape


class Row(BaseModel):
    """The values of the whole cache: one list a bucket, the time first, in the order of the columns."""

    name: str
    columns: tuple[str, ...]
    values: tuple[tuple[str | float | None, ...], ...]


class Tags(BaseModel):
    """Whose values a row holds."""

    server: str


class ServerRow(Row):
    """The values of one server."""

    tags: Tags


def series_rows(name: str, series: Iterable[Series], span: Span, shape: Shape) -> tuple[Row, ...]:
    """Write series over a span, one row for the cache or for each server, with a column for each stat.

    The rows are not validated: they hold tens of thousands of values that the backend's types vouch for.
    """
    times = say_times(span)
    by_server: dict[str | None, list[Series]] = {}
    for each in series:
        by_server.setdefault(each.server, []).append(each)
    rows: list[Row] = []
    for server, columns in by_server.items():
        names = ("time", *(column.stat for column in columns))
        values = tuple(zip(times, *(scaled(column, shape.scale(column.stat)) for column in columns), strict=True))
        if server is None:
            rows.append(Row.model_construct(name=name, columns=names, values=values))
        else:
            tags = Tags(server=server)
            rows.append(ServerRow.model_construct(name=name, columns=names, values=values, tags=tags))
    return tuple(rows)


def scaled(series: Series, scale: float) -> tuple[float | None, ...]:
    """Multiply the values of a series; a gap stays a gap."""
    if scale == 1.0:
        return series.values
    return tuple(None if value is None else value * scale for value in series.values)
