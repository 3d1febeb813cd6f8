"""v2: commands to the servers of the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.stats import Counters, add_up
from mctop.service.http.operation import V2_CACHE, Operation, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.service.http.operation import OperationCall


async def flush(call: OperationCall) -> None:
    """Drop every item, if the caller may."""
    if not call.caller.credential.flush_capability:
        raise Refusal(403, "The credentials lack the flush capability.")
    await call.service.backend.flush()


async def reset_stats(call: OperationCall) -> None:
    """Set the counters to zero."""
    await call.service.backend.reset_stats()


async def stats(call: OperationCall) -> Counters | dict[str, Counters]:
    """The counters of the cache: the sum over its servers, as the example shows it, or by server what each tells."""
    if call.service.shape.stats_per_server:
        return await stats_by_server(call)
    return summed((await stats_by_server(call)).values())


async def stats_by_server(call: OperationCall) -> dict[str, Counters]:
    """The counters of each server; asking for them is itself a command to each."""
    backend = call.service.backend
    backend.record_api_call("STATS")
    return {each.server: each.counters for each in await backend.counters()}


def summed(servers: Iterable[Counters]) -> Counters:
    """Add up counters, those that all of them tell; their time is the newest."""
    rows = tuple(servers)
    return add_up(rows) if rows else Counters()


OPERATIONS = (
    Operation(
        name="flush",
        summary="Flush the cache.",
        method="POST",
        path=f"{V2_CACHE}/flush",
        run=flush,
        status=204,
        elsewhere=404,
        refuses=(400, 404),
    ),
    Operation(
        name="resetStats",
        summary="Reset stats.",
        method="POST",
        path=f"{V2_CACHE}/reset_stats",
        run=reset_stats,
        status=204,
        elsewhere=404,
        refuses=(400, 404),
    ),
    Operation(
        name="getStats",
        summary="Get stats for a cache.",
        method="GET",
        path=f"{V2_CACHE}/stats",
        run=stats,
        returns=Counters | dict[str, Counters],
        elsewhere=404,
        refuses=(400, 404),
    ),
)
