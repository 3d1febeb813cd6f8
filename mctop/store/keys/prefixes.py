"""Watched prefixes: the series of each, and what was popular under one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.api.models.introspection import PopularItems, Prefix
    from mctop.store.base.health import Failure
    from mctop.store.series.series_set import SeriesSet


@dataclass(frozen=True, slots=True)
class WatchedPrefix:
    """A watched prefix: its series, None before they came, and why the newest were refused."""

    prefix: Prefix
    series: SeriesSet | None = None
    refusal: Failure | None = None


@dataclass(frozen=True, slots=True)
class PrefixItems:
    """The popular items among the keys of one watched prefix in the last time slice."""

    prefix_id: int
    items: PopularItems


def listed(watched: tuple[WatchedPrefix, ...], prefixes: tuple[Prefix, ...]) -> tuple[WatchedPrefix, ...]:
    """The prefixes that are watched now, each with what was read of it."""
    before = {row.prefix: row for row in watched}
    return tuple(before.get(prefix) or WatchedPrefix(prefix) for prefix in prefixes)


def with_answer(
    watched: tuple[WatchedPrefix, ...], prefix: Prefix, series: SeriesSet | None, refusal: Failure | None = None
) -> tuple[WatchedPrefix, ...]:
    """The same prefixes with what was answered about one of them."""
    return tuple(replace(row, series=series, refusal=refusal) if row.prefix == prefix else row for row in watched)
