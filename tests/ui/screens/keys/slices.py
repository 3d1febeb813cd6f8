"""Ten minutes of popular items: sessions calm down, a product is discovered, a prefix is renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.introspection import PopularItem, PopularItems
from mctop.store.base.marks import Mark, MarkKind
from mctop.store.keys.hot_keys import HotKeys, extended
from tests.ui.samples import NOON

if TYPE_CHECKING:
    from mctop.store.store import Store

SLICE = 186_554_450_945
"""Nanoseconds of a time slice."""
EVERY = 10
SLICES = 60
FIRST = NOON - EVERY * (SLICES - 1) - 3
DEPLOY = Mark(FIRST + 50, MarkKind.PERSON, "deploy")
DISCOVERED = 45
"""The slice in which everybody begins to look at one product."""
HOT = "product:1377"
HOSTILE = "evil\x1b[31m[red]\u202ekey"
SESSIONS = ("session:9f2c41", "session:0b77de", "session:4411aa")
HIT = (*SESSIONS, "user:1042:profile", "user:77:profile", "user:3:profile", "product:88213", "product:1204",
       "feed:1377:page:1", "feed:1042:page:2", "config:flags", "rates:EUR", HOSTILE)  # fmt: skip
MISSED = ("feed:1042:page:2", "user:9:profile", "session:dead00", "geo:DE:towns")
PREFIXES = ("session:", "user:", "product:", "feed:")


def story(slices: int = SLICES) -> HotKeys:
    """What is known after so many slices."""
    held = HotKeys()
    for index in range(slices):
        held = extended(held, items(index), FIRST + EVERY * index)
    return held


def items(index: int) -> PopularItems:
    """One slice."""
    hit = {key: 9_000 * 0.8**rank * (1 - 0.008 * index if key in SESSIONS else 1) for rank, key in enumerate(HIT)}
    if index >= DISCOVERED:
        hit[HOT] = 400.0 * (index - DISCOVERED + 1)
    missed = {key: 600 * 0.7**rank for rank, key in enumerate(MISSED)}
    mutated = {f"cart:{50_000 + n}": 90.0 - n for n in range(20 if index % 2 else 18)}
    prefixes = {prefix: 20_000 * 0.6**rank for rank, prefix in enumerate(PREFIXES)}
    return PopularItems(
        time_slice=SLICE,
        most_hit_keys=_listed(hit),
        most_missed_keys=_listed(missed),
        most_mutated_keys=_listed(mutated),
        popular_prefixes=_listed(prefixes),
    )


def fill(store: Store) -> None:
    """Put the story into a store."""
    store.popular.hot_keys.set(story())
    store.popular.value.set(items(SLICES - 1))
    store.marks.set((DEPLOY, Mark(NOON - 60, MarkKind.GAP)))


def _listed(found: dict[str, float]) -> tuple[PopularItem, ...]:
    ranked = sorted(found.items(), key=lambda pair: -pair[1])
    return tuple(PopularItem(name=name, popularity=round(many)) for name, many in ranked)
