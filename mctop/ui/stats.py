"""Every stat that can be drawn, in groups by what they tell; each group is one chart, with at most two units."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from types import MappingProxyType
from typing import TYPE_CHECKING

from mctop.ui.renderables.plot import COLOURS, Colour, Side
from mctop.ui.words.format import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping


DURATION = "duration"
"""The stat of the latency series."""
FIRST = frozenset({
    "hit_rate", "get_hit_rate", "request_rate", "get_rate", "set_rate", "delete_rate", "bytes", "items",
    "eviction_rate", "get_expired_rate", DURATION, "connections", "connection_rate", "bytes_read_rate",
    "bytes_write_rate", "get_fraction", "set_fraction", "delete_fraction", "auth_cmds_rate", "auth_errors_rate",
})  # fmt: skip
"""The stats that a chart shows unless told otherwise."""
NO_OTHER: Mapping[str, Unit] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Stat:
    """A series of the API: how it is called here, its unit, and how its line looks.

    `first` says that its chart shows it unless told otherwise.
    """

    id: str
    label: str
    unit: Unit
    colour: Colour
    side: Side = "left"
    first: bool = False

    @property
    def is_ratio(self) -> bool:
        """Whether its values are of the scale that the API does not document."""
        return self.unit is Unit.PERCENT


@dataclass(frozen=True, slots=True)
class Group:
    """Stats that answer one question together; `left` and `right` are the units of its axes."""

    id: str
    title: str
    stats: tuple[Stat, ...]
    left: Unit
    right: Unit | None = None

    @property
    def first(self) -> frozenset[str]:
        """The stats that it shows unless told otherwise."""
        return frozenset(stat.id for stat in self.stats if stat.first)


def _group(id: str, title: str, unit: Unit, right: Mapping[str, Unit] = NO_OTHER, **stats: str) -> Group:
    """A group of stats by id and label, those of them that are in `right` on the right axis."""
    made = []
    for colour, (stat, label) in zip(cycle(COLOURS), stats.items(), strict=False):
        side: Side = "right" if stat in right else "left"
        made.append(Stat(stat, label, right.get(stat, unit), colour, side, stat in FIRST))
    return Group(id, title, tuple(made), unit, next(iter(right.values()), None))


GROUPS = (
    _group("hits", "Hit rates", Unit.PERCENT, hit_rate="all", get_hit_rate="get", delete_hit_rate="delete",
           touch_hit_rate="touch", incr_hit_rate="incr", decr_hit_rate="decr", cas_hit_rate="cas"),
    _group("traffic", "Traffic", Unit.RATE, request_rate="requests", get_rate="get", set_rate="set",
           delete_rate="delete", touch_rate="touch", incr_rate="incr", decr_rate="decr", cas_rate="cas",
           cas_badval_rate="cas conflict", flush_rate="flush"),
    _group("memory", "Memory", Unit.BYTES, {"items": Unit.COUNT}, bytes="used", items="items", max_bytes="limit"),
    _group("evictions", "Evictions", Unit.RATE, eviction_rate="evicted", get_expired_rate="expired"),
    _group("latency", "Latency", Unit.LATENCY, duration="latency"),
    _group("connections", "Connections", Unit.COUNT, {"connection_rate": Unit.RATE}, connections="open",
           connection_rate="new"),
    _group("network", "Network", Unit.SPEED, bytes_read_rate="in", bytes_write_rate="out"),
    _group("commands", "Commands", Unit.PERCENT, get_fraction="get", set_fraction="set", delete_fraction="delete",
           touch_fraction="touch", incr_fraction="incr", decr_fraction="decr", cas_fraction="cas",
           flush_fraction="flush"),
    _group("auth", "Authentication", Unit.RATE, auth_cmds_rate="tried", auth_errors_rate="failed"),
)  # fmt: skip
"""In the order of the questions of someone who was just called."""

STATS = {stat.id: stat for group in GROUPS for stat in group.stats}
GROUP_OF = {stat.id: group for group in GROUPS for stat in group.stats}
