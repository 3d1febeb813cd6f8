"""v2: introspection, which is about keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.introspection import Prefix
from mctop.service.base.backend import LogHolding
from mctop.service.http.operation import END, START, V2_CACHE, Operation, Parameter
from mctop.service.http.request_bodies import LogQuery, PrefixBody
from mctop.service.http.response_bodies import (
    KeyStatsBody,
    LogLineBody,
    PopularItemsBody,
    SeriesRow,
    key_stats_body,
    log_line_body,
    popular_items_body,
    series_rows,
)
from mctop.service.operations.insight import FINEST

if TYPE_CHECKING:
    from mctop.api.models.introspection import LogExcerpt
    from mctop.service.http.operation import OperationCall

KEY = Parameter("key", "The name of the key.", required=True)
INTROSPECTION = f"{V2_CACHE}/introspection"


async def recent_logs(call: OperationCall) -> dict[str, tuple[LogLineBody, ...]] | LogExcerpt:
    """The last log lines of each server; those after a cursor, where one is named and the backend holds more."""
    backend = call.service.backend
    if (cursor := call.optional("cursor")) is not None and isinstance(backend, LogHolding):
        asked = call.query(LogQuery, "The log could not be read.")
        return await backend.log_after(cursor, asked.conditions, asked.lines)
    logs = await backend.recent_logs()
    return {log.server: tuple(map(log_line_body, log.lines)) for log in logs}


async def compound_stats(call: OperationCall) -> tuple[SeriesRow, ...]:
    """Series about every key of the cache together."""
    span = call.span(FINEST)
    return series_rows("compound_stats", await call.service.backend.prefix_stats("", span), span, call.service.shape)


async def popular_items(call: OperationCall) -> PopularItemsBody:
    """What was popular in the last time slice."""
    return popular_items_body(await call.service.backend.popular_items())


async def key_stats(call: OperationCall) -> tuple[KeyStatsBody, ...]:
    """What is known of a key; nothing, if it was never seen."""
    return tuple(map(key_stats_body, await call.service.backend.key_stats(call.parameter("key"))))


async def list_prefixes(call: OperationCall) -> tuple[Prefix, ...]:
    """Every watched prefix."""
    return call.service.account.prefixes.all()


async def watch_prefix(call: OperationCall) -> Prefix:
    """Watch a prefix; one that is watched already is answered as it is."""
    wanted = await call.body(PrefixBody, "The prefix could not be watched.")
    return call.service.account.prefixes.watch(wanted.name)


async def unwatch_prefix(call: OperationCall) -> None:
    """Watch a prefix no more."""
    call.service.account.prefixes.unwatch(call.number("prefix_id", "prefix"))


async def prefix_stats(call: OperationCall) -> tuple[SeriesRow, ...]:
    """Series about the keys of a watched prefix."""
    prefix, span = watched(call), call.span(FINEST)
    series = await call.service.backend.prefix_stats(prefix.name, span)
    return series_rows("prefix_stats", series, span, call.service.shape)


async def prefix_popular_items(call: OperationCall) -> PopularItemsBody:
    """What was popular among the keys of a watched prefix."""
    return popular_items_body(await call.service.backend.popular_items(watched(call).name))


def watched(call: OperationCall) -> Prefix:
    """Find the watched prefix in the path."""
    return call.service.account.prefixes.get(call.number("prefix_id", "prefix"))


PREFIX_OPERATIONS = (
    Operation(
        name="getWatchedPrefixes",
        summary="Get all watched prefixes for cache.",
        method="GET",
        path=f"{INTROSPECTION}/prefixes",
        run=list_prefixes,
        returns=tuple[Prefix, ...],
    ),
    Operation(
        name="watchPrefix",
        summary="Watch a prefix. Start collecting stats for a prefix.",
        method="POST",
        path=f"{INTROSPECTION}/prefixes",
        run=watch_prefix,
        body=PrefixBody,
        returns=Prefix,
    ),
    Operation(
        name="unwatchPrefix",
        summary="Unwatch a prefix. Stop collecting stats for a prefix.",
        method="DELETE",
        path=f"{INTROSPECTION}/prefixes/{{prefix_id}}",
        run=unwatch_prefix,
        status=204,
    ),
    Operation(
        name="getPrefixStats",
        summary="Get stats for a watched prefix.",
        method="GET",
        path=f"{INTROSPECTION}/prefixes/{{prefix_id}}/stats",
        run=prefix_stats,
        returns=tuple[SeriesRow, ...],
        query=(START, END),
    ),
    Operation(
        name="getPrefixPopularItems",
        summary="Get popular items for a watched prefix.",
        method="GET",
        path=f"{INTROSPECTION}/prefixes/{{prefix_id}}/popular_items",
        run=prefix_popular_items,
        returns=PopularItemsBody,
    ),
)

OPERATIONS = (
    Operation(
        name="getLogs",
        summary="Get the last 100 log lines for cache.",
        method="GET",
        path=f"{INTROSPECTION}/recent_logs",
        run=recent_logs,
        returns=dict[str, tuple[LogLineBody, ...]],
    ),
    Operation(
        name="getCompoundStats",
        summary="Get compound stats for cache.",
        method="GET",
        path=f"{INTROSPECTION}/compound_stats",
        run=compound_stats,
        returns=tuple[SeriesRow, ...],
        query=(START, END),
    ),
    Operation(
        name="getPopularItems",
        summary="Get popular items for cache.",
        method="GET",
        path=f"{INTROSPECTION}/popular_items",
        run=popular_items,
        returns=PopularItemsBody,
    ),
    Operation(
        name="getKeyStats",
        summary="Get stats for a key by its name.",
        method="GET",
        path=f"{INTROSPECTION}/key_stats",
        run=key_stats,
        returns=tuple[KeyStatsBody, ...],
        query=(KEY,),
    ),
    *PREFIX_OPERATIONS,
)
