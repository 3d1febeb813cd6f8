"""What is drawn: which stats, of what, and whether the same period earlier stands behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from mctop.ui.screens.charts.groups import GROUPS, Group

SHOWN_FIRST = frozenset().union(*(group.first for group in GROUPS[:4]))
"""The stats that are on when the Charts are first opened."""


class Of(Enum):
    """What lines are drawn of."""

    CACHE = "the cache"
    EACH = "each server"
    ONE = "one server"


class Earlier(Enum):
    """How many seconds before the window the faint lines lie."""

    NONE = 0
    DAY = 86_400
    WEEK = 604_800

    @property
    def label(self) -> str:
        """Its name in a legend."""
        return {Earlier.DAY: "day before", Earlier.WEEK: "week before"}.get(self, "")

    @property
    def next(self) -> Earlier:
        """The one that the key comes to."""
        order = tuple(Earlier)
        return order[(order.index(self) + 1) % len(order)]


@dataclass(frozen=True, slots=True)
class Choice:
    """The stats that are on, and of what; `server` is named where it is of one. `before` is what "only" can undo."""

    on: frozenset[str] = SHOWN_FIRST
    of: Of = Of.CACHE
    server: str | None = None
    earlier: Earlier = Earlier.NONE
    before: frozenset[str] | None = None

    def switched(self, stat: str) -> Choice:
        """With one stat on instead of off, or off instead of on."""
        return replace(self, on=self.on ^ {stat}, before=None)

    def switched_group(self, group: Group) -> Choice:
        """Without all stats of a group; or, if none was on, with its first ones."""
        held = self.on & {stat.id for stat in group.stats}
        return replace(self, on=self.on - held if held else self.on | group.first, before=None)

    def only(self, stats: frozenset[str]) -> Choice:
        """With these stats alone; or, if they are alone already, with what was on before."""
        if self.on == stats and self.before is not None:
            return replace(self, on=self.before, before=None)
        return replace(self, on=stats, before=self.on)

    def only_group(self, group: Group) -> Choice:
        """With the stats of one group alone that are on, or else with its first ones."""
        return self.only(self.on & {stat.id for stat in group.stats} or group.first)

    def of_cache(self) -> Choice:
        """Of the cache."""
        return replace(self, of=Of.CACHE, server=None)

    def of_each(self) -> Choice:
        """Of each server, to compare them."""
        return replace(self, of=Of.EACH, server=None)

    def of_server(self, server: str) -> Choice:
        """Of one server; or, if it is of that one already, of the cache."""
        if self.server == server:
            return self.of_cache()
        return replace(self, of=Of.ONE, server=server)


FIRST_CHOICE = Choice()
"""What is drawn when the Charts are first opened."""
