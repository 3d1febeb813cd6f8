"""Counters agree with one another, with the series, and only ever rise."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mctop.api.models.stats import COUNTERS
from mctop.service.base.backend import BucketSpan
from mctop.service.simulation.incidents.scenario_names import SCENARIOS
from tests.service.simulation.stage import HOUR, START, Stage, answer, known
from tests.told import told

GAUGES = {"bytes", "curr_connections", "curr_items", "limit_maxbytes", "time"}
COUNTED = [name for name in COUNTERS if name not in GAUGES]

RATES = {
    "get_rate": "cmd_get",
    "set_rate": "cmd_set",
    "delete_rate": "cmd_delete",
    "touch_rate": "cmd_touch",
    "eviction_rate": "evictions",
    "get_expired_rate": "expired",
    "connection_rate": "total_connections",
    "auth_cmds_rate": "auth_cmds",
    "flush_rate": "cmd_flush",
    "bytes_read_rate": "bytes_read",
    "bytes_write_rate": "bytes_written",
    "cas_badval_rate": "cas_badval",
}

ROUNDED = 6
"""Three servers, and at most two counters that are rounded on each."""

moments = some.integers(0, 3 * HOUR)
scenarios = some.sampled_from(SCENARIOS)
seeds = some.integers(0, 1_000)


@settings(max_examples=12)
@given(scenarios, seeds, moments, some.integers(1, 600))
def test_counters_are_the_integral_of_the_rates(scenario: str, seed: int, after: int, step: int) -> None:
    stage = Stage(scenario, seed)
    start = (int(START) + after) // step * step
    span = BucketSpan(start, start + step, step)
    stage.time = float(start)
    before = stage.counters()
    stage.time = float(start + step)
    later = stage.counters()
    rates = stage.cache(span, *RATES)
    for stat, counter in RATES.items():
        grown = sum(getattr(late, counter) - getattr(early, counter) for early, late in zip(before, later, strict=True))
        assert known(rates[stat][0]) * step == pytest.approx(grown, abs=ROUNDED), stat


@settings(max_examples=12)
@given(scenarios, seeds, moments)
def test_counters_agree_with_one_another(scenario: str, seed: int, after: int) -> None:
    stage = Stage(scenario, seed)
    stage.time += after
    for counters in stage.counters():
        assert told(counters.get_hits) + told(counters.get_misses) == told(counters.cmd_get)
        assert told(counters.delete_hits) + told(counters.delete_misses) == told(counters.cmd_delete)
        assert told(counters.touch_hits) + told(counters.touch_misses) == told(counters.cmd_touch)
        assert told(counters.total_items) <= told(counters.cmd_set)
        assert told(counters.curr_items) > 0
        assert 0 < told(counters.bytes) <= told(counters.limit_maxbytes)
        assert counters.time == int(stage.time)


@settings(max_examples=10)
@given(scenarios, seeds, some.lists(some.floats(0.05, 30), min_size=5, max_size=25), some.integers(0, 24))
def test_no_counter_ever_falls_whatever_is_done_but_a_reset(
    scenario: str, seed: int, pauses: list[float], when: int
) -> None:
    stage = Stage(scenario, seed)
    last = stage.counters()
    for number, pause in enumerate(pauses):
        if number == when:
            answer(stage.simulation.flush())
        stage.time += pause
        now = stage.counters()
        for early, late in zip(last, now, strict=True):
            assert [name for name in COUNTED if told(getattr(late, name)) < told(getattr(early, name))] == []
        last = now


def test_counters_count_since_the_servers_started_weeks_ago() -> None:
    stage = Stage()
    rate = stage.latest("request_rate")
    seconds = sum(told(each.cmd_get) for each in stage.counters()) / (rate * 0.8)
    assert 25 * 86_400 < seconds < 60 * 86_400


def test_the_limit_is_a_tenth_more_than_the_plan() -> None:
    stage = Stage()
    limit = sum(told(each.limit_maxbytes) for each in stage.counters())
    assert limit == pytest.approx(1.1 * stage.simulation.identity().plan, rel=1e-6)


def test_gauges_are_the_newest_of_their_series() -> None:
    stage = Stage("flush")
    span = stage.minutes(2)
    series = stage.cache(span, "items", "bytes", "connections", "max_bytes")
    counters = stage.counters()
    assert series["items"][-1] == sum(told(each.curr_items) for each in counters)
    assert series["bytes"][-1] == sum(told(each.bytes) for each in counters)
    assert series["connections"][-1] == sum(told(each.curr_connections) for each in counters)
    assert series["max_bytes"][-1] == sum(told(each.limit_maxbytes) for each in counters)
