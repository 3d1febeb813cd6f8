"""Series as InfluxDB rows."""

from __future__ import annotations

from mctop.api.models.series import Series
from mctop.service.base.backend import BucketSpan
from mctop.service.http.response_bodies import Shape, series_rows

SPAN = BucketSpan(1_700_000_040, 1_700_000_160, 60)
TIMES = (1_700_000_040, 1_700_000_100)


def series(stat: str, server: str | None, *values: float | None) -> Series:
    return Series(stat=stat, server=server, times=TIMES, values=values)


def test_each_server_has_one_row_with_a_column_a_stat() -> None:
    rows = series_rows(
        "processed_stats",
        (series("hit_rate", "a:1", 0.5, None), series("hit_rate", "b:1", 0.25, 1), series("bytes", "a:1", 7, 8)),
        SPAN,
        Shape(percent=True),
    )
    assert [row.model_dump() for row in rows] == [
        {
            "name": "processed_stats",
            "columns": ("time", "hit_rate", "bytes"),
            "values": (("2023-11-14T22:14:00Z", 50.0, 7), ("2023-11-14T22:15:00Z", None, 8)),
            "tags": {"server": "a:1"},
        },
        {
            "name": "processed_stats",
            "columns": ("time", "hit_rate"),
            "values": (("2023-11-14T22:14:00Z", 25.0), ("2023-11-14T22:15:00Z", 100.0)),
            "tags": {"server": "b:1"},
        },
    ]


def test_no_series_is_no_row() -> None:
    assert series_rows("latency", (), SPAN, Shape()) == ()
