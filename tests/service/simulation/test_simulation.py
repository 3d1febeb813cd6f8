"""The simulation is a function of seed, scenario, start and time, and of what is done to it."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mctop.service.base.backend import BucketSpan
from mctop.service.simulation.incidents.scenario_names import SCENARIOS
from mctop.service.simulation.simulation import Simulation
from tests.service.simulation.stage import HOUR, MINUTE, NAMES, START, Stage, answer, everything, known
from tests.told import told


@settings(max_examples=6)
@given(
    some.sampled_from(SCENARIOS),
    some.lists(some.tuples(some.floats(0.1, 900), some.sampled_from(("look", "flush", "reset", "switch"))), max_size=6),
)
def test_answers_do_not_depend_on_who_looked_before(scenario: str, story: list[tuple[float, str]]) -> None:
    watched, alone = Stage(scenario), Stage(scenario)
    for pause, action in story:
        for stage in (watched, alone):
            stage.time += pause
        everything(watched)
        for stage in (watched, alone):
            act(stage, action)
    assert everything(watched) == everything(alone)


def act(stage: Stage, action: str) -> None:
    """Do something to the cache."""
    match action:
        case "flush":
            answer(stage.simulation.flush())
        case "reset":
            answer(stage.simulation.reset_stats())
        case "switch":
            answer(stage.simulation.switch_cluster())


def test_every_process_gives_the_same_answers() -> None:
    code = (
        "from tests.service.simulation.stage import Stage, everything; import hashlib; "
        "print(hashlib.sha256(repr(everything(Stage('flush', 7))).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


def test_other_seeds_give_other_answers() -> None:
    assert everything(Stage(seed=1)) != everything(Stage(seed=2))


def test_an_unknown_scenario_is_refused() -> None:
    with pytest.raises(KeyError):
        Simulation(1, "sunshine", started=START)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_answer_is_there_with_one_server_and_with_many(scenario: str) -> None:
    for servers in (1, 20):
        stage = Stage(scenario, servers=servers)
        assert len(stage.simulation.servers()) == servers == len(stage.counters())
        assert all(everything(stage))


def test_a_flush_drops_every_item_at_once_and_the_hit_rate_recovers() -> None:
    stage = Stage()
    before, usual, items = (
        stage.counters(),
        stage.latest("hit_rate"),
        known(stage.cache(stage.minutes(1), "items")["items"][-1]),
    )
    answer(stage.simulation.flush())
    assert sum(told(each.curr_items) for each in stage.counters()) == 0
    pairs = zip(before, stage.counters(), strict=True)
    assert [told(late.cmd_flush) - told(early.cmd_flush) for early, late in pairs] == [1] * 3
    rates = []
    for _ in range(6):
        stage.time += 600
        rates.append(stage.latest("hit_rate"))
    stage.time = START + 2 * MINUTE
    assert stage.latest("hit_rate") < 0.6 * usual
    assert all(early < late for early, late in pairwise(rates[:4]))
    stage.time = START + 3 * HOUR
    assert stage.latest("hit_rate") == pytest.approx(usual, abs=0.02)
    assert stage.latest("items") == pytest.approx(items, rel=0.1)


def test_a_flush_shows_in_the_series_of_its_minute_only() -> None:
    stage = Stage()
    answer(stage.simulation.flush())
    stage.time += 5 * MINUTE
    rates = stage.cache(stage.minutes(10), "flush_rate")["flush_rate"]
    assert [round(known(rate) * MINUTE) for rate in rates if rate] == [3]


def test_a_reset_zeroes_the_counters_and_leaves_series_and_items() -> None:
    stage, other = Stage(), Stage()
    answer(stage.simulation.reset_stats())
    assert all(each.cmd_get == each.cmd_set == each.evictions == each.bytes_read == 0 for each in stage.counters())
    assert [each.curr_items for each in stage.counters()] == [each.curr_items for each in other.counters()]
    for each in (stage, other):
        each.time += 10
    assert sum(told(each.cmd_get) for each in stage.counters()) == pytest.approx(10 * other.latest("get_rate"), rel=0.1)
    span = stage.minutes(30)
    assert stage.cache(span, *NAMES) == other.cache(span, *NAMES)


def test_a_switch_moves_to_other_servers_and_loses_the_items() -> None:
    stage = Stage()
    usual = stage.latest("hit_rate")
    old, cluster = stage.simulation.servers(), stage.simulation.cluster_name()
    assert answer(stage.simulation.switch_cluster()) == stage.simulation.cluster_name() != cluster
    assert not set(old) & set(stage.simulation.servers())
    assert all(each.curr_items == each.cmd_get == 0 for each in stage.counters())
    stage.time += 3 * MINUTE
    assert stage.latest("hit_rate") < 0.8 * usual
    span = BucketSpan(int(START) // MINUTE * MINUTE - 5 * MINUTE, int(START) // MINUTE * MINUTE + 3 * MINUTE, MINUTE)
    rates = stage.server(0, span, "request_rate")["request_rate"]
    assert rates[:6] == (None,) * 6
    assert None not in rates[6:]
    assert None not in stage.cache(span, "request_rate")["request_rate"]
    assert all(line.time >= START for log in answer(stage.simulation.recent_logs()) for line in log.lines)


def test_enabling_leaves_the_cache_enabled() -> None:
    stage = Stage()
    answer(stage.simulation.enable())
    assert stage.simulation.enabled()
