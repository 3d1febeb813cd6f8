"""The servers of a cache: all their names, and the short ones for where a whole name has no room."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


def short_names(servers: Sequence[str]) -> dict[str, str]:
    """What tells the servers apart, raw: the first labels of their hosts, or else all but the end that they share.

    A first label is enough where it has a letter and no two share it.
    """
    first = {server: server.partition(".")[0] for server in servers}
    if max(Counter(first.values()).values(), default=0) == 1 and all(any(map(str.isalpha, n)) for n in first.values()):
        return first
    parts = {server: PARTS.split(server) for server in servers}
    shared = 0
    shortest = min(map(len, parts.values()), default=0)
    while shared < shortest - 1 and len({tuple(part[-shared - 1 :]) for part in parts.values()}) == 1:
        shared += 1
    if len(servers) < 2:
        shared = 0
    return {server: "".join(part[: len(part) - shared]) for server, part in parts.items()}
