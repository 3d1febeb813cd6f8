"""Every scenario tells its story in what the API answers."""

from itertools import pairwise

import pytest

from mctop.service.base.backend import BucketSpan
from mctop.service.simulation.incidents.effects import LASTS
from mctop.service.simulation.incidents.scenario_names import SCENARIOS
from mctop.service.simulation.incidents.scenarios import INCIDENTS
from mctop.service.simulation.simulation import SINCE
from tests.service.simulation.stage import HOUR, MINUTE, START, Stage, answer, known
from tests.told import told

BEFORE = 1_200
"""Seconds before the start when all was well."""


def at_hit_rate(stage: Stage, after: float) -> float:
    stage.time = START + after
    return stage.latest("hit_rate")


def duration(stage: Stage, server: int) -> float:
    newest = int(stage.time) // 20 * 20
    return known(answer(stage.simulation.latency(BucketSpan(newest - 60, newest, 60 // 3)))[server].values[0])


def test_the_scenarios_are_those_that_are_offered() -> None:
    assert tuple(INCIDENTS) == SCENARIOS


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_scenario_is_steady_before_and_after(scenario: str) -> None:
    stage, steady = Stage(scenario), Stage()
    span = BucketSpan(int(START) - 2 * HOUR, int(START) - BEFORE, MINUTE)
    for each in (stage, steady):
        each.time = START - SINCE + LASTS + 2 * MINUTE
    usual = steady.cache(span, "hit_rate", "items")
    for name, values in stage.cache(span, "hit_rate", "items").items():
        assert values == pytest.approx(usual[name])
    assert stage.latest("hit_rate") == pytest.approx(steady.latest("hit_rate"), abs=0.001)
    assert stage.latest("items") == pytest.approx(steady.latest("items"), rel=0.01)


def test_steady_is_healthy() -> None:
    stage = Stage()
    span = BucketSpan(int(START) // HOUR * HOUR - 24 * 7 * HOUR, int(START) // HOUR * HOUR, HOUR)
    series = stage.cache(span, "hit_rate", "request_rate", "bytes", "max_bytes", "connection_rate", "eviction_rate")
    assert min(map(known, series["hit_rate"])) > 0.9
    assert 1_000 < min(map(known, series["request_rate"])) < max(map(known, series["request_rate"])) < 6_000
    assert max(map(known, series["bytes"])) < 0.95 * known(series["max_bytes"][0])
    assert max(map(known, series["connection_rate"])) < 10
    assert max(map(known, series["eviction_rate"])) < 5


def test_after_a_flush_the_hit_rate_climbs_back() -> None:
    stage = Stage("flush")
    assert stage.counters()[0].cmd_flush == 1
    lowest = min(map(known, stage.cache(stage.minutes(15), "hit_rate")["hit_rate"]))
    assert lowest < 0.5 < at_hit_rate(stage, 0) < at_hit_rate(stage, 20 * MINUTE) < at_hit_rate(stage, HOUR)
    assert stage.latest("set_rate", ago=HOUR + 10 * MINUTE) > 2 * stage.latest("set_rate")
    assert stage.latest("bytes_write_rate", ago=HOUR + 11 * MINUTE) < 0.7 * stage.latest("bytes_write_rate")
    assert stage.latest("eviction_rate", ago=HOUR) == pytest.approx(0, abs=1e-6)
    assert stage.latest("eviction_rate") > 0.3


def test_an_eviction_storm_fills_the_memory_and_pushes_out_what_is_wanted() -> None:
    stage = Stage("eviction-storm")
    assert stage.latest("eviction_rate") > 20
    assert stage.latest("bytes") > 0.95 * stage.latest("max_bytes")
    assert at_hit_rate(stage, -BEFORE) > at_hit_rate(stage, 0) > at_hit_rate(stage, 45 * MINUTE)
    assert stage.latest("hit_rate") < 0.8
    assert known(stage.prefix("export:", stage.minutes(1))["num_keys"][0]) > 5_000
    assert stage.latest("items") < stage.latest("items", ago=HOUR)


def test_a_stampede_misses_one_key_all_at_once_again_and_again() -> None:
    stage = Stage("stampede")
    stage.time += 20 * MINUTE
    series = stage.cache(stage.minutes(20), "hit_rate", "set_rate", "connection_rate")
    dips = sum(known(rate) < 0.87 for rate in series["hit_rate"])
    assert 3 <= dips <= 9
    assert max(map(known, series["set_rate"])) > 2.5 * min(map(known, series["set_rate"]))
    assert max(map(known, series["connection_rate"])) > 10
    assert answer(stage.simulation.popular_items()).most_missed_keys[0].name == "fragment:front-page"


def test_a_rename_leaves_the_old_prefix_cold_and_the_new_one_missing() -> None:
    stage = Stage("rename")
    span = stage.minutes(2)
    old, new = stage.prefix("product:", span), stage.prefix("item:", span)
    assert known(old["total_hits_rate"][1]) == pytest.approx(0, abs=0.01)
    assert known(old["num_keys"][1]) > 10_000
    assert known(new["total_misses_rate"][1]) > 0.2 * known(new["total_hits_rate"][1])
    assert answer(stage.simulation.popular_items()).most_missed_keys[0].name.startswith("item:")
    stage.time += HOUR
    later = stage.prefix("item:", stage.minutes(2))
    assert known(later["total_misses_rate"][1]) < 0.1 * known(later["total_hits_rate"][1])
    assert known(later["num_keys"][1]) > known(new["num_keys"][1])


def test_at_a_ttl_cliff_many_items_expire_together_every_quarter_of_an_hour() -> None:
    stage = Stage("ttl-cliff")
    stage.time += 48 * MINUTE
    series = stage.cache(stage.minutes(62), "get_expired_rate", "items", "hit_rate")
    expired = list(map(known, series["get_expired_rate"]))
    peaks = [place for place in range(1, 62) if expired[place - 1] < 150 < expired[place]]
    assert len(peaks) == 4
    assert {late - early for early, late in pairwise(peaks)} == {15}
    assert min(map(known, series["hit_rate"])) < 0.92
    assert min(map(known, series["items"])) < 0.95 * max(map(known, series["items"]))


def test_a_slow_server_answers_late_and_less() -> None:
    stage = Stage("slow-server")
    stage.time += 30 * MINUTE
    assert duration(stage, 1) > 5 * duration(stage, 0)
    assert duration(stage, 1) > 2_000_000
    rates = [known(stage.server(place, stage.minutes(1), "request_rate")["request_rate"][0]) for place in range(3)]
    assert rates[1] < 0.8 * min(rates[0], rates[2])


def test_a_hot_key_burdens_the_server_that_holds_it() -> None:
    stage = Stage("hot-key")
    first, second = answer(stage.simulation.popular_items()).most_hit_keys[:2]
    assert first.name == "product:1377"
    assert first.popularity > 5 * second.popularity
    rates = [known(stage.server(place, stage.minutes(1), "get_rate")["get_rate"][0]) for place in range(3)]
    assert max(rates) > 1.8 * sorted(rates)[1]
    lines = answer(stage.simulation.recent_logs())[rates.index(max(rates))].lines
    assert sum(line.key == first.name for line in lines) > 30


def test_what_is_never_stored_misses_without_end() -> None:
    stage = Stage("never-stored")
    stage.time += 20 * MINUTE
    assert stage.latest("hit_rate") < 0.85
    series = stage.prefix("advice:", stage.minutes(1))
    assert known(series["num_keys"][0]) == known(series["total_hits_rate"][0]) == 0
    assert known(series["total_misses_rate"][0]) > 200
    items = answer(stage.simulation.popular_items())
    assert all(item.name.startswith("advice:") for item in items.most_missed_keys[:10])
    refused = [
        line
        for log in answer(stage.simulation.recent_logs())
        for line in log.lines
        if line.command == "SET" and line.key.startswith("advice:")
    ]
    assert refused
    assert {line.status for line in refused} == {"TOO_LARGE"}


def test_a_restart_zeroes_one_server_which_refills_after_a_gap() -> None:
    stage = Stage("restart")
    counters = stage.counters()
    assert 0 < told(counters[1].cmd_get) < 0.001 * told(counters[0].cmd_get)
    assert told(counters[1].curr_items) < 0.8 * told(counters[0].curr_items)
    series = stage.server(1, stage.minutes(15), "request_rate", "hit_rate")
    assert None in series["request_rate"]
    assert None not in stage.server(0, stage.minutes(15), "request_rate")["request_rate"]
    assert None in answer(stage.simulation.latency(stage.minutes(15)))[1].values
    recovering = [rate for rate in series["hit_rate"][5:] if rate is not None]
    assert recovering == sorted(recovering)
