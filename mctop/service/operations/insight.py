"""v2: insight, which is series."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from mctop.api.models.series import StatName
from mctop.service.http.operation import END, START, V2_CACHE, Operation, Parameter, Refusal
from mctop.service.http.response_bodies import SeriesRow, ServerSeriesRow, series_rows

if TYPE_CHECKING:
    from mctop.service.http.operation import OperationCall

FINEST, FINEST_LATENCY = 60, 20
"""Seconds of the finest bucket of stats and of latency, as documented for ranges of a day."""

STATS: tuple[str, ...] = get_args(StatName)
NAMES = Parameter("names", "The name(s) of the stats.", required=True, choices=STATS)


def read_names(call: OperationCall) -> tuple[str, ...]:
    """Read the wanted stats, each once, in the caller's order."""
    names = tuple(dict.fromkeys(name.strip() for name in call.parameter("names").split(",")))
    unknown = next((name for name in names if name not in STATS), None)
    if unknown is not None:
        raise Refusal(400, f"InfluxDB query returned error: there is no stat named {unknown[:100]!r}.")
    return names


async def processed_stats(call: OperationCall) -> tuple[SeriesRow, ...]:
    """Series of stats for the whole cache."""
    names, span = read_names(call), call.span(FINEST)
    series = await call.service.backend.processed(names, span)
    return series_rows("processed_stats", series, span, call.service.shape)


async def processed_stats_per_server(call: OperationCall) -> tuple[SeriesRow, ...]:
    """Series of stats for each server."""
    names, span = read_names(call), call.span(FINEST)
    series = await call.service.backend.processed_per_server(names, span)
    return series_rows("processed_stats", series, span, call.service.shape)


async def latency(call: OperationCall) -> tuple[SeriesRow, ...]:
    """Series of the probe's duration in nanoseconds for each server."""
    span = call.span(FINEST_LATENCY)
    return series_rows("latency", await call.service.backend.latency(span), span, call.service.shape)


OPERATIONS = (
    Operation(
        name="getProcessedStats",
        summary="Get processed stats aggregate for all servers.",
        method="GET",
        path=f"{V2_CACHE}/insight/processed_stats",
        run=processed_stats,
        returns=tuple[SeriesRow, ...],
        query=(NAMES, START, END),
        elsewhere=404,
        refuses=(400, 404),
    ),
    Operation(
        name="getProcessedStatsPerServer",
        summary="Get processed stats per server.",
        method="GET",
        path=f"{V2_CACHE}/insight/processed_stats/per_server",
        run=processed_stats_per_server,
        returns=tuple[ServerSeriesRow, ...],
        query=(NAMES, START, END),
        elsewhere=404,
        refuses=(400, 404),
    ),
    Operation(
        name="getLatency",
        summary="Get latency for cache in nanoseconds, grouped by server.",
        method="GET",
        path=f"{V2_CACHE}/insight/latency",
        run=latency,
        returns=tuple[ServerSeriesRow, ...],
        query=(START, END),
        elsewhere=404,
        refuses=(400, 404),
    ),
)
