"""Keys are placed on servers, and drawn as often as they are asked for there."""

from collections import Counter

import pytest

from mctop.service.simulation.workload.families import FAMILIES, FRONT, PRODUCT, Family
from mctop.service.simulation.workload.noise import draws
from mctop.service.simulation.workload.placement import Placement


@pytest.mark.parametrize("family", [*FAMILIES, FRONT], ids=lambda family: family.prefix)
@pytest.mark.parametrize("servers", [1, 3, 20])
def test_the_servers_share_everything(family: Family, servers: int) -> None:
    placement = Placement(family, servers)
    assert sum(placement.reads.shares) == pytest.approx(1)
    assert sum(placement.absences.shares) == pytest.approx(1)
    assert sum(placement.items) == pytest.approx(family.keys.count)


def test_a_server_is_asked_only_for_its_own_keys_each_as_often_as_it_is_popular() -> None:
    placement = Placement(PRODUCT, 3)
    for server in range(3):
        drawn = Counter(placement.read(server, draws("reads", number)[0]) for number in range(4_000))
        assert all(placement.owner(rank) == server for rank in drawn)
        first = next(rank for rank in range(10) if placement.owner(rank) == server)
        expected = PRODUCT.reads.share(first) / placement.reads.shares[server]
        assert drawn[first] / 4_000 == pytest.approx(expected, abs=0.02)
        unpopular = sum(many for rank, many in drawn.items() if rank >= 1_000) / 4_000
        assert unpopular == pytest.approx(
            (1 - PRODUCT.reads.below(1_000)) / 3 / placement.reads.shares[server], abs=0.03
        )
