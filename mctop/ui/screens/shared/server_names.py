"""The servers of a cache: all their names, and the short ones for where a whole name has no room."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.api.models.cache import CacheInfo
    from mctop.store.series.series_set import SeriesSet


PARTS = re.compile(r"(?=[.:])")
"""The places between the labels and the port of a `host:port`."""


def server_names(
    cache: CacheInfo | None, series: Iterable[SeriesSet | None], others: Iterable[str] = ()
) -> tuple[str, ...]:
    """Every server that the cache, series or `others` name, sorted, raw."""
    names = {*others, *(cache.servers if cache else ())}
    for answer in series:
        names.update(answer.servers() if answer else ())
    return tuple(sorted(names))


def short_names(servers: Iterable[str]) -> dict[str, str]:
    """What tells the servers apart, raw: the first labels of their hosts, or else all but the end that they share.

    The first labels are enough where no two are alike. A host without a letter there is an address, which stays whole.
    """
    first = {server: server.partition(".")[0] for server in servers}
    hosts = {server: label for server, label in first.items() if any(map(str.isalpha, label))}
    if len(set(hosts.values())) < len(hosts):
        parts = {server: PARTS.split(server) for server in hosts}
        shared = _shared_end(tuple(parts.values()))
        hosts = {server: "".join(part[: len(part) - shared]) for server, part in parts.items()}
    return {server: hosts.get(server, server) for server in first}


def _shared_end(names: tuple[list[str], ...]) -> int:
    """How many parts at their end all names share, which leave at least one of each."""
    shared, shortest = 0, min(map(len, names), default=0)
    while shared < shortest - 1 and len({tuple(part[-shared - 1 :]) for part in names}) == 1:
        shared += 1
    return shared
