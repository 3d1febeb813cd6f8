"""Series out of InfluxDB's rows: by column name, nulls as gaps, in order, each time once."""

from __future__ import annotations

from math import isfinite, nan
from typing import TYPE_CHECKING, get_args

from mctop.api.models.series import Series, SeriesAnswer, StatName
from mctop.api.parsing.rows import MOST_ROWS, as_list
from mctop.api.parsing.times import parse_moment

if TYPE_CHECKING:
    from collections.abc import Collection

STAT_NAMES = frozenset(get_args(StatName))
FUTURE = 3_600
"""Seconds ahead of the server's clock beyond which a time makes no sense."""

MOST_POINTS = 10_000
"""Rows of one series that are read, the newest: the longest real one, a day of latency, has 4,320."""

Points = dict[int, float | None]


class _Reader:
    """Collects the points of one answer; servers share their times, so each time is read once."""

    def __init__(self, wanted: Collection[str], now: float) -> None:
        self.dropped = 0
        self.points: dict[tuple[str | None, str], Points] = {}
        self._wanted = STAT_NAMES.union(wanted)
        self._latest = now + FUTURE
        self._times: dict[object, int | None] = {}

    def read(self, group: object) -> None:
        """Take one row of InfluxDB's: a name, tags, columns and values, any of which may be absent."""
        if not isinstance(group, dict):
            self.dropped += 1
            return
        columns, values, tags = group.get("columns"), group.get("values"), group.get("tags")
        if not isinstance(values, list) or not isinstance(columns, list) or "time" not in columns:
            self.dropped += len(values) if isinstance(values, list) else 0
            return
        server = tags.get("server") if isinstance(tags, dict) else None
        self._read_values(server if isinstance(server, str) and server else None, columns, values)

    def _read_values(self, server: str | None, columns: list[object], values: list[object]) -> None:
        at = columns.index("time")
        series = [
            (index, self.points.setdefault((server, name), {}))
            for index, name in enumerate(columns)
            if isinstance(name, str) and name in self._wanted
        ]
        self.dropped += max(0, len(values) - MOST_POINTS)
        for row in values[-MOST_POINTS:]:
            time = self._time(row[at]) if isinstance(row, list) and len(row) > at else None
            if time is None or not isinstance(row, list):
                self.dropped += 1
                continue
            width = len(row)
            for index, points in series:
                cell = row[index] if index < width else None
                points[time] = (
                    cell if cell is None or (type(cell) is float and -1e300 < cell < 1e300) else self._number(cell)
                )

    def _time(self, raw: object) -> int | None:
        if not isinstance(raw, str | int | float):
            return None
        if raw not in self._times:
            self._times[raw] = self._parse_time(raw)
        return self._times[raw]

    def _parse_time(self, raw: object) -> int | None:
        try:
            time = int(parse_moment(raw))
        except ValueError:
            return None
        return time if 0 < time <= self._latest else None

    def _number(self, cell: object) -> float | None:
        if type(cell) is float and isfinite(cell):
            return cell
        try:
            number = float(cell) if isinstance(cell, str | int | float) and not isinstance(cell, bool) else nan
        except (ValueError, OverflowError):
            number = nan
        if isfinite(number):
            return number
        self.dropped += 1
        return None


def parse_series(raw: object, wanted: Collection[str], now: float) -> SeriesAnswer:
    """Read the wanted stats, and known ones that come unasked; `now` is epoch seconds on the server's clock.

    Raise Malformed if the answer is no list.
    """
    reader = _Reader(wanted, now)
    groups = as_list(raw)
    for group in groups[:MOST_ROWS]:
        reader.read(group)
    reader.dropped += max(0, len(groups) - MOST_ROWS)
    series = tuple(_series(stat, server, points) for (server, stat), points in reader.points.items())
    return SeriesAnswer.model_construct(series=series, dropped=reader.dropped)


def _series(stat: str, server: str | None, points: Points) -> Series:
    times = sorted(points)
    return Series.model_construct(
        stat=stat, server=server, times=tuple(times), values=tuple(points[time] for time in times)
    )
