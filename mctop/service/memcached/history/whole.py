"""The cache's row of counters from the rows of its servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.service.memcached.history.table import Row


def of_cache(rows: Iterable[Row]) -> Row:
    """Everything added up, but for the seconds, which come first: the longest count.

    A server that was away for a part of them did nothing then. A count that some servers have is what those counted.
    """
    seconds, *columns = zip(*rows, strict=True)
    return max(value or 0 for value in seconds), *map(_known, columns)


def _known(values: tuple[float | None, ...]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
