"""The log is one log whenever it is read, and a fair sample of the traffic."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mctop.api.models.introspection import LogLine
from mctop.service.simulation.incidents.scenario_names import SCENARIOS
from tests.service.simulation.stage import HOUR, Stage, answer, known
from tests.told import told


def lines(stage: Stage, server: int = 0) -> tuple[LogLine, ...]:
    return answer(stage.simulation.recent_logs())[server].lines


@settings(max_examples=12)
@given(some.sampled_from(SCENARIOS), some.integers(0, 1_000), some.floats(0, 2 * HOUR), some.floats(0.01, 4))
def test_two_polls_agree_on_what_both_show(scenario: str, seed: int, after: float, pause: float) -> None:
    stage = Stage(scenario, seed)
    stage.time += after
    first = [lines(stage, server) for server in range(3)]
    stage.time += pause
    for server, before in enumerate(first):
        now = lines(stage, server)
        common = [line for line in now if line.time <= before[-1].time]
        assert tuple(common) == before[len(before) - len(common) :]


def test_a_hundred_lines_of_each_server_are_in_order_and_up_to_now() -> None:
    stage = Stage()
    for log, name in zip(answer(stage.simulation.recent_logs()), stage.simulation.servers(), strict=True):
        assert log.server == name
        assert len(log.lines) == 100
        assert all(early.time <= late.time for early, late in pairwise(log.lines))
        assert stage.time - 2 < log.lines[-1].time <= stage.time


def test_polls_five_seconds_apart_overlap_when_all_is_steady() -> None:
    stage = Stage()
    for _ in range(6):
        newest = [lines(stage, server)[-1].time for server in range(3)]
        stage.time += 5
        assert all(lines(stage, server)[0].time < newest[server] for server in range(3))


def test_they_miss_lines_in_a_stampede() -> None:
    stage, gaps = Stage("stampede"), 0
    stage.time += 175
    for _ in range(12):
        newest = [lines(stage, server)[-1].time for server in range(3)]
        stage.time += 5
        gaps += sum(lines(stage, server)[0].time > newest[server] for server in range(3))
    assert gaps > 0


@pytest.fixture(scope="module")
def sample() -> list[LogLine]:
    """Twenty minutes of the log of every server."""
    stage, seen = Stage(), {}
    for _ in range(240):
        for log in answer(stage.simulation.recent_logs()):
            seen.update({(log.server, line.time, line.key): line for line in log.lines})
        stage.time += 5
    return list(seen.values())


def test_commands_and_statuses_are_logged_as_often_as_the_series_say(sample: list[LogLine]) -> None:
    stage = Stage()
    stage.time += HOUR / 3
    series = stage.cache(stage.minutes(20), "get_fraction", "set_fraction", "touch_fraction", "get_hit_rate")
    mean = {name: sum(map(known, values)) / len(values) for name, values in series.items()}
    commands = Counter(line.command for line in sample)
    for command in ("get", "set", "touch"):
        assert commands[command.upper()] / len(sample) == pytest.approx(mean[f"{command}_fraction"], abs=0.01)
    hits = sum(line.status == "HIT" for line in sample)
    assert hits / commands["GET"] == pytest.approx(mean["get_hit_rate"], abs=0.01)


def test_keys_are_logged_as_often_as_they_are_popular(sample: list[LogLine]) -> None:
    popular = answer(Stage().simulation.popular_items())
    requests = sum(item.popularity for item in popular.popular_prefixes)
    for prefix in popular.popular_prefixes:
        share = sum(line.key.startswith(prefix.name) for line in sample) / len(sample)
        assert share == pytest.approx(prefix.popularity / requests, abs=0.01)
    hits = Counter(line.key for line in sample if line.status == "HIT")
    for item in popular.most_hit_keys[:5]:
        assert hits[item.name] / len(sample) == pytest.approx(item.popularity / requests, abs=0.004)


def test_a_key_has_one_size_and_one_server(sample: list[LogLine]) -> None:
    sizes: dict[str, set[int]] = {}
    for line in sample:
        if line.size:
            sizes.setdefault(line.key, set()).add(line.size)
    assert all(len(each) == 1 for each in sizes.values())


def test_calls_of_the_api_itself_are_logged_on_every_server() -> None:
    stage = Stage()
    before = stage.counters()
    stage.time += 1
    stage.simulation.record_api_call("STATS")
    stage.time += 0.5
    for server in range(3):
        (call,) = [line for line in lines(stage, server) if line.command == "STATS"]
        assert (call.time, call.key, call.status, call.size) == (stage.time - 0.5, "", "OK", 0)
        assert len(lines(stage, server)) == 100
    quiet = Stage()
    quiet.time = stage.time
    for early, with_call, without in zip(before, stage.counters(), quiet.counters(), strict=True):
        assert told(with_call.auth_cmds) == told(without.auth_cmds) + 1 > told(early.auth_cmds)
        assert told(with_call.total_connections) == told(without.total_connections) + 1


def test_what_was_logged_before_a_flush_stays_as_it_was() -> None:
    stage = Stage()
    for _ in range(5):
        stage.time += 1.13
        before = [lines(stage, server) for server in range(3)]
        answer(stage.simulation.flush())
        stage.time += 0.5
        for server, earlier in enumerate(before):
            now = lines(stage, server)
            common = [line for line in now if line.time <= earlier[-1].time and line.command != "FLUSH_ALL"]
            assert common == [line for line in earlier if line.time >= common[0].time and line.command != "FLUSH_ALL"]
