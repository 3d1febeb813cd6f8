"""The real client finds nothing to drop in what the simulated cache answers."""

from __future__ import annotations

import time

import pytest
from pydantic import SecretStr

from mctop.api.client import Client
from mctop.api.login import Login
from mctop.api.models.series import DAY
from mctop.api.transport import Transport
from mctop.service.http.response_bodies import Shape
from mctop.service.operations.insight import STATS
from mctop.service.simulation.incidents.scenario_names import SCENARIOS
from mctop.service.simulation.simulation import Simulation
from tests.contract.server import running_service
from tests.told import told


@pytest.mark.parametrize("percent", [False, True])
async def test_every_row_of_every_series_makes_sense_in_either_scale(percent: bool) -> None:
    started = time.time()
    with running_service(Simulation(started=started), shape=Shape(percent=percent)) as service:
        transport = Transport(service.url, Login(service.username, SecretStr(service.password)))
        client = Client(transport, service.cache_id)
        whole = await client.processed_stats(STATS, started - DAY, started)
        each = await client.processed_stats_per_server(("hit_rate", "bytes"), started - 7 * DAY, started)
        rest = [
            await client.latency(started - DAY, started),
            await client.compound_stats(started - 90 * DAY, started),
        ]
        await transport.aclose()
    assert [series.stat for series in whole.series] == list(STATS)
    assert len(each.series) == 3 * 2
    assert [answer.dropped for answer in (whole, each, *rest)] == [0, 0, 0, 0]
    last = {series.stat: series.values[-2] for series in whole.series}
    fractions = [value or 0 for stat, value in last.items() if stat.endswith("_fraction")]
    assert sum(fractions) == pytest.approx(100 if percent else 1)


@pytest.mark.parametrize("scenario", SCENARIOS)
async def test_every_scenario_has_counters_keys_and_lines_nobody_drops(scenario: str) -> None:
    with running_service(Simulation(scenario=scenario, started=time.time())) as service:
        transport = Transport(service.url, Login(service.username, SecretStr(service.password)))
        client = Client(transport, service.cache_id)
        stats, popular, logs = await client.stats(), await client.popular_items(), await client.recent_logs()
        await transport.aclose()
    assert told(stats.total.cmd_get) == told(stats.total.get_hits) + told(stats.total.get_misses) > 0
    assert (stats.dropped, popular.dropped, logs.dropped) == (0, 0, 0)
    assert popular.most_hit_keys
    assert all(log.lines for log in logs.servers)
