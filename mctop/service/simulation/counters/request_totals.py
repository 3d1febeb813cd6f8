"""The totals of requests to a server, and the weights with which each counter adds them up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mctop.service.simulation.workload.families import Family


RequestTotals: TypeAlias = list[float]
"""Requests to a server since the origin: gets, misses and usual misses of each family, then what incidents add."""

Weights: TypeAlias = tuple[float, ...]
"""How much each of the totals counts for a counter; as long as the totals."""


@dataclass(frozen=True, slots=True)
class TotalsLayout:
    """The places in the totals of so many families."""

    families: int

    @property
    def evicted(self) -> int:
        """Evictions beyond the usual share of misses."""
        return 3 * self.families

    @property
    def expired(self) -> int:
        """Expirations beyond the usual share of misses."""
        return 3 * self.families + 1

    @property
    def opened(self) -> int:
        """New connections."""
        return 3 * self.families + 2

    @property
    def size(self) -> int:
        """The length of the totals."""
        return 3 * self.families + 3

    def weigh(self, each: tuple[tuple[float, float, float], ...], **others: float) -> Weights:
        """Weights of gets, misses and usual misses for each family, and of the other totals by name."""
        gets, misses, usual = zip(*each, strict=True)
        return (*gets, *misses, *usual, *(others.get(name, 0.0) for name in ("evicted", "expired", "opened")))


CONFLICTS = 0.04
"""The share of cas that find the item changed."""

REFUSED = 0.0004
"""The share of connections that fail to authenticate."""

REQUEST, HEADER = 40, 52
"""Bytes of a request's key and frame, and of a value's frame."""

GetMissWeights: TypeAlias = tuple[float, float]
"""How much a get of a family, and a miss, count for something."""


def counter_weights(families: Sequence[Family]) -> Mapping[str, Weights]:
    """The weights of every cumulative counter that traffic moves; `cmd_get` and the like are sums of them."""
    layout = TotalsLayout(len(families))

    def weigh(each: Callable[[Family], GetMissWeights]) -> Weights:
        return layout.weigh(tuple((*each(family), 0.0) for family in families))

    def usual(share: Callable[[Family], float], **others: float) -> Weights:
        return layout.weigh(tuple((0.0, 0.0, share(family)) for family in families), **others)

    def hit(share: Callable[[Family], float]) -> Weights:
        return weigh(lambda family: (share(family), -share(family)))

    def missed(share: Callable[[Family], float]) -> Weights:
        return weigh(lambda family: (0.0, share(family)))

    return {
        "auth_cmds": usual(lambda _: 0, opened=1),
        "auth_errors": usual(lambda _: 0, opened=REFUSED),
        "bytes_read": weigh(bytes_read),
        "bytes_written": weigh(bytes_written),
        "cas_badval": hit(lambda family: family.cas * CONFLICTS),
        "cas_hits": hit(lambda family: family.cas * (1 - CONFLICTS)),
        "cas_misses": missed(lambda family: family.cas),
        "cmd_set": weigh(lambda family: (family.sets, family.stores)),
        "decr_hits": hit(lambda family: family.decrs),
        "decr_misses": missed(lambda family: family.decrs),
        "delete_hits": hit(lambda family: family.deletes),
        "delete_misses": missed(lambda family: family.deletes),
        "evictions": usual(lambda family: family.evicts, evicted=1),
        "expired": usual(lambda family: family.expires, expired=1),
        "get_hits": hit(lambda _: 1),
        "get_misses": missed(lambda _: 1),
        "incr_hits": hit(lambda family: family.incrs),
        "incr_misses": missed(lambda family: family.incrs),
        "total_connections": usual(lambda _: 0, opened=1),
        "total_items": weigh(lambda family: (family.sets * family.storable, family.stores * family.storable)),
        "touch_hits": hit(lambda family: family.touches),
        "touch_misses": missed(lambda family: family.touches),
    }


def hits(family: Family) -> GetMissWeights:
    """The commands that hit."""
    hit = family.lookups - family.cas * CONFLICTS
    return hit, -hit


def misses(family: Family) -> GetMissWeights:
    """The commands that miss."""
    return 0.0, family.lookups


def mutations(family: Family) -> GetMissWeights:
    """The commands that change an item."""
    changed = family.deletes + family.incrs + family.decrs + family.cas * (1 - CONFLICTS)
    return family.sets * family.storable + changed, family.stores * family.storable - changed


def requests(family: Family) -> GetMissWeights:
    """Every command."""
    return family.lookups + family.sets, family.stores


def bytes_read(family: Family) -> GetMissWeights:
    """The bytes a server reads: every request, and the values that are stored, which it refuses early if too large."""
    value = (family.size if family.storable else 0) + HEADER
    return REQUEST * family.lookups + family.sets * value, family.stores * value


def bytes_written(family: Family) -> GetMissWeights:
    """The bytes a server writes: the values that hit, and a frame for every answer."""
    return family.size + HEADER * family.lookups + HEADER * family.sets, HEADER * family.stores - family.size
