"""Series agree with one another, over servers and over granularities."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mctop.api.models.formulas import COMMANDS, LOOKUPS
from mctop.service.base.backend import BucketSpan
from mctop.service.simulation.incidents.scenario_names import SCENARIOS
from tests.service.simulation.stage import DAY, HOUR, MINUTE, START, Stage, answer, known

FRACTIONS = tuple(f"{command}_fraction" for command in COMMANDS)
ADD_UP = ("request_rate", "get_rate", "set_rate", "eviction_rate", "bytes_read_rate", "items", "bytes", "connections")

scenarios = some.sampled_from(SCENARIOS)
seeds = some.integers(0, 1_000)
ages = some.integers(-2 * HOUR, 3 * HOUR)


def hour_at(age: int, step: int) -> BucketSpan:
    start = (int(START) + age) // HOUR * HOUR
    return BucketSpan(start, start + HOUR, step)


@settings(max_examples=12)
@given(scenarios, seeds, ages)
def test_fractions_add_up_to_1(scenario: str, seed: int, age: int) -> None:
    stage = Stage(scenario, seed)
    stage.time += 4 * HOUR
    series = stage.cache(hour_at(age, MINUTE), *FRACTIONS)
    assert len(FRACTIONS) == 8
    for shares in zip(*series.values(), strict=True):
        assert sum(map(known, shares)) == pytest.approx(1)


@settings(max_examples=12)
@given(scenarios, seeds, ages)
def test_the_hit_rate_follows_from_the_commands(scenario: str, seed: int, age: int) -> None:
    stage = Stage(scenario, seed)
    stage.time += 4 * HOUR
    rates = [name for command in LOOKUPS for name in (f"{command}_rate", f"{command}_hit_rate")]
    series = stage.cache(hour_at(age, MINUTE), "hit_rate", "cas_badval_rate", *rates)
    for minute in range(60):
        at = {name: known(values[minute]) for name, values in series.items()}
        asked = {command: at[f"{command}_rate"] for command in LOOKUPS}
        asked["cas"] -= at["cas_badval_rate"]
        hits = sum(asked[command] * at[f"{command}_hit_rate"] for command in LOOKUPS)
        assert at["hit_rate"] == pytest.approx(hits / sum(asked.values()))
        assert 0 <= at["hit_rate"] <= 1


@settings(max_examples=12)
@given(scenarios, seeds, ages, some.sampled_from([1, 2, 3, 7]))
def test_servers_add_up_to_the_cache(scenario: str, seed: int, age: int, servers: int) -> None:
    stage = Stage(scenario, seed, servers)
    stage.time += 4 * HOUR
    span = hour_at(age, MINUTE)
    whole = stage.cache(span, *ADD_UP)
    parts = [stage.server(place, span, *ADD_UP) for place in range(servers)]
    for name in ADD_UP:
        total = [sum(value or 0.0 for value in values) for values in zip(*(part[name] for part in parts), strict=True)]
        assert whole[name] == pytest.approx(total, abs=2), name


@settings(max_examples=12)
@given(scenarios, seeds, ages, some.sampled_from([600, 3_600]))
def test_a_coarse_bucket_is_the_mean_of_the_fine_ones(scenario: str, seed: int, age: int, step: int) -> None:
    stage = Stage(scenario, seed)
    stage.time += 4 * HOUR
    fine = stage.cache(hour_at(age, MINUTE), "request_rate", "eviction_rate")
    coarse = stage.cache(hour_at(age, step), "request_rate", "eviction_rate")
    many = step // MINUTE
    for name, values in coarse.items():
        means = [sum(map(known, fine[name][start : start + many])) / many for start in range(0, 60, many)]
        assert values == pytest.approx(means, rel=1e-6, abs=1e-6)


def test_ninety_days_are_there_at_once_and_nothing_before_or_after() -> None:
    stage = Stage()
    today = int(START) // DAY * DAY
    values = stage.cache(BucketSpan(today - 100 * DAY, today + 5 * DAY, DAY), "request_rate", "items")["request_rate"]
    assert values[:10] == (None,) * 10
    assert None not in values[11:101]
    assert values[101:] == (None,) * 4


def test_the_bucket_under_way_covers_what_has_elapsed() -> None:
    stage = Stage()
    stage.time = START // MINUTE * MINUTE + 7
    newest = known(stage.cache(stage.minutes(1), "request_rate")["request_rate"][-1])
    assert newest == pytest.approx(stage.latest("request_rate"), rel=0.1)


def test_days_have_a_rhythm() -> None:
    stage = Stage()
    midnight = int(START) // DAY * DAY
    hours = [known(value) for value in stage.cache(BucketSpan(midnight - DAY, midnight, HOUR), "get_rate")["get_rate"]]
    assert max(hours) > 1.6 * min(hours)


def test_no_two_minutes_and_no_two_seeds_are_the_same() -> None:
    one, other = Stage(seed=1), Stage(seed=2)
    first = one.cache(one.minutes(60), "get_rate")["get_rate"]
    assert len(set(first)) == len(first)
    assert first != other.cache(other.minutes(60), "get_rate")["get_rate"]


def test_series_are_in_the_order_asked_for_and_as_long_as_the_span() -> None:
    stage = Stage()
    span = stage.minutes(5)
    series = answer(stage.simulation.processed_per_server(("items", "hit_rate"), span))
    assert [(each.server, each.stat) for each in series] == [
        (server, stat) for server in stage.simulation.servers() for stat in ("items", "hit_rate")
    ]
    assert all(each.times == tuple(range(span.start, span.end, span.step)) for each in series)
    assert all(len(each.values) == len(each.times) for each in series)
