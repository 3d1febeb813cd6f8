"""Every documented stat is made of counters that exist."""

from typing import get_args

from mctop.api.models.formulas import STATS, Gauge, counters_of
from mctop.api.models.series import StatName
from mctop.api.models.stats import Counters
from mctop.service.simulation.counters.request_totals import counter_weights
from mctop.service.simulation.workload.families import FAMILIES


def test_they_are_the_36_of_the_documents() -> None:
    assert sorted(STATS) == sorted(get_args(StatName))


def test_they_are_made_of_counters_of_the_documents() -> None:
    counted = {*counter_weights(FAMILIES), "cmd_flush"}
    assert counted <= set(Counters.model_fields)
    for stat in STATS.values():
        if isinstance(stat, Gauge):
            continue
        assert set(counters_of(stat)) <= counted
