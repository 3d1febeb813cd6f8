"""Watched prefixes: what is known of each, and what was popular under one."""

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
    """What was popular among the keys of one watched prefix in the last time slice."""

    prefix_id: int
    items: PopularItems


def listed(held: tuple[WatchedPrefix, ...], prefixes: tuple[Prefix, ...]) -> tuple[WatchedPrefix, ...]:
    """The prefixes that are watched now, each with what is held of it."""
    known = {one.prefix: one for one in held}
    return tuple(known.get(prefix) or WatchedPrefix(prefix) for prefix in prefixes)


def told(
    held: tuple[WatchedPrefix, ...], prefix: Prefix, series: SeriesSet | None, refusal: Failure | None = None
) -> tuple[WatchedPrefix, ...]:
    """The same prefixes with what was answered about one of them."""
    return tuple(replace(one, series=series, refusal=refusal) if one.prefix == prefix else one for one in held)
