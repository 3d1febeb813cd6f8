"""Single requests follow what a family's keys went through."""

from collections import Counter

import pytest

from mctop.service.simulation.counters.samples import FamilyRequests
from mctop.service.simulation.log import RequestMix
from mctop.service.simulation.workload.families import PRODUCT
from mctop.service.simulation.workload.noise import draws
from mctop.service.simulation.workload.placement import Placement

MANY = 20_000


@pytest.mark.parametrize(("missed", "usual"), [(50.0, 50.0), (600.0, 50.0)])
def test_keys_are_read_missed_and_stored_as_often_as_they_are(missed: float, usual: float) -> None:
    use = FamilyRequests(PRODUCT, Placement(PRODUCT, 1), 0, 1_000, missed, usual)
    requests = RequestMix((use,))
    lines = [requests.line(float(number), draws("request", number)[1:]) for number in range(MANY)]
    first = PRODUCT.keys.name(0)
    gets, misses = use.of(0)
    seen = Counter((line.command, line.status) for line in lines if line.key == first)
    scale = len([line for line in lines if line.command == "GET"]) / use.gets
    assert seen["GET", "HIT"] == pytest.approx(scale * (gets - misses), rel=0.15)
    assert seen["GET", "MISS"] == pytest.approx(scale * misses, rel=0.15, abs=12)
    stored = misses * PRODUCT.stores + gets * PRODUCT.sets
    assert seen["SET", "STORED"] == pytest.approx(scale * stored, rel=0.15, abs=12)
